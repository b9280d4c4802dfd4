import type { AwsAccount } from "../core/account";
import type { Removal } from "../core/removal";
import type { RepositoryOptions } from "../registry/check-repositories";
import type { EnvironmentTags } from "./environment-tags";
import type { StoredState } from "./state-config";

/**
 * An account's repositories for images and charts: a stack of its own, which is there before the first environment that pulls from it, and
 * stays when one is destroyed.
 */
export interface RegistryConfig extends RepositoryOptions {
  /** Id of the stack, for example `registry`. 2-32 lower-case letters, digits and `-`. Changing it makes another stack. */
  readonly id: string;
  readonly account: AwsAccount & {
    /**
     * Role that Terraform assumes.
     *
     * @default - the caller's own identity
     */
    readonly deployRoleArn?: string;
  };
  readonly state: StoredState;
  /** `Environment` is the id. */
  readonly tags: EnvironmentTags;
  /** `retain` guards repositories and key; `destroy` lets repositories go with what is in them. */
  readonly removal: Removal;
}
