export { useLocalState } from "./local-state";
export { OTHER_BACKENDS, type OtherBackendType, type OtherState, useOtherState } from "./other-state";
export { REQUIRED_TERRAFORM_VERSION } from "./required-terraform";
export { type Locking, type S3StateProps, useS3State } from "./s3-state";
export { type StateAccess, stateStatements } from "./state-access";
export { DEFAULT_STATE_PREFIX, type StateLocation, stateLocation } from "./state-location";
export { StateStore, type StateStoreProps } from "./state-store";
