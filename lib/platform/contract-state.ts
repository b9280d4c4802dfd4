import { TerraformBackend, type TerraformStack } from "cdktf";
import type { Faults } from "../core/faults";
import { DNS_LABEL } from "../core/kubernetes-names";
import { useS3Backend } from "../state/s3-state";
import type { PlatformContract } from "./contract";
import { checkKeys } from "./platform-checks";

/** Where below the team's prefix a stack keeps its state. */
export interface StateOptions {
  /**
   * Name of the state among those of the team: lower-case letters, digits and '-', at most 63. Two stacks of one id in repositories of one
   * team would write over each other without. Another name is another state: `terraform init -migrate-state` moves it.
   *
   * @default - the stack's id
   */
  readonly name?: string;
}

/** Adds a fault unless the stack can keep its state where the contract says. */
export function checkContractState(
  faults: Faults,
  { state }: PlatformContract,
  stack: TerraformStack,
  options: StateOptions,
): void {
  const backend = stack.node.children.find(TerraformBackend.isBackend);
  faults.check(
    state !== undefined,
    "state",
    "must be in the contract",
    undefined,
    "give the stack a backend of its own: the environment's store lies in another account",
  );
  const isObject = typeof options === "object" && options !== null && !Array.isArray(options);
  faults.check(isObject, "options", "must be an object", options, 'for example { name: "variants-api" }');
  const { name } = isObject ? options : {};
  if (isObject) checkKeys(faults, options, ["name"]);
  faults
    .literal("name", name)
    .check(name === undefined || typeof name === "string", "name", "must be text", name)
    .matches("name", name, DNS_LABEL, "must have lower-case letters, digits and '-', at most 63");
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
export function useContractState(
  { state, identity }: PlatformContract,
  stack: TerraformStack,
  { name = stack.node.id }: StateOptions,
): void {
  if (!state) return;
  useS3Backend(stack, {
    bucket: state.bucketName,
    key: `${state.keyPrefix}${name}/terraform.tfstate`,
    region: state.region,
    kmsKeyId: state.keyAliasArn,
    assumeRole: { roleArn: identity.deployRoleArn },
  });
}
