import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { RELEASE_NOTE, ReleaseNote } from "../../helm/release-note";
import { ociHost, parseRegistryHost } from "../../registry/registry-address";

/** A value that whoever deploys brings along. */
export interface StackVariable {
  readonly name: string;
  /** Addresses of the resources that read it. */
  readonly neededBy: readonly string[];
}

/** A cluster that is known by a kubeconfig. */
export interface KubeconfigCluster {
  readonly path: string;
  /** @default - the file's current context */
  readonly context?: string;
  /** Minor version that the stack's releases are made for, if it has any. */
  readonly kubernetesVersion?: string;
}

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface ReleaseJson {
  readonly repository?: unknown;
  readonly chart?: unknown;
  readonly "//"?: { readonly [note in typeof RELEASE_NOTE]?: Partial<ReleaseNote> };
}

export interface KubernetesProviderJson {
  readonly config_path?: string;
  readonly config_context?: string;
}

/** The part of `cdk.tf.json` that says what a stack needs besides AWS. */
export interface NeedsJson {
  readonly variable?: Readonly<Record<string, object>>;
  readonly provider?: { readonly kubernetes?: readonly KubernetesProviderJson[] };
  readonly resource?: Readonly<Record<string, Bodies>> & {
    readonly helm_release?: Readonly<Record<string, ReleaseJson>>;
  };
}

/** The variables without a default. */
export function variablesOf({ variable = {}, resource = {} }: NeedsJson): StackVariable[] {
  const resources = Object.entries(resource).flatMap(([type, bodies]) =>
    Object.entries(bodies).map(([id, body]) => ({ address: `${type}.${id}`, text: JSON.stringify(body) })),
  );
  return Object.entries(variable)
    .filter(([, block]) => !("default" in block))
    .map(([name]) => {
      const reference = new RegExp(`\\bvar\\.${name}(?![\\w-])`);
      return { name, neededBy: resources.filter(({ text }) => reference.test(text)).map(({ address }) => address) };
    });
}

/** Where the cluster's kubeconfig lies: providers look from the stack's folder. */
export function kubeconfigOf({ provider, resource }: NeedsJson, folder: string): KubeconfigCluster | undefined {
  const login = provider?.kubernetes?.find(({ config_path }) => config_path);
  if (!login?.config_path) return undefined;
  const notes = Object.values(resource?.helm_release ?? {}).map((release) => release["//"]?.eksPlatform);
  const kubernetesVersion = notes.find((note) => note?.kubernetesVersion)?.kubernetesVersion;
  return { path: inFolder(folder, login.config_path), context: login.config_context, kubernetesVersion };
}

/** A path of the stack, seen from where this program runs. */
export function inFolder(folder: string, path: string): string {
  if (path.startsWith("~/")) return join(homedir(), path.slice(2));
  return isAbsolute(path) ? path : join(folder, path);
}

/** The registries of ECR that the stack's charts are pulled from. */
export function registriesOf({ resource }: NeedsJson): string[] {
  const addresses = Object.values(resource?.helm_release ?? {}).flatMap(({ repository, chart }) => [repository, chart]);
  const hosts = addresses.flatMap((address) => (typeof address === "string" ? (ociHost(address) ?? []) : []));
  return [...new Set(hosts)].filter(parseRegistryHost).sort();
}
