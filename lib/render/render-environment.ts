import { checkAgainstApi, checkNamespaces, checkPods, checkSameObjects } from "./checks/check-objects";
import { checkRelease, checkRendering } from "./checks/check-release";
import { checkResources } from "./checks/check-resources";
import type { Finding } from "./checks/finding";
import { checkLevelsKnown, namespaceLevels } from "./checks/namespace-levels";
import { type OnRelease, type ReleaseSummary, renderReleases } from "./helm/render-releases";
import type { RenderTools } from "./helm/render-tools";
import type { SourcedObject } from "./objects/kubernetes-object";
import { placeObjects } from "./objects/place-objects";
import { platformObjects } from "./stack/platform-objects";
import { checkOrder } from "./stack/release-order";
import type { StackFile } from "./stack/stack-file";
import { clusterVersion, type StackRelease, stackReleases } from "./stack/stack-releases";

export interface RenderOptions {
  /** Minor version to render for, instead of what the stack says. */
  readonly kubernetesVersion?: string;
  readonly onRelease?: OnRelease;
}

/** All that an environment brings into its cluster. */
export interface RenderedEnvironment {
  readonly name: string;
  /** Sorted by namespace, kind and name. */
  readonly objects: readonly SourcedObject[];
  /** As the stack describes them, sorted. */
  readonly releases: readonly StackRelease[];
  /** What became of them. */
  readonly summaries: readonly ReleaseSummary[];
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Whether the objects are all there are, each once. Errors of checks alone do not count. */
  readonly complete: boolean;
}

/** Renders everything of an environment, and checks it. */
export async function renderEnvironment(
  stack: StackFile,
  tools: RenderTools,
  { kubernetesVersion, onRelease = () => {} }: RenderOptions = {},
): Promise<RenderedEnvironment> {
  const read = stackReleases(stack, kubernetesVersion);
  const releases = [...read.releases].sort((one, other) => order(one.source, other.source));
  const unread = read.findings.map(({ source }) => source);
  const disorder = checkOrder(releases, unread);
  const outcomes = disorder.length > 0 ? [] : await renderReleases(releases, tools, onRelease);
  const platform = platformObjects(stack.resources);
  const objects = placeObjects(platform.objects, outcomes);

  const versions = new Map(releases.map((release) => [release.source, release.kubernetesVersion]));
  const version = kubernetesVersion ?? releases[0]?.kubernetesVersion ?? clusterVersion(stack.resources);
  const versionOf = (source: string) => versions.get(source) ?? version;
  const levels = namespaceLevels(platform.objects, releases);
  const incomplete = [...read.findings, ...disorder, ...outcomes.flatMap(checkRendering), ...checkSameObjects(objects)];
  const findings = [
    ...incomplete,
    ...platform.findings,
    ...outcomes.flatMap(checkRelease),
    ...checkNamespaces(objects, new Map(releases.map(({ source, namespace }) => [source, namespace]))),
    ...checkAgainstApi(objects, versionOf),
    ...checkPods(objects, levels, versionOf),
    ...checkResources(objects),
    ...checkLevelsKnown(levels, releases),
  ];
  return {
    name: stack.name,
    objects,
    releases,
    summaries: outcomes.map(({ summary }) => summary),
    findings: sorted(findings),
    complete: incomplete.every(({ severity }) => severity !== "error"),
  };
}

const SEVERITIES: readonly Finding["severity"][] = ["error", "warning", "notice"];

function sorted(findings: readonly Finding[]): Finding[] {
  const key = ({ severity, source, object, path, message }: Finding) =>
    JSON.stringify([SEVERITIES.indexOf(severity), source, object ?? "", path ?? "", message]);
  return [...findings].sort((one, other) => order(key(one), key(other)));
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
