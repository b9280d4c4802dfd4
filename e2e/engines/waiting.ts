import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface WaitOptions {
  readonly seconds: number;
  /** What is waited for, as it should read in "… did not answer within 30 s". */
  readonly what: string;
  /** Log file whose last lines explain a failure. */
  readonly log?: string;
  /** Ends the wait at once when it says false: the process we wait for is gone. */
  readonly alive?: () => boolean;
  readonly everyMilliseconds?: number;
}

/** Asks until the answer is true. An exception counts as "not yet". */
export async function waitFor(check: () => boolean | Promise<boolean>, options: WaitOptions): Promise<void> {
  const deadline = Date.now() + options.seconds * 1000;
  let lastProblem = "";
  for (;;) {
    try {
      if (await check()) {
        return;
      }
      lastProblem = "";
    } catch (error) {
      lastProblem = error instanceof Error ? error.message : String(error);
    }
    if (options.alive !== undefined && !options.alive()) {
      throw new Error(explain(`${options.what}: the process ended`, lastProblem, options.log));
    }
    if (Date.now() > deadline) {
      throw new Error(explain(`${options.what}: not ready within ${options.seconds} s`, lastProblem, options.log));
    }
    await sleep(options.everyMilliseconds ?? 200);
  }
}

export function lastLines(file: string | undefined, count = 15): string[] {
  if (file === undefined || !existsSync(file)) {
    return [];
  }
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
}

function explain(headline: string, problem: string, log: string | undefined): string {
  const lines = lastLines(log);
  const tail = lines.length > 0 ? [`last lines of ${log}:`, ...lines.map((line) => `  ${line}`)] : [];
  return [problem === "" ? headline : `${headline} (${problem})`, ...tail].join("\n");
}

/** Ports of 127.0.0.1 that nobody listens on. All are held open together first, so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, holdPort));
  await Promise.all(held.map(({ server }) => new Promise((done) => server.close(done))));
  return held.map(({ port }) => port);
}

function holdPort(): Promise<{ server: Server; port: number }> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") {
        fail(new Error("no port from the operating system"));
        return;
      }
      done({ server, port: address.port });
    });
  });
}

/** True when a GET on this address answers with a 2xx in time. */
export async function answers(url: string, seconds = 2): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(seconds * 1000) });
  await response.arrayBuffer();
  return response.ok;
}
