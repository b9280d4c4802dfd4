import { isAbsolute, resolve } from "node:path";
import type { RELEASE_NOTE, ReleaseNote } from "../../helm/release-note";
import type { Finding } from "../checks/finding";
import type { ChartReference } from "../helm/chart-store";
import { merged, type Values } from "../helm/chart-values";
import { jsonForYaml, readYaml } from "../objects/kubernetes-yaml";
import type { Body, Resources, StackFile } from "./stack-file";
import { terraformText } from "./terraform-text";

/** A release, with all that Helm must know to render it. */
export interface StackRelease {
  /** `<namespace>/<release>`. */
  readonly source: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly chart: ChartReference;
  /** The text that Helm gets, YAML. */
  readonly values: string;
  /** Minor version of the cluster. */
  readonly kubernetesVersion: string;
  /** Sources of the releases that come before it. */
  readonly after: readonly string[];
  readonly hooks: boolean;
  readonly skipsCrds: boolean;
  /** What the release says of its chart's CRDs. */
  readonly crds?: ReleaseNote["crds"];
  /** What its namespace enforces, as far as the release knows. */
  readonly podSecurity?: ReleaseNote["podSecurity"];
}

export interface StackReleases {
  readonly releases: readonly StackRelease[];
  /** One for each release that cannot be rendered. */
  readonly findings: readonly Finding[];
}

const NOTE: typeof RELEASE_NOTE = "eksPlatform";

/** What of `helm_release` changes the objects in a way that cannot be followed here. */
const NOT_FOLLOWED = [
  "set",
  "set_list",
  "set_sensitive",
  "set_wo",
  "postrender",
  "dependency_update",
  "count",
  "for_each",
];

/**
 * Reads the releases of a stack. One that says nothing of itself is read from its Terraform attributes.
 *
 * @param kubernetesVersion Instead of what the stack says.
 */
export function stackReleases({ folder, resources }: StackFile, kubernetesVersion?: string): StackReleases {
  const releases: StackRelease[] = [];
  const findings: Finding[] = [];
  for (const [id, body] of Object.entries(resources.helm_release ?? {})) {
    const release = new ReleaseReader(body, resources, folder, kubernetesVersion).read();
    if (typeof release !== "string") releases.push(release);
    else
      findings.push({
        severity: "error",
        check: "release",
        source: sourceOf(body, resources),
        path: `helm_release.${id}`,
        message: release,
      });
  }
  return { releases, findings };
}

/** The Kubernetes version of the only cluster in a stack. */
export function clusterVersion(resources: Resources): string | undefined {
  const [cluster, ...others] = Object.values(resources.aws_eks_cluster ?? {});
  return others.length === 0 && typeof cluster?.version === "string" ? cluster.version : undefined;
}

/** `<namespace>/<release>`, as far as it is known. */
function sourceOf(body: Body, resources: Resources): string {
  const namespace = noteOf(body)?.namespace ?? terraformText(String(body.namespace ?? "default"), resources).text;
  return `${namespace}/${terraformText(String(body.name), resources).text}`;
}

function noteOf(body: Body): ReleaseNote | undefined {
  return (body["//"] as { readonly [NOTE]?: ReleaseNote } | undefined)?.[NOTE];
}

/** Ends the reading of one release; the message says why. */
class Unreadable extends Error {}

class ReleaseReader {
  private readonly note: ReleaseNote | undefined;

  constructor(
    private readonly body: Body,
    private readonly resources: Resources,
    private readonly folder: string,
    private readonly kubernetesVersion: string | undefined,
  ) {
    this.note = noteOf(body);
  }

  /** The release, or why it cannot be rendered. */
  read(): StackRelease | string {
    try {
      return this.release();
    } catch (error) {
      if (error instanceof Unreadable) return error.message;
      throw error;
    }
  }

  private release(): StackRelease {
    const { note, body } = this;
    const attribute = NOT_FOLLOWED.find((name) => hasContent(body[name]));
    if (attribute) throw new Unreadable(`sets '${attribute}', which cannot be rendered; write it in 'values'`);
    const releaseName = this.text("name") ?? "";
    const namespace = note?.namespace ?? this.text("namespace") ?? "default";
    return {
      source: `${namespace}/${releaseName}`,
      releaseName,
      namespace,
      chart: this.chart(),
      values: this.values(),
      kubernetesVersion: this.version(),
      after: note?.after ?? this.dependencies(),
      hooks: body.disable_webhooks !== true,
      skipsCrds: body.skip_crds === true,
      crds: note?.crds ?? (note ? undefined : this.statedCrds()),
      podSecurity: note?.podSecurity,
    };
  }

  private text(attribute: string): string | undefined {
    const value = this.body[attribute];
    if (value === undefined || value === null) return undefined;
    const { text, unknown } = terraformText(String(value), this.resources);
    if (unknown.length > 0) throw new Unreadable(`'${attribute}' is known only at apply: ${unknown[0]}`);
    return text;
  }

  private chart(): ChartReference {
    const [name = "", repository, version] = [this.text("chart"), this.text("repository"), this.text("version")];
    if (!repository && !/^[a-z]+:\/\//.test(name))
      return { path: isAbsolute(name) ? name : resolve(this.folder, name) };
    const address = repository ? `${repository.replace(/\/+$/, "")}/${name}` : name;
    if (!version)
      throw new Unreadable(`names no version of its chart ${address}, so any may be installed; set 'version'`);
    if (repository) return { repository, name, version };
    const slash = address.lastIndexOf("/");
    return { repository: address.slice(0, slash), name: address.slice(slash + 1), version };
  }

  private values(): string {
    if (this.note?.values) return jsonForYaml(this.note.values);
    const documents = ([this.body.values ?? []].flat() as unknown[]).map((document) => this.document(String(document)));
    // One goes to Helm as Terraform gives it; of several, Helm and the provider let the later ones win.
    if (documents.length < 2) return documents[0] ?? "{}";
    return jsonForYaml(documents.map((text) => (readYaml(text)[0]?.value ?? {}) as Values).reduce(merged));
  }

  private document(source: string): string {
    const { text, unknown } = terraformText(source, this.resources);
    if (unknown.length === 0) return text;
    throw new Unreadable(`has values that are known only at apply, without an example: ${unknown[0]}`);
  }

  private version(): string {
    const version = this.kubernetesVersion ?? this.note?.kubernetesVersion ?? clusterVersion(this.resources);
    if (version !== undefined && /^\d+\.\d+$/.test(version)) return version;
    throw new Unreadable(
      "does not say the Kubernetes version of its cluster; give --kubernetes-version, for example 1.35",
    );
  }

  /** For releases that say nothing of themselves: what Terraform makes first. */
  private dependencies(): string[] {
    const addresses = ((this.body.depends_on ?? []) as string[]).map((address) => address.split("."));
    return addresses.flatMap(([type, id = ""]) => {
      const body = type === "helm_release" ? this.resources.helm_release?.[id] : undefined;
      return body ? [sourceOf(body, this.resources)] : [];
    });
  }

  private statedCrds(): ReleaseNote["crds"] {
    if (this.body.skip_crds === undefined) return undefined;
    return this.body.skip_crds === true ? "elsewhere" : "install-once";
  }
}

function hasContent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== false;
}
