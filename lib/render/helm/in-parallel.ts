/** Runs a task when one of the places is free. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** At most so many tasks at once, in the order they come. A task must not wait for another one that needs a place. */
export function inParallel(places: number): Limit {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((turn) => waiting.push(turn));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place goes over as it is: between two tasks nobody else can take it.
      if (next) next();
      else free += 1;
    }
  };
}
