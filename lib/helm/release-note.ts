/** Where the note stands in the resource: Terraform reads nothing below `//`. */
export const RELEASE_NOTE = "eksPlatform";

/**
 * What a synthesised release says about itself besides its Terraform attributes, so that it can be rendered from `cdk.tf.json` alone:
 * without a cluster, without state, and without this program. It stands beside the resource as `"//": { "eksPlatform": … }`.
 */
export interface ReleaseNote {
  readonly namespace: string;
  /** Minor version of the cluster, for example `1.35`. */
  readonly kubernetesVersion: string;
  /** Pod Security level that the namespace enforces. */
  readonly podSecurity: "restricted" | "baseline" | "privileged";
  /** Releases that come before it, as `<namespace>/<release>`; their CRDs are there when it is installed. */
  readonly after: readonly string[];
  /** undefined: nothing was said. */
  readonly crds?: "templates" | "elsewhere" | "install-once";
  /**
   * The values with an example in place of each one that is known only at apply.
   *
   * @default - the resource's own: there is no such value
   */
  readonly values?: Readonly<Record<string, unknown>>;
}
