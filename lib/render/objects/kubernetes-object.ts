/** An object as Kubernetes reads it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly generateName?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** An object and where it comes from. */
export interface SourcedObject {
  /** `<namespace>/<release>` of a Helm release, or `platform` for what Terraform makes itself. */
  readonly source: string;
  /** The namespace it is made in; undefined for what has none. Charts leave it open often, and Helm fills it in. */
  readonly namespace?: string;
  readonly object: KubernetesObject;
}

/** The API group of an object; empty for the core. */
export function apiGroup({ apiVersion }: KubernetesObject): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** What makes an object the same object: kind, namespace and name; its version may change. For example `apps/Deployment genomics/api`. */
export function objectIdentity({ object, namespace }: SourcedObject): string {
  const group = apiGroup(object);
  const { name, generateName } = object.metadata;
  const title = name ?? `${generateName ?? ""}*`;
  return `${group ? `${group}/` : ""}${object.kind} ${namespace ? `${namespace}/` : ""}${title}`;
}
