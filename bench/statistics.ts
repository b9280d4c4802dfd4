import type { Sample } from "./programs";

export interface Summary {
  readonly runs: number;
  readonly median: number;
  /** A quarter of the runs took less than the first, a quarter more than the second. */
  readonly quartiles: readonly [number, number];
  readonly min: number;
  readonly max: number;
}

/** What the runs of one program took. */
export interface Figures {
  readonly seconds: Summary;
  readonly cpuSeconds: Summary;
  readonly peakMemory: Summary;
}

export function figures(samples: readonly Sample[]): Figures {
  return {
    seconds: summary(samples.map(({ seconds }) => seconds)),
    cpuSeconds: summary(samples.map(({ cpuSeconds }) => cpuSeconds)),
    peakMemory: summary(samples.map(({ peakMemory }) => peakMemory)),
  };
}

export function summary(values: readonly number[]): Summary {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  const quarter = Math.floor(sorted.length / 4);
  return {
    runs: sorted.length,
    median: middle.reduce((sum, value) => sum + value, 0) / middle.length,
    quartiles: [sorted.at(quarter) ?? Number.NaN, sorted.at(-1 - quarter) ?? Number.NaN],
    min: Math.min(...sorted),
    max: Math.max(...sorted),
  };
}
