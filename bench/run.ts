import { cpus, loadavg } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { alternate } from "./alternate";
import { measureConsumer } from "./consumer";
import { measureInCluster } from "./in-cluster";
import { measurePackage } from "./package";
import { packLibrary } from "./packed";
import { bare, checkSameOutput, compile, environments, library, writeBareProgram } from "./programs";
import { measureRendering } from "./rendering";
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

/** `npm run bench`: fails if two programs that are compared do not write the same, or if one crashes; never because of a figure. */
async function main(): Promise<void> {
  const { runs, quick = false } = new Command("bench")
    .option("--runs <number>", "runs of each program", wholeNumber, 10)
    .option("--quick", `${QUICK_RUNS} runs, up to ${QUICK_SIZES.at(-1)} stacks`)
    .parse()
    .opts<Options>();
  const count = quick ? QUICK_RUNS : runs;

  console.log("==> compile");
  compile();
  const resources = writeBareProgram();
  checkSameOutput();
  describeMachine();
  const [ours, theirs] = alternate([library, bare], count);
  if (ours && theirs) printComparison(resources, ours, theirs);
  const sizes = quick ? QUICK_SIZES : SIZES;
  const growing = sizes.map(environments);
  const growth = alternate(growing, Math.min(count, MAX_GROWTH_RUNS), growing.slice(0, 1));
  printGrowth(growth.map((each, index) => ({ stacks: sizes[index] ?? 0, figures: each })));
  measureInCluster(quick);
  await measureRendering(quick);
  const packed = packLibrary();
  measurePackage(packed, quick);
  measureConsumer(packed.folder, quick);
  describeMachine();
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

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
