import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bareModule } from "./bare-program";
import { BENCH, program, stackFile } from "./folders";
import { readStack } from "./json";
import { checkSame, run } from "./programs";
import type { Beside, Pair, Round } from "./programs/beside";
import { type Summary, summary } from "./statistics";
import { printTable, printTitle, verdict } from "./table";

/** Of the parts in `programs/parts.ts`. */
const RELEASES = ["local-chart", "repository-chart", "known-chart"];
const PARTS = [...RELEASES, "namespace"];
/** What a release may cost beyond the `helm_release` that it writes. Unit: ms. */
const RELEASE_LIMIT = 0.1;
const ROUNDS = 100;
const QUICK_ROUNDS = 10;

/** Milliseconds for one of a part. */
interface Cost {
  readonly part: string;
  /** Medians: L1 constructed and synthesised, the library constructed and synthesised. */
  readonly phases: readonly number[];
  readonly beyond: Summary;
  readonly ratio: Summary;
}

/** Releases and namespaces beside the same resources written out, in one process. */
export function measureInCluster(quick: boolean): void {
  const rounds = quick ? QUICK_ROUNDS : ROUNDS;
  const bareFolder = writeBareModules();
  console.log(`==> releases and namespaces: ${rounds} rounds`);
  const { stdout } = run({ name: "beside", file: program("beside"), args: [bareFolder, `${rounds}`] });
  for (const part of PARTS) checkSame(readStack(stackFile("parts", part)), readStack(stackFile("beside", part)));
  const costs = (JSON.parse(stdout) as readonly Beside[]).map(cost);

  printTitle("One release, one namespace: CPU time beside the same resources in L1, without writing files");
  const head = ["ms, medians", "rounds", "L1: construct", "synth", "library: construct", "synth"];
  printTable(
    [...head, "beyond L1", "half of the rounds", "library / L1"],
    costs.map(({ part, phases, beyond, ratio }) => {
      const half = beyond.quartiles.map((each) => each.toFixed(3)).join(" to ");
      const figures = [...phases, beyond.median].map((each) => each.toFixed(3));
      return [part, beyond.runs, ...figures, half, `${ratio.median.toFixed(2)}x`];
    }),
  );
  const releases = costs.filter(({ part }) => RELEASES.includes(part));
  printTable(
    ["release beyond L1, median", "ms", "limit", ""],
    releases.map(({ part, beyond }) => verdict(part, beyond.median, RELEASE_LIMIT, " ms")),
  );
}

/** Writes a module for each part, from what the library synthesises. Answers the folder that they are in. */
function writeBareModules(): string {
  run({ name: "parts", file: program("all-parts"), args: [] });
  const folder = join(BENCH, "bare");
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) {
    const file = stackFile("parts", part);
    writeFileSync(join(folder, `${part}.js`), bareModule(readStack(file), dirname(file)));
  }
  return folder;
}

function cost({ part, count, rounds }: Beside): Cost {
  const median = (what: (pair: Pair) => number) => summary(rounds.map((pair) => what(pair) / count)).median;
  return {
    part,
    phases: [
      median(({ bare }) => bare.construct),
      median(({ bare }) => bare.synth),
      median(({ library }) => library.construct),
      median(({ library }) => library.synth),
    ],
    beyond: summary(rounds.map(({ library, bare }) => (both(library) - both(bare)) / count)),
    ratio: summary(rounds.map(({ library, bare }) => both(library) / both(bare))),
  };
}

function both({ construct, synth }: Round): number {
  return construct + synth;
}
