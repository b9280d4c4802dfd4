import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { startTimeOf } from "./process-identity";
import { isAlive } from "./processes";

/** Does the work while no other program holds the same lock. A lock whose owner is gone is taken over. */
export async function withLock<T>(file: string, busy: string, work: () => Promise<T>): Promise<T> {
  const release = takeLock(file, busy);
  try {
    return await work();
  } finally {
    release();
  }
}

function takeLock(path: string, busy: string): () => void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeFileSync(file, JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid) }));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch {
      if (ownerIsAlive(path)) {
        break;
      }
      rmSync(path, { force: true });
    }
  }
  throw new Error(busy);
}

function ownerIsAlive(path: string): boolean {
  try {
    return isAlive(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return false;
  }
}
