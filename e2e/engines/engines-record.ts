import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformBinary } from "../../lib/cli/doctor/terraform";
import { type Environment, makeRunFolder, runFolder } from "./folders";
import { withLock } from "./lock";
import type { Providers } from "./providers";

/** What the engines that run are, for another program to find (`.emulators/run/engines.json`). */
export interface EnginesRecord {
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly requested: "auto" | "off";
  readonly gateway: string;
  readonly ec2: string;
  readonly kubernetes: "control-plane" | "k3s" | "none";
  readonly reasonInClusterOff?: string;
  readonly kubeconfig?: string;
  readonly env: Environment;
  readonly terraform: TerraformBinary & Providers;
  readonly processes: readonly string[];
}

const recordFile = join(runFolder, "engines.json");
const lockFile = join(runFolder, "engines.lock");

export function writeRecord(record: EnginesRecord): void {
  makeRunFolder();
  // JSON has no undefined: a variable that is taken away is null in the file.
  const text = JSON.stringify(record, (_, value) => (value === undefined ? null : value), 2);
  writeFileSync(`${recordFile}.new`, `${text}\n`, { mode: 0o600 });
  renameSync(`${recordFile}.new`, recordFile);
}

export function readRecord(): EnginesRecord | undefined {
  if (!existsSync(recordFile)) {
    return undefined;
  }
  // A reviver that answers undefined would drop the key, and with it the order to take the variable away.
  const record = JSON.parse(readFileSync(recordFile, "utf8")) as EnginesRecord;
  const env = Object.fromEntries(Object.entries(record.env).map(([name, value]) => [name, value ?? undefined]));
  return {
    ...record,
    reasonInClusterOff: record.reasonInClusterOff ?? undefined,
    kubeconfig: record.kubeconfig ?? undefined,
    env,
  };
}

export function removeRecord(): void {
  rmSync(recordFile, { force: true });
}

/** One program at a time starts or stops the engines. */
export async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  makeRunFolder();
  return withLock(lockFile, "another program is starting or stopping the engines right now", work);
}
