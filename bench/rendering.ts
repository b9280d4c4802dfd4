import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { helmBinary } from "../e2e/engines/helm-binary";
import { HELM_VARIABLE } from "../lib/render/helm/helm";
import { CACHE_VARIABLE } from "../lib/render/helm/render-cache";
import { BENCH, cli, output, program } from "./folders";
import { run } from "./programs";
import type { Comparisons } from "./programs/diff";
import { summary } from "./statistics";
import { printTable, printTitle, three } from "./table";

const RUNS = 5;
const QUICK_RUNS = 1;
const COMPARISONS = 200;

const cores = availableParallelism();
const cache = join(BENCH, "render-cache");

type Environment = Readonly<Record<string, string>>;

/** Seconds of each run. */
interface Renderings {
  readonly concurrency: number;
  readonly cold: number[];
  readonly cached: number[];
}

/** `eks-platform render` of the twenty applications, and the comparison that `eks-platform diff` makes. Left out where there is no Helm. */
export async function measureRendering(quick: boolean): Promise<void> {
  const helm = await helmBinary().catch((error: unknown) => error as Error);
  if (helm instanceof Error) {
    console.log(`\n    left out: rendering and comparison: ${helm.message}`);
    return;
  }
  const env = { [HELM_VARIABLE]: helm, [CACHE_VARIABLE]: cache };
  const base = synth("as-they-are");
  printRenderings(renderings(base, quick ? QUICK_RUNS : RUNS, env));

  const args = [base, synth("new-images"), `${COMPARISONS}`];
  printComparisons(JSON.parse(run({ name: "diff", file: program("diff"), args, env }).stdout) as Comparisons);
}

function synth(change: "as-they-are" | "new-images"): string {
  const name = `applications-${change}`;
  run({ name, file: program("applications"), args: [change] });
  return output(name);
}

/** In turn with one Helm at a time and with one for each core, from an empty cache and then from what that kept. */
function renderings(base: string, runs: number, env: Environment): Renderings[] {
  const both: Renderings[] = [1, cores].map((concurrency) => ({ concurrency, cold: [], cached: [] }));
  for (let round = 1; round <= runs; round++) {
    console.log(`==> render applications: run ${round} of ${runs}`);
    for (const { concurrency, cold, cached } of round % 2 === 0 ? [...both].reverse() : both) {
      rmSync(cache, { recursive: true, force: true });
      cold.push(render(base, concurrency, "rendered", env));
      cached.push(render(base, concurrency, "cached", env));
    }
  }
  return both;
}

/** Seconds of one run; fails unless all releases came from where they should. */
function render(base: string, concurrency: number, expected: "rendered" | "cached", env: Environment): number {
  const name = `render-${expected}`;
  const to = join(output(name), "objects");
  const args = ["render", "applications", "--json", "--out", base, "--to", to, "--concurrency", `${concurrency}`];
  const { seconds, stdout } = run({ name, file: cli, args, env });
  const { releases } = JSON.parse(stdout) as { readonly releases: readonly { readonly outcome: string }[] };
  const other = releases.find(({ outcome }) => outcome !== expected);
  if (releases.length === 0 || other) throw new Error(`a release was ${other?.outcome ?? "missing"}, not ${expected}`);
  return seconds;
}

function printRenderings(all: readonly Renderings[]): void {
  printTitle("Rendering of the twenty applications, whole process with its Helms");
  const rows = all.flatMap(({ concurrency, cold, cached }) => [
    [concurrency, "cold", cold.length, ...three(summary(cold), 2)],
    [concurrency, "cached", cached.length, ...three(summary(cached), 2)],
  ]);
  printTable(["Helms at once", "cache", "runs", "s: median", "min", "max"], rows);
  const [serial, parallel] = all;
  if (!serial || !parallel) return;
  printTable(
    ["of the same round, median", "ratio"],
    [
      [`cold: ${cores} at once / one at a time`, ratio(parallel.cold, serial.cold)],
      [`${cores} at once: cached / cold`, ratio(parallel.cached, parallel.cold)],
    ],
  );
}

function ratio(ones: readonly number[], others: readonly number[]): string {
  return `${summary(ones.map((one, index) => one / (others[index] ?? Number.NaN))).median.toFixed(2)}x`;
}

function printComparisons({ objects, changed, milliseconds: all }: Comparisons): void {
  printTitle("Comparison of the applications with new images for one team, without rendering");
  const [first = Number.NaN] = all;
  printTable(
    ["objects", "changed", "comparisons", "ms: first", "median", "min", "max"],
    [[objects, changed, all.length, first.toFixed(2), ...three(summary(all), 2)]],
  );
}
