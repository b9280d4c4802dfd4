import type { Locking } from "../state/s3-state";

/** State in a state store of this platform. */
export interface StoredState {
  /** Id of the state store, as in `stateStores`. */
  readonly store: string;
  /**
   * Role in the state store's account, where that is another one.
   *
   * @default - the caller's own identity
   */
  readonly roleArn?: string;
  /** @default "both" */
  readonly locking?: Locking;
}
