/** Which object of the cluster is meant. */
export interface ObjectInCluster {
  /** For example `Deployment`. */
  readonly kind: string;
  /** @default - any: in `rendersNo`, no object of the kind may be there */
  readonly name?: string;
  /** @default - any, or none */
  readonly namespace?: string;
  /**
   * The release that brings it, `variants` or `genomics/variants`; `platform` for what Terraform makes itself. Only this one is rendered, and what
   * comes before it.
   *
   * @default - any
   */
  readonly release?: string;
}
