import { cpus, loadavg } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import {
  bare,
  compile,
  environments,
  library,
  outputDifferences,
  type Program,
  run,
  type Sample,
  writeBareProgram,
} from "./programs";
import { type Figures, figures } from "./statistics";
import { printComparison, printGrowth } from "./tables";

interface Options {
  readonly runs: number;
  readonly quick?: true;
}

const QUICK_RUNS = 3;
const SIZES = [1, 10, 50, 162];
const QUICK_SIZES = [1, 10];
/** The big sizes take minutes otherwise; they vary little. */
const MAX_GROWTH_RUNS = 5;

/** `npm run bench`: fails if the two programs do not write the same, or if one crashes; never because of a figure. */
function main(): void {
  const { runs, quick } = new Command("bench")
    .option("--runs <number>", "runs of each program", wholeNumber, 10)
    .option("--quick", `${QUICK_RUNS} runs, up to ${QUICK_SIZES.at(-1)} stacks`)
    .parse()
    .opts<Options>();
  const count = quick ? QUICK_RUNS : runs;

  console.log("==> compile");
  compile();
  const resources = writeBareProgram();
  const unequal = outputDifferences();
  if (unequal.length > 0) {
    console.error(
      `The bare program does not write what the library writes; nothing was measured:\n${unequal.join("\n")}`,
    );
    process.exitCode = 1;
    return;
  }
  describeMachine();
  const [ours, theirs] = alternate([library, bare], count);
  if (ours && theirs) printComparison(resources, ours, theirs);
  const sizes = quick ? QUICK_SIZES : SIZES;
  const growing = sizes.map(environments);
  const growth = alternate(growing, Math.min(count, MAX_GROWTH_RUNS), growing.slice(0, 1));
  printGrowth(growth.map((each, index) => ({ stacks: sizes[index] ?? 0, figures: each })));
  describeMachine();
}

/** Runs programs in turn, so that whatever else the machine does hits all of them alike. The warm-up only warms the disk. */
function alternate(programs: readonly Program[], runs: number, warmUp = programs): Figures[] {
  const samples = new Map<Program, Sample[]>(programs.map((program) => [program, []]));
  console.log(`==> ${names(warmUp)}: warm-up`);
  warmUp.forEach(run);
  for (let round = 1; round <= runs; round++) {
    console.log(`==> ${names(programs)}: run ${round} of ${runs}`);
    for (const program of programs) samples.get(program)?.push(run(program));
  }
  return programs.map((program) => figures(samples.get(program) ?? []));
}

function names(programs: readonly Program[]): string {
  return programs.map(({ name }) => name).join(", ");
}

function describeMachine(): void {
  const load = loadavg().map((each) => each.toFixed(1));
  console.log(
    `    Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), load ${load.join(" ")}`,
  );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("must be a whole number of at least 1");
  return value;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
