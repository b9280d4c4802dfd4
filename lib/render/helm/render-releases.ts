import type { Finding } from "../checks/finding";
import type { KubernetesObject } from "../objects/kubernetes-object";
import { RenderError } from "../render-error";
import { releasesBefore } from "../stack/release-order";
import type { StackRelease } from "../stack/stack-releases";
import { servedApiVersions } from "./api-versions";
import { type RenderedRelease, renderRelease } from "./render-release";
import type { RenderTools } from "./render-tools";

export interface ReleaseSummary {
  /** `<namespace>/<release>`. */
  readonly source: string;
  /** `skipped`: a release before it failed. */
  readonly outcome: "rendered" | "cached" | "failed" | "skipped";
}

/** Hears of a release when it is done, as one of so many. */
export type OnRelease = (summary: ReleaseSummary, done: number, all: number) => void;

/** What became of a release. */
export interface ReleaseOutcome {
  readonly release: StackRelease;
  readonly summary: ReleaseSummary;
  /** undefined: it failed, or was skipped. */
  readonly rendered?: RenderedRelease;
  /** Why it failed. */
  readonly findings: readonly Finding[];
}

/** Renders releases in parallel. Each one begins when those before it have said which APIs they bring. */
export function renderReleases(
  releases: readonly StackRelease[],
  tools: RenderTools,
  onRelease: OnRelease,
): Promise<ReleaseOutcome[]> {
  let done = 0;
  const begun = new Map<StackRelease, Promise<ReleaseOutcome>>();
  const finish = async (release: StackRelease): Promise<ReleaseOutcome> => {
    const outcome = await outcomeOf(release, await Promise.all(releasesBefore(release, releases).map(begin)), tools);
    done += 1;
    onRelease(outcome.summary, done, releases.length);
    return outcome;
  };
  const begin = (release: StackRelease): Promise<ReleaseOutcome> => {
    const outcome = begun.get(release) ?? finish(release);
    begun.set(release, outcome);
    return outcome;
  };
  return Promise.all(releases.map(begin));
}

/** What a release brings into the cluster. */
export function installedObjects({ release, rendered }: ReleaseOutcome): KubernetesObject[] {
  const { crds = [], objects = [] } = rendered?.manifests ?? {};
  return [...(release.skipsCrds ? [] : crds), ...objects].map(({ object }) => object);
}

async function outcomeOf(
  release: StackRelease,
  before: readonly ReleaseOutcome[],
  tools: RenderTools,
): Promise<ReleaseOutcome> {
  const { source } = release;
  const summary = (outcome: ReleaseSummary["outcome"]): ReleaseSummary => ({ source, outcome });
  const missing = before.find(({ rendered }) => !rendered);
  if (missing) {
    const message = `is not rendered, because ${missing.release.source} comes before it`;
    return {
      release,
      summary: summary("skipped"),
      findings: [{ severity: "notice", check: "release", source, message }],
    };
  }
  try {
    const rendered = await renderRelease(release, servedApiVersions(before.flatMap(installedObjects)), tools);
    return { release, summary: summary(rendered.cached ? "cached" : "rendered"), rendered, findings: [] };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    const { problem: message, fix } = error;
    return {
      release,
      summary: summary("failed"),
      findings: [{ severity: "error", check: "release", source, message, fix }],
    };
  }
}
