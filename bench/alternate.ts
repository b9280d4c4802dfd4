import { type Program, run, type Sample } from "./programs";
import { type Figures, figures } from "./statistics";

/** Runs programs in turn, so that whatever else the machine does hits all of them alike. The warm-up only warms the disk. */
export function alternate(programs: readonly Program[], runs: number, warmUp = programs): Figures[] {
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
