export type { AwsAccount } from "./account";
export { type AwsAccess, awsProvider } from "./aws-provider";
export { EphemeralVariable } from "./ephemeral-variable";
export type { Statement } from "./policy-document";
export { copyProviderLocks, PROVIDER_LOCK_FILE } from "./provider-locks";
export { REMOVALS, type Removal } from "./removal";
export { STAGES, type Stage } from "./stage";
export { applyTags, type TagMap } from "./tags";
export { type Fault, ValidationError } from "./validation-error";
