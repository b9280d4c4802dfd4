/** Stands below `//` of a snapshot: what has it is normalised already. */
export const SNAPSHOT_MARK = "snapshot";
