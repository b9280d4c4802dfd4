import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { dependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { checkVariableFree, checkVariableName, EphemeralVariable } from "../core/ephemeral-variable";
import { Faults } from "../core/faults";
import { DNS_SUBDOMAIN } from "../core/kubernetes-names";
import { anObject, checkPropsShape, texts } from "../core/props-shape";
import { TerraformData } from "../core/terraform-data";
import { checkLabels, MANAGED_LABELS } from "./labels";
import type { INamespace } from "./namespace-interface";
import { aNamespace } from "./namespace-shape";
import { checkNameTaken } from "./stack-check";

/** @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
const KEY = /^(?!\.\.|\.$)[-._a-zA-Z0-9]{1,253}$/;

/** A Secret's name, and the variables that its values come from. */
export interface SecretOptions {
  /** Changing it replaces the Secret. */
  readonly secretName: string;
  /**
   * Keys of the Secret, each with the Terraform variable that holds its value: `{ JWT_SECRET: "jwt_secret" }` takes the value of
   * `TF_VAR_jwt_secret`. At least one. A key has letters, digits, `-`, `_` and `.`, at most 253. Variables belong to the stack: two Secrets
   * that name one share it. Any change replaces the Secret, with the values that are given then.
   */
  readonly variables: Readonly<Record<string, string>>;
  /**
   * Of the values. Range: whole numbers from 1. Terraform knows no value, so it writes other ones only when this number changes: raise it.
   * Pods that run keep the values they have as environment variables.
   */
  readonly revision: number;
  /** @default - `managed-by` alone */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Secret and its namespace. */
export interface SecretProps extends SecretOptions {
  readonly namespace: INamespace;
}

/** What is no name of a variable may be the secret itself: the check that does not repeat it tells it. */
const propsShape = v.strictObject({
  namespace: aNamespace,
  secretName: v.string(),
  variables: anObject,
  revision: v.number(),
  labels: v.optional(texts),
});

/**
 * A Secret whose values are in no code, plan, state or output: whoever deploys gives them as `TF_VAR_<variable>`, at every plan, apply and
 * destroy. What Terraform makes in the namespace with its pods comes after it. It has no `removal`: its values are kept elsewhere, so it can
 * be made again.
 *
 * Creates `kubernetes_secret_v1` with `data_wo`, a `terraform_data` that replaces it with its keys, and the stack's `variable` blocks.
 *
 * Two ways lead past it: `terraform import` of a Secret that is there already writes its values into the state, where they stay; and the
 * provider logs them with `TF_LOG` at `DEBUG` or `TRACE`.
 *
 * @throws {ValidationError} if a name, a key or a label is not one that Kubernetes allows, there is no key, a value is not the name of a
 * variable, or the stack has something else of that name. Synth fails if the stack makes another Secret of the name in the namespace.
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/2.38.0/docs/resources/secret_v1#data_wo
 * @example
 * new Secret(this, "Credentials", {
 *   namespace,
 *   secretName: "librechat-credentials-env",
 *   variables: { JWT_SECRET: "jwt_secret", CREDS_KEY: "creds_key" },
 *   revision: 1,
 * });
 */
export class Secret extends Construct {
  readonly namespaceName: string;
  readonly secretName: string;
  readonly resource: SecretV1;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPropsShape(faults, propsShape, props);
    faults.throwIfAny();
    const { namespace, ...options } = props;
    checkSecret(faults, options, (name) => name);
    for (const [key, variable] of Object.entries(options.variables))
      if (KEY.test(key)) checkVariableFree(faults, `variables.${key}`, this, variable);
    faults.throwIfAny();

    const { secretName, revision, labels } = options;
    const variables = { ...options.variables };
    this.namespaceName = namespace.namespaceName;
    this.secretName = secretName;
    // The provider sends the data only with another revision: without this, another key would be planned as no change.
    const keys = new TerraformData(this, "Keys", { triggersReplace: variables });
    this.resource = new SecretV1(this, "Resource", {
      metadata: { name: secretName, namespace: namespace.namespaceRef, labels: { ...labels, ...MANAGED_LABELS } },
      dataWo: Object.fromEntries(
        Object.entries(variables).map(([key, variable]) => [key, EphemeralVariable.named(this, variable).stringValue]),
      ),
      dataWoRevision: revision,
      lifecycle: { replaceTriggeredBy: [dependable(keys)] },
    });
    // Terraform orders within a stack only.
    if (TerraformStack.of(namespace) === TerraformStack.of(this)) namespace.addDependable(this.resource);
    checkNameTaken(this, Secret, "secretName", (each) => `${each.namespaceName}/${each.secretName}`);
  }
}

/**
 * Adds what is wrong with a Secret, as far as it can be told without the stack. No message repeats what may be a secret that somebody wrote
 * in the wrong place.
 */
export function checkSecret(faults: Faults, options: SecretOptions, property: (name: string) => string): void {
  const { secretName, variables, revision, labels = {} } = options;
  faults
    .literal(property("secretName"), secretName)
    .matches(
      property("secretName"),
      secretName,
      DNS_SUBDOMAIN,
      "must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253",
    )
    .literal(property("revision"), revision)
    .integer(property("revision"), revision, 1);
  checkLabels(faults, property("labels"), labels);
  const own = Object.keys(labels).find((label) => label in MANAGED_LABELS);
  faults.check(own === undefined, property("labels"), "must not set a label that this construct sets", own);

  const entries = Object.entries(variables);
  faults.check(entries.length > 0, property("variables"), "must name at least one key");
  for (const [index, [key, variable]] of entries.entries()) {
    const isKey = KEY.test(key);
    const rule = "must have keys of letters, digits, '-', '_' and '.', at most 253";
    faults.check(isKey, property("variables"), rule, undefined, `number ${index + 1} is none`);
    checkVariableName(faults, property(isKey ? `variables.${key}` : "variables"), variable);
  }
}
