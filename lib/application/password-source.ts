/** Where a password is. One of three; the password itself stands nowhere in code, plan or state. */
export type PasswordSource = ExistingSecret | PasswordVariable | ExternalPassword;

/** A Secret that is in the namespace already. */
export interface ExistingSecret {
  readonly secretName: string;
  /**
   * Its key that holds the password.
   *
   * @default "password"
   */
  readonly key?: string;
}

/** A variable of Terraform, given as `TF_VAR_<variable>`; a Secret is made of it. */
export interface PasswordVariable {
  readonly variable: string;
  /** A whole number; a higher one writes the variable's present value. */
  readonly revision: number;
}

/** A store that External Secrets reads; the application makes an ExternalSecret. External Secrets must be in the cluster. */
export interface ExternalPassword {
  readonly externalSecret: {
    readonly storeName: string;
    /** @default "ClusterSecretStore" */
    readonly storeKind?: "ClusterSecretStore" | "SecretStore";
    /** Name of the secret in the store. */
    readonly remoteKey: string;
    /**
     * Property of the secret, if it holds several.
     *
     * @default - the whole secret
     */
    readonly property?: string;
    /**
     * How often the store is read, for example `15m`.
     *
     * @default "1h"
     */
    readonly refreshInterval?: string;
  };
}

/** A key of a Secret in the application's namespace. */
export interface SecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** Key of the Secrets that an application makes. */
export const PASSWORD_KEY = "password";

/** Name of the Secret that an application makes of a password; undefined if the Secret is there already, or the source is none. */
export function madeSecretName(applicationName: string, source: unknown): string | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  const { secretName } = passwordSecret(applicationName, source as PasswordSource);
  return "secretName" in source && source.secretName !== undefined ? undefined : secretName;
}

/** The Secret that pods read the password from, whoever makes it. */
export function passwordSecret(applicationName: string, source: PasswordSource): SecretKey {
  if ("secretName" in source && source.secretName !== undefined)
    return { secretName: source.secretName, key: source.key ?? PASSWORD_KEY };
  return { secretName: `${applicationName}-database`, key: PASSWORD_KEY };
}
