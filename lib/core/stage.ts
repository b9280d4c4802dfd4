/** How far an environment is from patients' data: `prod` has rules of its own. */
export type Stage = "dev" | "staging" | "prod";

/** All stages, the least guarded first. */
export const STAGES: readonly Stage[] = ["dev", "staging", "prod"];
