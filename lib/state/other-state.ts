import { TerraformBackend, type TerraformRemoteState, type TerraformStack } from "cdktf";
import type { Faults } from "../core/faults";
import { requireTerraform } from "./required-terraform";

/** Any other backend of Terraform. What it needs to log in goes by its environment variables, never here: it would lie open in the output. */
export interface OtherState {
  readonly backend: OtherBackendType;
  /** As the backend's page names them. */
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
}

/** @see https://developer.hashicorp.com/terraform/language/backend */
export const OTHER_BACKENDS = ["azurerm", "consul", "cos", "gcs", "http", "kubernetes", "oss", "pg", "s3"] as const;
/** Backend of Terraform that a state may lie in. */
export type OtherBackendType = (typeof OTHER_BACKENDS)[number];

/** Arguments that hold what nobody may read, and the variable of the environment that does instead. */
const SECRETS: Readonly<Record<string, string>> = {
  access_key: "AWS_ACCESS_KEY_ID, ARM_ACCESS_KEY or ALICLOUD_ACCESS_KEY",
  access_token: "CONSUL_HTTP_TOKEN or GOOGLE_OAUTH_ACCESS_TOKEN",
  client_certificate_password: "ARM_CLIENT_CERTIFICATE_PASSWORD",
  client_private_key_pem: "TF_HTTP_CLIENT_PRIVATE_KEY_PEM",
  client_secret: "ARM_CLIENT_SECRET",
  conn_str: "PG_CONN_STR",
  credentials: "GOOGLE_CREDENTIALS",
  encryption_key: "GOOGLE_ENCRYPTION_KEY",
  http_auth: "CONSUL_HTTP_AUTH",
  oidc_request_token: "ARM_OIDC_REQUEST_TOKEN",
  oidc_token: "ARM_OIDC_TOKEN",
  password: "TF_HTTP_PASSWORD",
  sas_token: "ARM_SAS_TOKEN",
  secret_id: "TENCENTCLOUD_SECRET_ID",
  secret_key: "AWS_SECRET_ACCESS_KEY, ALICLOUD_SECRET_KEY or TENCENTCLOUD_SECRET_KEY",
  security_token: "the backend's own variable",
  sse_customer_key: "AWS_SSE_CUSTOMER_KEY",
  token: "AWS_SESSION_TOKEN",
};

/** Not its variables: the providers read them too, and would take that login for their own. */
const SECRETS_OF_KUBERNETES = ["client_key", "password", "token"];
const KUBECONFIG_INSTEAD = "use 'config_path', a kubeconfig";

/** `https://user:password@host`, or the same without a scheme. */
const USER_INFO = /\/\/[^/?#\s]*@|^[^/?#\s@]*:[^/?#\s]*@/;

/** Adds what is wrong with another backend. A secret's value is never repeated. */
export function checkOtherState(faults: Faults, { backend, arguments: given }: OtherState, property: string): void {
  faults.oneOf(`${property}.backend`, backend, OTHER_BACKENDS);
  for (const [name, value] of Object.entries(given)) {
    const at = `${property}.arguments.${name}`;
    const instead = insteadOf(backend, name);
    const rule = "must not be written out: the output of synth would hold it";
    faults.check(instead === undefined, at, rule, undefined, instead);
    faults.matches(`${property}.arguments`, name, /^[a-z][a-z0-9_]*$/, "must have names of lower-case letters");
    if (typeof value !== "string" || instead !== undefined) continue;
    faults
      .check(!USER_INFO.test(value), at, "must hold no login: the output of synth would hold it", undefined, NO_LOGIN)
      .check(!value.includes("${"), at, "must be a literal: a backend takes no expression", undefined, LITERAL);
  }
}

const NO_LOGIN = "take the part before '@' out, and use the backend's variables";
const LITERAL = "write the value itself";

/** What does instead of an argument that holds a secret. */
function insteadOf(backend: OtherBackendType, name: string): string | undefined {
  if (backend === "kubernetes" && SECRETS_OF_KUBERNETES.includes(name)) return KUBECONFIG_INSTEAD;
  return SECRETS[name] && `use ${SECRETS[name]}`;
}

/** Keeps the state of a stack in another backend. */
export function useOtherState(stack: TerraformStack, state: OtherState): void {
  new OtherBackend(stack, state);
  requireTerraform(stack);
}

class OtherBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly state: OtherState,
  ) {
    super(stack, "backend", state.backend);
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { ...this.state.arguments };
  }

  /** cdktf asks for it where one stack reads another's outputs. */
  override getRemoteStateDataSource(): TerraformRemoteState {
    throw new Error(`outputs of ${this.node.path} cannot be read by other stacks; hand values over by name`);
  }
}
