import { isCi } from "./ci";

/** What Jest says of its run. The same in Jest 29 and 30, and in Vitest. */
interface State {
  readonly snapshotState?: { readonly _updateSnapshot?: string };
}

/** Below it Jest keeps its state, also where tests import `expect` and have no global one. */
const STATE_OF_JEST = Symbol.for("$$jest-matchers-object");

/** The runner of the tests, as far as it can be seen without importing it. */
interface Runner {
  readonly expect?: { getState?(): State };
  readonly [STATE_OF_JEST]?: { readonly state?: State };
}

/**
 * Refuses to write snapshots in CI: a run that accepts whatever there is proves nothing.
 *
 * @param state What Jest says of its run. @default - what the runner of this test says, if there is one
 * @throws {Error} if this is CI, and Jest was asked to update snapshots or to write new ones
 */
export function refuseUpdateInCi(state: object = stateOfRunner()): void {
  const mode = (state as State).snapshotState?._updateSnapshot;
  if (!isCi() || (mode !== "all" && mode !== "new")) return;
  const asked = mode === "all" ? "without -u (--updateSnapshot)" : "with --ci";
  throw new Error(`snapshots are not written in CI: run the tests ${asked}, and renew them on your machine`);
}

function stateOfRunner(): State {
  const { expect, [STATE_OF_JEST]: jest } = globalThis as Runner;
  return expect?.getState?.() ?? jest?.state ?? {};
}
