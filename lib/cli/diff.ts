import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { ASKABLE, type Askable, openAsks } from "../render/diff/asks";
import { diffObjects } from "../render/diff/diff-objects";
import { diffReleases } from "../render/diff/diff-releases";
import type { DiffReport } from "../render/diff/diff-report";
import { formatJson } from "../render/diff/format-json";
import { formatMarkdown } from "../render/diff/format-markdown";
import { formatText } from "../render/diff/format-text";
import { MARK_NAMES } from "../render/diff/marks";
import { releaseState } from "../render/diff/release-state";
import { type RenderTools, withRenderTools } from "../render/helm/render-tools";
import { type RenderedEnvironment, renderEnvironment } from "../render/render-environment";
import { readStack } from "../render/stack/stack-file";
import { readSynthJson } from "../render/stack/synth-json";
import { CommandError } from "./command-error";

export interface DiffCommandOptions {
  readonly base: string;
  readonly out: string;
  readonly format: DiffFormat;
  readonly helm?: string;
  readonly failOn?: readonly Askable[];
  readonly allow?: readonly Askable[];
}

export const DIFF_FORMATS = ["text", "markdown", "json"] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** Exit code when something needs an explicit yes. Errors end with 1. */
export const ASKED_EXIT_CODE = 2;

/** What `--help` says below the options. */
export const DIFF_HELP = `
Both folders are what \`cdktf synth\` writes: synthesise the base with --output <folder>. The difference is of
objects in the cluster; of AWS resources \`terraform plan\` tells. Values of Secrets are never shown.

Exit codes:
  0  no difference, or only what needs no explicit yes
  1  an error: a folder is missing or without a stack, or something cannot be rendered
  2  something needs an explicit yes, which --allow gives:
     reinstall     a release is renamed or moved, which Helm can only do by uninstalling the old one
     removed-data  a claim, volume, namespace, custom resource definition or StatefulSet is removed
     immutable     a field changes that is known to be immutable: Helm's upgrade fails
     and whatever else --fail-on names

Names for --fail-on and --allow:
  ${MARK_NAMES.slice(0, 5).join(", ")}
  ${MARK_NAMES.slice(5, 11).join(", ")}
  ${MARK_NAMES.slice(11).join(", ")}
  added, removed, changed (of objects)

--format json, version 1; fields that do not apply are left out:
  version, environment, environmentChange, immutableFields
  asks[]: what, where[]
  releases[]: change, release, was, marks[], values[] (paths of values that differ)
  objects[]: change, object, source, marks[], fields[]
    marks[]: mark, and what belongs to it
    fields[]: path, from, to, hidden (for values of Secrets), order
`;

/** Shows what differs in the cluster between two synthesised outputs of an environment. */
export async function diff(environment: string, options: DiffCommandOptions): Promise<void> {
  const base = stackNames(options.base, "give the folder that `npx cdktf synth --output <folder>` wrote for the base");
  const head = stackNames(options.out, "run: npx cdktf synth");
  const [before, after] = [base.has(environment), head.has(environment)];
  if (!before && !after) {
    throw new CommandError(
      `there is no stack "${environment}" in ${options.base} or ${options.out}`,
      `give one of: ${[...new Set([...base, ...head])].sort().join(", ")}`,
    );
  }
  const [old, now] = await withRenderTools({ helm: options.helm, cache: true, allValues: false }, (tools) =>
    Promise.all([
      before ? rendered(environment, options.base, tools) : undefined,
      after ? rendered(environment, options.out, tools) : undefined,
    ]),
  );
  const difference = {
    releases: diffReleases((old?.releases ?? []).map(releaseState), (now?.releases ?? []).map(releaseState)),
    objects: diffObjects(old?.objects ?? [], now?.objects ?? []),
  };
  const asks = openAsks(difference, options);
  const environmentChange = old ? (now ? undefined : "removed") : "added";
  process.stdout.write(formatted({ environment, environmentChange, asks, ...difference }, options.format));
  if (asks.length > 0) process.exitCode = ASKED_EXIT_CODE;
}

/** A list of names with commas between them; can be given several times. */
export function parseAskable(text: string, before: readonly Askable[] = []): Askable[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !(ASKABLE as readonly string[]).includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is not one of ${ASKABLE.join(", ")}.`);
  return [...before, ...(names as Askable[])];
}

/** Names of the stacks in an output. Of an output without any, synth failed: every environment would show as removed. */
function stackNames(folder: string, fix: string): ReadonlySet<string> {
  const names = writtenStacks(folder);
  if (!names) throw new CommandError(`there is no output of cdktf in ${folder}`, fix);
  if (names.length === 0) throw new CommandError(`there is no stack at all in ${folder}`, fix);
  return new Set(names);
}

/** Folders of stacks that are gone may still lie there: the manifest, which synth writes last, knows better. */
function writtenStacks(folder: string): string[] | undefined {
  const [manifest, stacks] = [join(folder, "manifest.json"), join(folder, "stacks")];
  if (existsSync(manifest)) {
    const known = readSynthJson(manifest) as { readonly stacks?: object };
    return Object.keys(known.stacks ?? {});
  }
  if (!existsSync(stacks)) return undefined;
  return readdirSync(stacks).filter((name) => existsSync(join(stacks, name, "cdk.tf.json")));
}

/** What could not be rendered would show as removed. */
async function rendered(environment: string, out: string, tools: RenderTools): Promise<RenderedEnvironment> {
  const result = await renderEnvironment(readStack(out, environment), tools);
  if (result.complete) return result;
  const [first, ...others] = result.findings.filter(({ severity }) => severity === "error");
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  throw new CommandError(
    `${environment} in ${out} cannot be rendered: ${first?.source} ${first?.message}${more}`,
    first?.fix ?? `run: eks-platform render ${environment} --out ${out}`,
  );
}

function formatted(report: DiffReport, format: DiffFormat): string {
  switch (format) {
    case "json":
      return formatJson(report);
    case "markdown":
      return formatMarkdown(report);
    case "text":
      return formatText(report, { colour: wantsColour() });
  }
}

/** @see https://no-color.org */
function wantsColour(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
