const MARK = Symbol.for("cdktf-eks-platform.KnownAtApply");

/** A value that Terraform learns at apply, with an example to show and render in its place. */
export interface KnownAtApply {
  /** A token, for example `cluster.clusterEndpoint`. */
  readonly value: string | number | boolean | readonly string[];
  /** Plain data of the same shape. It never reaches the cluster. */
  readonly example: unknown;
}

/**
 * Puts another resource's attribute into the values of a release. The example is what rendering shows.
 *
 * @example
 * values: { role: knownAtApply(identity.role.roleArn, "arn:aws:iam::111122223333:role/api") }
 */
export function knownAtApply(value: KnownAtApply["value"], example: unknown): KnownAtApply {
  return Object.defineProperty({ value, example }, MARK, { value: true });
}

export function isKnownAtApply(value: unknown): value is KnownAtApply {
  return typeof value === "object" && value !== null && MARK in value;
}
