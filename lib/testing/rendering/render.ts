import { withRenderTools } from "../../render/helm/render-tools";
import { type RenderedEnvironment, renderEnvironment } from "../../render/render-environment";
import { releasesBefore } from "../../render/stack/release-order";
import type { StackFile } from "../../render/stack/stack-file";
import { stackReleases } from "../../render/stack/stack-releases";
import { withStackFolder } from "../stack/stack-folder";
import type { StackUnderTest } from "../stack/stack-under-test";
import { type StackInput, synthesize } from "../stack/synthesize";
import { assertKnownKeys, type KeysOf } from "../values/known-keys";

/** What is rendered. */
export interface RenderingOptions {
  /**
   * The only release to render, with those that come before it: `variants` or `genomics/variants`.
   *
   * @default - all
   */
  readonly release?: string;
}

const OPTIONS: KeysOf<RenderingOptions> = { release: true };

/** A stack with all that its releases bring into the cluster. `render` makes it. */
export class RenderedStack {
  constructor(
    readonly stack: StackUnderTest,
    readonly environment: RenderedEnvironment,
  ) {}
}

const rendered = new WeakMap<StackUnderTest, Map<string | undefined, Promise<RenderedStack>>>();

/**
 * Renders the releases of a stack with real Helm, as `eks-platform render` does: with the Helm that EKS_PLATFORM_HELM names, else `helm`. The
 * same synthesised stack is rendered once.
 *
 * @throws {Error} if there is no such release
 * @throws {RenderError} if there is no Helm that can be used
 */
export function render(stack: StackInput, options: RenderingOptions = {}): Promise<RenderedStack> {
  assertKnownKeys("options", options, OPTIONS);
  const { release } = options;
  const tested = synthesize(stack);
  const known = rendered.get(tested) ?? new Map<string | undefined, Promise<RenderedStack>>();
  rendered.set(tested, known);
  const asked = known.get(release) ?? renderStack(tested, release);
  known.set(release, asked);
  return asked;
}

function renderStack(stack: StackUnderTest, release: string | undefined): Promise<RenderedStack> {
  return withStackFolder(stack, async (folder) => {
    const file: StackFile = { name: stack.name, folder, resources: stack.allResources };
    const asked = release === undefined ? file : onlyRelease(file, release);
    return new RenderedStack(stack, await withRenderTools({}, (tools) => renderEnvironment(asked, tools)));
  });
}

/** Every release that a stack installs, as `<namespace>/<release>` as far as it is known. */
export function releaseSources({ name, allResources: resources }: StackUnderTest): string[] {
  const { releases, findings } = stackReleases({ name, folder: "", resources });
  return [...releases.map(({ source }) => source), ...findings.map(({ source }) => source)];
}

/** The stack with one release and what comes before it. */
function onlyRelease(file: StackFile, asked: string): StackFile {
  const { releases, findings } = stackReleases(file);
  const unreadable = findings.find(({ source }) => isNamed(source, asked));
  if (unreadable) throw new Error(`${unreadable.source} cannot be rendered: ${unreadable.message}`);
  const [found, ...others] = releases.filter(({ source }) => isNamed(source, asked));
  if (!found || others.length > 0) {
    const names = releases.map(({ source }) => source).join(", ") || "none";
    throw new Error(`${file.name} has ${found ? "several releases" : "no release"} "${asked}"; there are: ${names}`);
  }
  const kept = new Set([found, ...releasesBefore(found, releases)]);
  const bodies = Object.entries(file.resources.helm_release ?? {});
  const readable = bodies.filter(([id]) => !findings.some(({ path }) => path === `helm_release.${id}`));
  const helm_release = Object.fromEntries(readable.filter((_body, index) => kept.has(releases[index] ?? found)));
  return { ...file, resources: { ...file.resources, helm_release } };
}

/** Whether a release is meant by its name, with or without its namespace. */
export function isNamed(source: string, asked: string): boolean {
  return source === asked || source.split("/")[1] === asked;
}
