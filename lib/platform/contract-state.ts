import { S3Backend, TerraformBackend, type TerraformStack } from "cdktf";
import type { Faults } from "../core/faults";
import type { PlatformContract } from "./contract";

/** Adds a fault unless the stack can keep its state where the contract says. */
export function checkContractState(faults: Faults, { state }: PlatformContract, stack: TerraformStack): void {
  const backend = stack.node.children.find(TerraformBackend.isBackend);
  faults.check(
    state !== undefined,
    "state",
    "must be in the contract",
    undefined,
    "the team keeps its state elsewhere",
  );
  const fix = "keep one of them";
  faults.check(
    backend === undefined,
    "state",
    "must have one place, and the stack has a backend already",
    undefined,
    fix,
  );
}

/**
 * Keeps a stack's state under the team's own prefix of the environment's state store, encrypted, and locked by a file beside it: the role of
 * a team can touch nothing else there.
 */
export function useContractState({ state, identity }: PlatformContract, stack: TerraformStack): void {
  if (!state) return;
  new S3Backend(stack, {
    bucket: state.bucketName,
    key: `${state.keyPrefix}${stack.node.id}/terraform.tfstate`,
    region: state.region,
    encrypt: true,
    kmsKeyId: state.keyAliasArn,
    assumeRole: { roleArn: identity.deployRoleArn },
  });
  // The binding of cdktf 0.21 has no word for it.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
