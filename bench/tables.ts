import type { Figures } from "./statistics";
import { printTable, printTitle, three, verdict } from "./table";

/** The library may cost at most this much more than the bare program; a stack among many at most this much more than among ten. */
const LIMITS = { time: 2, memory: 1.5, growth: 1.2 } as const;

export interface Growth {
  readonly stacks: number;
  readonly figures: Figures;
}

/** The library beside the bare program. */
export function printComparison(resources: number, library: Figures, bare: Figures): void {
  printTitle(`Synth of staging, whole process: ${resources} resources, the same in both`);
  const head = ["program", "runs", "s: median", "min", "max", "CPU s: median", "MiB: median", "min", "max"];
  const row = (name: string, { seconds, cpuSeconds, peakMemory }: Figures) => [
    name,
    seconds.runs,
    ...three(seconds, 3),
    cpuSeconds.median.toFixed(3),
    ...three(peakMemory, 0),
  ];
  printTable(head, [row("bare L1", bare), row("library", library)]);
  printTable(
    ["library / bare L1, of medians", "ratio", "limit", ""],
    [
      verdict("time", library.seconds.median / bare.seconds.median, LIMITS.time),
      verdict("CPU time", library.cpuSeconds.median / bare.cpuSeconds.median, LIMITS.time),
      verdict("peak memory", library.peakMemory.median / bare.peakMemory.median, LIMITS.memory),
    ],
  );
}

/** What a stack costs among few and among many; a further stack is one without its share in the start of the process. */
export function printGrowth(rows: readonly Growth[]): void {
  printTitle("Synth of many environments, whole process: copies of staging");
  const first = rows[0];
  const further = ({ stacks, figures }: Growth) =>
    first && stacks > first.stacks
      ? (figures.cpuSeconds.median - first.figures.cpuSeconds.median) / (stacks - first.stacks)
      : undefined;
  const head = [
    "stacks",
    "runs",
    "s: median",
    "min",
    "max",
    "ms per stack",
    "CPU s: median",
    "CPU ms per further stack",
  ];
  printTable(
    [...head, "MiB: median", "max"],
    rows.map((each) => [
      each.stacks,
      each.figures.seconds.runs,
      ...three(each.figures.seconds, 2),
      milliseconds(perStack(each)),
      each.figures.cpuSeconds.median.toFixed(2),
      milliseconds(further(each)),
      each.figures.peakMemory.median.toFixed(0),
      each.figures.peakMemory.max.toFixed(0),
    ]),
  );
  const ten = rows.find(({ stacks }) => stacks === 10);
  const most = rows.at(-1);
  if (!ten || !most || most === ten) return;
  const verdicts = [verdict("time per stack", perStack(most) / perStack(ten), LIMITS.growth)];
  const [many, few] = [further(most), further(ten)];
  if (many && few) verdicts.push(verdict("CPU time per further stack", many / few, LIMITS.growth));
  printTable([`${most.stacks} stacks / 10 stacks, of medians`, "ratio", "limit", ""], verdicts);
}

function perStack({ stacks, figures }: Growth): number {
  return figures.seconds.median / stacks;
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? "" : (seconds * 1000).toFixed(0);
}
