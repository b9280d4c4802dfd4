/** Tags of every AWS resource. `Environment` and `ManagedBy` are added. */
export type EnvironmentTags = { readonly Team: string; readonly CostCenter: string } & Readonly<Record<string, string>>;
