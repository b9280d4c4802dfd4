import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { alternate } from "./alternate";
import { program, stackFile } from "./folders";
import { readStack } from "./json";
import { checkSame, type Program, writeBare } from "./programs";
import type { Figures } from "./statistics";
import { printTable, printTitle, type Row, three, verdict } from "./table";

const RUNS = 20;
const QUICK_RUNS = 3;
/** What a program with the library may cost beside the same without it. */
const LIMIT = 1.5;
const STACK = "consumer";

/** A program that uses the library, and the one that writes the same in bare L1. */
interface Consumer {
  readonly title: string;
  readonly library: Program;
  readonly bare: Program;
}

/** What the library costs a program that has one namespace and one release: its import by the root, and synth. */
export function measureConsumer(folder: string, quick: boolean): void {
  const granted = consumer(folder, "granted-namespace", "granted namespace");
  const consumers = [
    granted,
    consumer(folder, "own-namespace", "namespace of its own"),
    { ...granted, title: "granted, all names loaded", library: withAllNames(granted.library) },
  ];
  const programs = [...new Set(consumers.flatMap(({ library, bare }) => [library, bare]))];
  const all = alternate(programs, quick ? QUICK_RUNS : RUNS);
  for (const { library, bare } of consumers) checkSame(written(library), written(bare));
  const figuresOf = new Map(programs.map((each, index) => [each, all[index]]));

  printTitle("Import of the library by its root and synth of one namespace and one release, whole process");
  printTable(
    ["program", "runs", "s: median", "min", "max", "CPU s: median", "MiB: median"],
    programs.map((each) => row(each.name, figuresOf.get(each))),
  );
  printTable(
    ["library / bare L1, of medians", "ratio", "limit", ""],
    consumers.flatMap(({ title, library, bare }) => {
      const [ours, theirs] = [figuresOf.get(library), figuresOf.get(bare)];
      if (!ours || !theirs) return [];
      return [
        verdict(`${title}: time`, ours.seconds.median / theirs.seconds.median, LIMIT),
        verdict(`${title}: CPU time`, ours.cpuSeconds.median / theirs.cpuSeconds.median, LIMIT),
      ];
    }),
  );
}

/** Puts a program of `programs` where it finds the packed library, and its bare one beside it. */
function consumer(folder: string, name: string, title: string): Consumer {
  const library: Program = { name, file: join(folder, `${name}.js`), args: [] };
  const bare: Program = { name: `${name}-bare`, file: join(folder, `${name}-bare.js`), args: [] };
  copyFileSync(program(name), library.file);
  writeBare(library, STACK, bare.file);
  return { title, library, bare };
}

function withAllNames(library: Program): Program {
  return { ...library, name: `${library.name}-all-names`, args: ["--all-names"] };
}

function written({ name }: Program) {
  return readStack(stackFile(name, STACK));
}

function row(name: string, figures: Figures | undefined): Row {
  if (!figures) return [name];
  const { seconds, cpuSeconds, peakMemory } = figures;
  return [name, seconds.runs, ...three(seconds, 3), cpuSeconds.median.toFixed(3), peakMemory.median.toFixed(0)];
}
