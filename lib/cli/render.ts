import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { InvalidArgumentError } from "commander";
import type { Finding } from "../render/checks/finding";
import { schemaData } from "../render/checks/kubernetes-schemas";
import type { OnRelease } from "../render/helm/render-releases";
import { withRenderTools } from "../render/helm/render-tools";
import { writeObjects } from "../render/objects/render-output";
import { type RenderedEnvironment, renderEnvironment } from "../render/render-environment";
import { readStack } from "../render/stack/stack-file";
import { CommandError } from "./command-error";

export interface RenderCommandOptions {
  readonly out: string;
  readonly to: string;
  readonly helm?: string;
  readonly kubernetesVersion?: string;
  readonly concurrency?: number;
  readonly json: boolean;
  readonly cache: boolean;
  readonly failOnWarning: boolean;
  readonly verbose: boolean;
}

export const RENDER_HELP = `
Values that a chart ignores are found by rendering without them. That cannot see
  - a chart that writes all its values into a ConfigMap, as istiod does: there every value has an effect
  - values that count only in a cluster or on upgrades: through lookup, or in NOTES
A value that the chart's values.yaml does not have is a warning only if no template of the chart or its subcharts has its
name as a word. Where one has, another value may switch it off: that is a notice, which --verbose shows. So a wrong name
that happens to be a word in a template is a notice too, and a name that templates put together from parts a warning.`;

/** Renders an environment and writes its objects. Progress and findings go to stderr, the result to stdout. */
export async function render(environment: string, options: RenderCommandOptions): Promise<void> {
  const start = performance.now();
  const stack = readStack(options.out, environment);
  const { kubernetesVersion, verbose: allValues } = options;
  const onRelease: OnRelease = ({ source, outcome }, done, all) => console.error(`${done}/${all} ${outcome} ${source}`);
  const rendered = await withRenderTools({ ...options, allValues }, (tools) =>
    renderEnvironment(stack, tools, { kubernetesVersion, onRelease }),
  );
  const folder = join(options.to, environment);
  if (rendered.complete) writeObjects(rendered.objects, folder);
  for (const finding of rendered.findings) {
    if (finding.severity !== "notice" || options.verbose) console.error(findingLine(finding));
  }
  if (options.json) console.log(JSON.stringify(asJson(rendered, folder), undefined, 2));
  else if (rendered.complete) console.log(summaryLine(rendered, folder, (performance.now() - start) / 1000));
  failOnFindings(rendered, options.failOnWarning);
}

/** A number of processes as it is typed. */
export function parseConcurrency(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number of at least 1.");
  return value;
}

/** A minor version whose schemas are known. */
export function parseKubernetesVersion(text: string): string {
  const known = Object.keys(schemaData().versions);
  if (!known.includes(text)) throw new InvalidArgumentError(`It must be one of ${known.join(", ")}.`);
  return text;
}

function findingLine({ severity, check, source, object, path, message, fix }: Finding): string {
  const about = [object && path ? `${object}: ${path}` : (object ?? path), message].filter(Boolean).join(" ");
  return `${severity}: ${source}: ${about}${fix ? `; ${fix}` : ""} [${check}]`;
}

function summaryLine({ name, objects, summaries }: RenderedEnvironment, folder: string, seconds: number): string {
  const cached = summaries.filter(({ outcome }) => outcome === "cached").length;
  const counts = `${count(summaries.length, "release")}, ${count(objects.length, "object")}`;
  return `${name}: ${counts} in ${folder} (${cached} cached, ${seconds.toFixed(1)} s)`;
}

function asJson({ name, complete, summaries, objects, findings }: RenderedEnvironment, folder: string): object {
  const written = complete ? { folder } : {};
  return { environment: name, complete, ...written, releases: summaries, objects: objects.length, findings };
}

function failOnFindings({ name, findings, complete }: RenderedEnvironment, failOnWarning: boolean): void {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  if (errors === 0 && (warnings === 0 || !failOnWarning)) return;
  const counts = [errors > 0 ? count(errors, "error") : "", warnings > 0 ? count(warnings, "warning") : ""];
  const problem = `${name} has ${counts.filter(Boolean).join(" and ")}`;
  throw new CommandError(problem, complete ? undefined : "nothing was written, what was rendered before stays");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
