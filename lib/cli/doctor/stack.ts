import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { notWhole, readSynthJson } from "../../render/stack/synth-json";
import {
  inFolder,
  type KubeconfigCluster,
  type KubernetesProviderJson,
  kubeconfigOf,
  type NeedsJson,
  registriesOf,
  type StackVariable,
  variablesOf,
} from "./stack-needs";

export interface AssumedRole {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
}

/** Where the stack is deployed to. */
export interface Target {
  readonly region: string;
  /** Accounts that the provider accepts; empty means any. */
  readonly accountIds: readonly string[];
  readonly role?: AssumedRole;
}

/** Where the stack's state lies, in S3. */
export interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly keyId?: string;
  readonly lockTable?: string;
  readonly lockFile: boolean;
  readonly role?: AssumedRole;
  /** Addresses by service, where they are not the usual ones. */
  readonly endpoints: Readonly<Record<string, string>>;
}

export interface OtherState {
  /** As Terraform names the backend. */
  readonly type: string;
  /** Of a local state. */
  readonly path?: string;
}

export interface StackCluster {
  readonly name: string;
  /** Undefined for a cluster that another stack makes. */
  readonly version?: string;
  readonly publicEndpoint?: boolean;
}

/** What a synthesised stack says about where it goes. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly providers: readonly string[];
  readonly target?: Target;
  readonly backend?: Backend;
  /** Where the state lies, if not in S3. */
  readonly otherState?: OtherState;
  readonly cluster?: StackCluster;
  /** Arguments of `aws` that print a credential for the cluster, if the stack installs something in it. */
  readonly loginArguments?: readonly string[];
  /** The cluster, if it is known by a kubeconfig. */
  readonly kubeconfig?: KubeconfigCluster;
  /** Buckets that the stack itself makes. */
  readonly buckets: readonly string[];
  /** Variables that whoever deploys must set. */
  readonly variables: readonly StackVariable[];
  /** Hosts of the registries in AWS that the stack's charts are pulled from. */
  readonly registries: readonly string[];
  /** Whether a deploy asks AWS for anything. */
  readonly usesAws: boolean;
}

/**
 * Reads a stack, and changes nothing in its folder: somebody else may be at work there. Undefined if it is not there.
 *
 * @throws {RenderError} if it is not whole
 */
export function readStack(out: string, name: string): Stack | undefined {
  const folder = join(out, "stacks", name);
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return undefined;
  const json = readSynthJson(file) as StackJson;
  if (!json.terraform) throw notWhole(file);
  const [target, backend, loginArguments] = [targetOf(json), backendOf(json), loginOf(json)];
  const registries = registriesOf(json);
  return {
    name,
    folder,
    file,
    providers: Object.values(json.terraform.required_providers ?? {}).map(({ source }) => source),
    target,
    backend,
    otherState: otherStateOf(json, folder),
    cluster: clusterOf(json, loginArguments),
    loginArguments,
    kubeconfig: kubeconfigOf(json, folder),
    buckets: Object.values(json.resource?.aws_s3_bucket ?? {}).map(({ bucket }) => String(bucket)),
    variables: variablesOf(json),
    registries,
    usesAws: [target, backend, loginArguments].some((each) => each !== undefined) || registries.length > 0,
  };
}

/** Names of the stacks that were synthesised. */
export function stacksIn(out: string): string[] {
  const stacks = join(out, "stacks");
  return existsSync(stacks) ? readdirSync(stacks).sort() : [];
}

interface RoleJson {
  readonly role_arn: string;
  readonly session_name?: string;
  readonly external_id?: string;
}

interface BackendJson {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly kms_key_id?: string;
  readonly dynamodb_table?: string;
  readonly use_lockfile?: boolean;
  readonly assume_role?: RoleJson;
  readonly endpoints?: Readonly<Record<string, string>>;
}

interface ClusterJson {
  readonly name: string;
  readonly version?: string;
  readonly vpc_config?: { readonly endpoint_public_access?: boolean };
}

interface StackJson extends NeedsJson {
  readonly terraform: {
    readonly backend?: { readonly s3?: BackendJson; readonly local?: { readonly path?: string } };
    readonly required_providers?: Readonly<Record<string, { readonly source: string }>>;
  };
  readonly provider?: {
    readonly aws?: readonly {
      readonly alias?: string;
      readonly region: string;
      readonly allowed_account_ids?: readonly string[];
      readonly assume_role?: readonly RoleJson[];
    }[];
    readonly kubernetes?: readonly (KubernetesProviderJson & {
      readonly exec?: readonly { readonly command: string; readonly args?: readonly string[] }[];
    })[];
  };
  readonly resource?: NeedsJson["resource"] & {
    readonly aws_eks_cluster?: Readonly<Record<string, ClusterJson>>;
    readonly aws_s3_bucket?: Readonly<Record<string, { readonly bucket?: string }>>;
  };
}

function targetOf({ provider }: StackJson): Target | undefined {
  const aws = provider?.aws?.find(({ alias }) => alias === undefined);
  return aws && { region: aws.region, accountIds: aws.allowed_account_ids ?? [], role: roleOf(aws.assume_role?.[0]) };
}

function backendOf({ terraform }: StackJson): Backend | undefined {
  const s3 = terraform.backend?.s3;
  return (
    s3 && {
      bucket: s3.bucket,
      key: s3.key,
      region: s3.region,
      keyId: s3.kms_key_id,
      lockTable: s3.dynamodb_table,
      lockFile: s3.use_lockfile ?? false,
      role: roleOf(s3.assume_role),
      endpoints: s3.endpoints ?? {},
    }
  );
}

function otherStateOf({ terraform }: StackJson, folder: string): OtherState | undefined {
  const { local, ...others } = terraform.backend ?? {};
  if (local) return { type: "local", path: inFolder(folder, local.path ?? "terraform.tfstate") };
  const type = Object.keys(others).find((name) => name !== "s3");
  return type === undefined ? undefined : { type };
}

function roleOf(role: RoleJson | undefined): AssumedRole | undefined {
  return role && { roleArn: role.role_arn, sessionName: role.session_name, externalId: role.external_id };
}

function loginOf({ provider }: StackJson): readonly string[] | undefined {
  return provider?.kubernetes?.flatMap(({ exec = [] }) => exec).find(({ command }) => command === "aws")?.args;
}

/** The cluster that the stack makes, else the one that it logs in to. */
function clusterOf({ resource }: StackJson, login: readonly string[] = []): StackCluster | undefined {
  const [own] = Object.values(resource?.aws_eks_cluster ?? {});
  if (own) return { name: own.name, version: own.version, publicEndpoint: own.vpc_config?.endpoint_public_access };
  const name = login[login.indexOf("--cluster-name") + 1];
  return login.includes("--cluster-name") && name ? { name } : undefined;
}
