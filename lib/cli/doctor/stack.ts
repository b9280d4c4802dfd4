import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { notWhole, readSynthJson } from "../../render/stack/synth-json";

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

/** Where the stack's state lies. */
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
  readonly cluster?: StackCluster;
  /** Arguments of `aws` that print a credential for the cluster, if the stack installs something in it. */
  readonly loginArguments?: readonly string[];
  /** Buckets that the stack itself makes. */
  readonly buckets: readonly string[];
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
  const loginArguments = loginOf(json);
  return {
    name,
    folder,
    file,
    providers: Object.values(json.terraform.required_providers ?? {}).map(({ source }) => source),
    target: targetOf(json),
    backend: backendOf(json),
    cluster: clusterOf(json, loginArguments),
    loginArguments,
    buckets: Object.values(json.resource?.aws_s3_bucket ?? {}).map(({ bucket }) => String(bucket)),
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

interface StackJson {
  readonly terraform: {
    readonly backend?: { readonly s3?: BackendJson };
    readonly required_providers?: Readonly<Record<string, { readonly source: string }>>;
  };
  readonly provider?: {
    readonly aws?: readonly {
      readonly alias?: string;
      readonly region: string;
      readonly allowed_account_ids?: readonly string[];
      readonly assume_role?: readonly RoleJson[];
    }[];
    readonly kubernetes?: readonly {
      readonly exec?: readonly { readonly command: string; readonly args?: readonly string[] }[];
    }[];
  };
  readonly resource?: {
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
