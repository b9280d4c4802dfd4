import { existsSync } from "node:fs";
import { ociHost, parseRegistryHost } from "../../registry/registry-address";
import { type IgnoredValue, ignoredValues } from "../checks/ignored-values";
import { isMap } from "../objects/is-map";
import { jsonForYaml, readYaml } from "../objects/kubernetes-yaml";
import { type Manifests, type ReadDocuments, readManifests } from "../objects/manifests";
import { RenderError } from "../render-error";
import type { StackRelease } from "../stack/stack-releases";
import { builtInApiVersions, servedApiVersions } from "./api-versions";
import { chartFiles, chartTemplates } from "./chart-files";
import type { Chart } from "./chart-store";
import { chartValues } from "./chart-values";
import { HelmError, type TemplateRequest } from "./helm";
import { withoutRandom } from "./random-values";
import type { RenderTools } from "./render-tools";

export interface RenderedRelease {
  readonly manifests: Manifests;
  readonly ignored: readonly IgnoredValue[];
  /** Whether all of it was rendered before. */
  readonly cached: boolean;
}

/** Counts up when what is kept is made in another way. */
const CACHE_FORMAT = 2;

/**
 * Renders a release as Helm would install it.
 *
 * @param apiVersions What releases before it bring.
 * @throws {RenderError} if Helm cannot render it
 */
export async function renderRelease(
  release: StackRelease,
  apiVersions: readonly string[],
  tools: RenderTools,
): Promise<RenderedRelease> {
  try {
    const chart = await localChart(release, tools);
    return await new ReleaseRendering(release, chart, apiVersions, tools).render();
  } catch (error) {
    if (error instanceof HelmError) throw new RenderError(error.message, fixFor(error.message, release));
    throw error;
  }
}

async function localChart({ chart }: StackRelease, { charts, limit }: RenderTools): Promise<Chart> {
  if ("path" in chart && !existsSync(chart.path)) {
    throw new RenderError("the chart is not there", "run: npx cdktf synth");
  }
  return limit(() => charts.chart(chart));
}

class ReleaseRendering {
  private readonly request: TemplateRequest;
  private readonly key: readonly unknown[];
  private readonly documents: ReadDocuments = new Map();

  constructor(
    private readonly release: StackRelease,
    private readonly chart: Chart,
    apiVersions: readonly string[],
    private readonly tools: RenderTools,
  ) {
    const { releaseName, namespace, kubernetesVersion, hooks, values } = release;
    const served = [...builtInApiVersions(kubernetesVersion), ...apiVersions].sort();
    this.request = { chart: chart.path, releaseName, namespace, kubernetesVersion, apiVersions: served, hooks, values };
    this.key = [CACHE_FORMAT, tools.helm.version, { ...this.request, chart: chart.digest }];
  }

  async render(): Promise<RenderedRelease> {
    const manifests = await this.kept("manifests", () => this.manifests());
    const own = this.ownApiVersions(manifests.value);
    const ignored = await this.kept(`ignored-values ${this.tools.allValues}`, () => this.ignored(own));
    return { manifests: manifests.value, ignored: ignored.value, cached: manifests.cached && ignored.cached };
  }

  private async kept<T>(what: string, make: () => Promise<T>): Promise<{ value: T; cached: boolean }> {
    const key = [...this.key, what];
    const known = this.tools.cache.read<T>(key);
    if (known !== undefined) return { value: known, cached: true };
    const value = await make();
    this.tools.cache.write(key, value);
    return { value, cached: false };
  }

  /** Helm installs the folder `crds` first and asks the cluster then what it serves: the templates see these. */
  private async manifests(): Promise<Manifests> {
    const manifests = await this.twice([]);
    const own = this.ownApiVersions(manifests);
    return own.length > 0 ? this.twice(own) : manifests;
  }

  private async twice(own: readonly string[]): Promise<Manifests> {
    const [once, again] = await Promise.all([this.template(own), this.template(own)]);
    const manifests = readManifests(once, this.documents);
    if (once === again) return manifests;
    return { ...manifests, objects: withoutRandom(manifests.objects, readManifests(again, this.documents).objects) };
  }

  private ownApiVersions({ crds }: Manifests): string[] {
    if (this.release.skipsCrds) return [];
    const served = servedApiVersions(crds.map(({ object }) => object));
    return served.filter((version) => !this.request.apiVersions.includes(version));
  }

  private template(own: readonly string[], values = this.request.values): Promise<string> {
    const apiVersions = [...this.request.apiVersions, ...own];
    return this.tools.limit(() => this.tools.helm.template({ ...this.request, apiVersions, values }));
  }

  private async ignored(own: readonly string[]): Promise<IgnoredValue[]> {
    const values = readYaml(this.request.values)[0]?.value;
    if (!isMap(values)) return [];
    return ignoredValues({
      values,
      chart: chartValues(this.chart.path),
      templates: chartTemplates(chartFiles(this.chart.path)),
      render: (others) => this.template(own, jsonForYaml(others)),
      all: this.tools.allValues,
    });
  }
}

/** What to do about what Helm says. */
export function fixFor(message: string, { chart }: StackRelease): string | undefined {
  if (message.includes("missing in charts/ directory")) return "run `helm dependency build` in the chart's folder";
  const host = "repository" in chart ? ociHost(chart.repository) : undefined;
  if (host === undefined || !/\b(401|403|unauthorized|denied|credentials?)\b/i.test(message)) return undefined;
  const login = `helm registry login ${host}`;
  const region = parseRegistryHost(host)?.region;
  if (region === undefined) return `log in first: ${login}`;
  return `log in first: aws ecr get-login-password --region ${region} | ${login} --username AWS --password-stdin`;
}
