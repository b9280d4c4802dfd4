import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { ReleaseNote } from "../../lib/helm/release-note";
import type { Finding } from "../../lib/render/checks/finding";
import { CACHE_VARIABLE } from "../../lib/render/helm/render-cache";
import { type RenderToolsOptions, withRenderTools } from "../../lib/render/helm/render-tools";
import { objectIdentity } from "../../lib/render/objects/kubernetes-object";
import { jsonForYaml } from "../../lib/render/objects/kubernetes-yaml";
import { type RenderedEnvironment, type RenderOptions, renderEnvironment } from "../../lib/render/render-environment";
import { readStack } from "../../lib/render/stack/stack-file";

/** A chart of the tests. */
export function fixtureChart(name: string): string {
  return resolve(__dirname, "..", "fixtures", "charts", name);
}

export interface TestRelease {
  readonly name: string;
  /** @default "genomics" */
  readonly namespace?: string;
  /** A chart of the tests, or any path. */
  readonly chart: string;
  readonly values?: object;
  /** Over a complete note; null for a release that says nothing of itself. */
  readonly note?: Partial<ReleaseNote> | null;
  /** Attributes of `helm_release` besides. */
  readonly body?: object;
}

/** The release as synth writes it. */
export function releaseBody({ name, namespace = "genomics", chart, values, note, body }: TestRelease): object {
  const complete: ReleaseNote = { namespace, kubernetesVersion: "1.35", podSecurity: "restricted", after: [], ...note };
  return {
    "//": { metadata: { path: `test/${name}` }, ...(note !== null && { eksPlatform: complete }) },
    name,
    namespace,
    chart: chart.includes("/") ? chart : fixtureChart(chart),
    values: values && [jsonForYaml(values).replaceAll(/[$%]\{/g, (mark) => `${mark[0]}${mark}`)],
    ...body,
  };
}

const folders: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "render-test-"));
  folders.push(folder);
  return folder;
}

/** Takes away every temporary folder. */
export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Lets the tests of a file keep what they render in a folder of their own. Helm may be slow on a busy machine. */
export function useOwnCache(): void {
  jest.setTimeout(60_000);
  const before = process.env[CACHE_VARIABLE];
  beforeEach(() => {
    process.env[CACHE_VARIABLE] = temporaryFolder();
  });
  afterAll(() => {
    if (before === undefined) delete process.env[CACHE_VARIABLE];
    else process.env[CACHE_VARIABLE] = before;
    removeTemporaryFolders();
  });
}

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Writes a stack named `test` as synth does, and answers the folder. */
export function synthesizedOutput(releases: readonly TestRelease[], resources: Resources = {}): string {
  const out = temporaryFolder();
  const folder = join(out, "stacks", "test");
  mkdirSync(folder, { recursive: true });
  const bodies = Object.fromEntries(releases.map((release) => [`Release-${release.name}`, releaseBody(release)]));
  const resource = { ...(releases.length > 0 && { helm_release: bodies }), ...resources };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ resource }));
  return out;
}

/** Renders the stack `test` of an output. */
export function renderOutput(
  out: string,
  options: RenderOptions & RenderToolsOptions = {},
): Promise<RenderedEnvironment> {
  return withRenderTools(options, (tools) => renderEnvironment(readStack(out, "test"), tools, options));
}

export function renderReleases(
  releases: readonly TestRelease[],
  options?: RenderOptions & RenderToolsOptions,
): Promise<RenderedEnvironment> {
  return renderOutput(synthesizedOutput(releases), options);
}

/** What each object is, and where from. */
export function identities({ objects }: RenderedEnvironment): string[] {
  return objects.map((object) => `${object.source}: ${objectIdentity(object)}`);
}

/** The data of a ConfigMap. */
export function dataOf({ objects }: RenderedEnvironment, name: string): Readonly<Record<string, string>> {
  const found = objects.find(({ object }) => object.kind === "ConfigMap" && object.metadata.name === name);
  if (!found) throw new Error(`there is no ConfigMap ${name}`);
  return found.object.data as Readonly<Record<string, string>>;
}

/** Findings as a reader sees them. */
export function lines(findings: readonly Finding[], least: Finding["severity"] = "warning"): string[] {
  const shown = findings.filter(({ severity }) => least === "notice" || severity !== "notice");
  return shown.map(({ severity, source, object, path, message, fix }) =>
    [`${severity} ${source}:`, object, path, fix ? `${message}; ${fix}` : message].filter(Boolean).join(" "),
  );
}
