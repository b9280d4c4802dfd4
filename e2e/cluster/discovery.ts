import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";
import type { Cluster } from "./cluster";

interface Resource {
  /** Plural, for example `pods`; subresources have a slash. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What an API server serves, as it says itself. */
export class Discovery {
  private readonly groups = new Map<string, Promise<readonly Resource[]>>();

  constructor(private readonly cluster: Cluster) {}

  /** Path of the collection that an object belongs to, or undefined if the server does not serve its kind. */
  async collection({ apiVersion, kind }: KubernetesObject, namespace: string): Promise<string | undefined> {
    const resource = (await this.resources(apiVersion)).find((each) => each.kind === kind && !each.name.includes("/"));
    if (!resource) return undefined;
    return `${root(apiVersion)}${resource.namespaced ? `/namespaces/${namespace}` : ""}/${resource.name}`;
  }

  /** Every kind that can be created, as `apiVersion kind`. */
  async creatableKinds(): Promise<string[]> {
    const { body } = await this.cluster.http.get("/apis");
    const groups = (body.groups ?? []) as { versions: { groupVersion: string }[] }[];
    const versions = ["v1", ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
    const kinds = versions.map(async (version) => {
      const creatable = (await this.resources(version)).filter(
        ({ name, verbs }) => !name.includes("/") && verbs.includes("create"),
      );
      return creatable.map(({ kind }) => `${version} ${kind}`);
    });
    return (await Promise.all(kinds)).flat();
  }

  private resources(apiVersion: string): Promise<readonly Resource[]> {
    const known = this.groups.get(apiVersion);
    if (known) return known;
    const asked = this.cluster.http.get(root(apiVersion)).then(({ body }) => (body.resources ?? []) as Resource[]);
    this.groups.set(apiVersion, asked);
    return asked;
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
