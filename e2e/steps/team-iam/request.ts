import { iamArn } from "../../../lib/core/account";
import { policyJson } from "../../../lib/core/policy-document";
import { podIdentityTrust } from "../../../lib/iam/trust";
import { type Granted, staging, state } from "./records";

/** A request to AWS, as arguments of its CLI. */
export interface Request {
  readonly what: string;
  readonly args: readonly string[];
  /** The action that IAM refuses. Left out: the request succeeds. */
  readonly refused?: string;
}

export interface Facts {
  readonly own: Granted;
  readonly other: Granted;
  /** A file of the step. */
  readonly body: string;
  readonly stateKeyId: string;
  /** Of the other team. */
  readonly otherAssociationId: string;
  readonly otherAssociationArn: string;
}

const { account, cluster } = staging;
export const CLUSTER = ["--cluster-name", cluster.clusterName];
export const ENCRYPTED = ["--server-side-encryption", "aws:kms", "--ssekms-key-id", state.keyAliasArn];
export const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
export const PLATFORM_ROLE = "platform-deploy";
export const TRUST = ["--assume-role-policy-document", policyJson([podIdentityTrust()])];
export const RIGHTS = [
  "--policy-name",
  "More",
  "--policy-document",
  policyJson([{ Effect: "Allow", Action: "*", Resource: "*" }]),
];
export const ROLE = ["--role-name", "iam-trial-made-by-hand"];

export const s3 = (operation: string, key: string, ...more: string[]) => [
  ...["s3api", operation, "--bucket", state.bucketName, "--key", key],
  ...more,
];
export const iam = (operation: string, ...more: string[]) => ["iam", operation, ...more];
export const eks = (operation: string, ...more: string[]) => ["eks", operation, ...more];
export const parameter = (name: string) => ["ssm", "get-parameter", "--name", name];
export const list = (prefix: string) => ["s3api", "list-objects-v2", "--bucket", state.bucketName, "--prefix", prefix];
export const session = (roleArn: string) => ["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", "e2e"];

/** Name of the service account of `grantedRequests`. */
export const BY_HAND = "by-hand";

/** Gives a role to the service account. */
export function associate({ team }: Granted, rolePath: string, tags?: string, roleName = ROLE[1] ?? ""): string[] {
  const roleArn = iamArn(account, `role${rolePath}${roleName}`);
  const identity = ["--namespace", team, "--service-account", BY_HAND, "--role-arn", roleArn];
  return eks("create-pod-identity-association", ...CLUSTER, ...identity, ...(tags ? ["--tags", tags] : []));
}
