import { join } from "node:path";
import type { Environment } from "./folders";
import { emulatorPython } from "./python";
import { mustRun } from "./tools";

/**
 * What still exists in the emulated account, one line per thing; nothing when a destroy was complete. A KMS key that
 * waits for its deletion counts as gone, service-linked roles and what AWS puts into every account are not looked at.
 */
export async function leftovers(env: Environment, regions: readonly string[]): Promise<string[]> {
  const python = await emulatorPython(() => {});
  const found = await mustRun(python, [join(__dirname, "leftovers.py"), ...regions], { env, seconds: 120 });
  return found.split("\n").filter((line) => line !== "");
}
