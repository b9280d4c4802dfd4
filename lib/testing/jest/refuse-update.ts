import { isCi } from "../recorded-file";

/** What Jest says of its run. The same in Jest 29 and 30. */
interface State {
  readonly snapshotState?: { readonly _updateSnapshot?: string };
}

/**
 * Refuses to write snapshots in CI: a run that accepts whatever there is proves nothing.
 *
 * @throws {Error} if this is CI, and Jest was asked to update snapshots or to write new ones
 */
export function refuseUpdateInCi(state: object): void {
  const mode = (state as State).snapshotState?._updateSnapshot;
  if (!isCi() || (mode !== "all" && mode !== "new")) return;
  const asked = mode === "all" ? "-u (--updateSnapshot)" : "--ci=false";
  throw new Error(`snapshots are not written in CI: run Jest without ${asked}, and renew them on your machine`);
}
