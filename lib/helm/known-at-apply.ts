import type { IResolvable } from "cdktf";
import { holdsToken } from "./holds-token";

const MARK = Symbol.for("cdktf-eks-platform.KnownAtApply");

/** A value that Terraform learns at apply, with an example to show and render in its place. */
export interface KnownAtApply {
  /** One token alone, for example `cluster.clusterEndpoint`: text, a number, a list or a switch. */
  readonly value: string | number | IResolvable | readonly string[] | readonly number[];
  /** Plain data of the same shape. It never reaches the cluster. */
  readonly example: unknown;
}

/**
 * Puts another resource's attribute into the values of a release, never a secret. The example is what rendering shows.
 *
 * A value that is known already, as the endpoint of an imported cluster, is handed on as it is.
 *
 * Text around a token is built by Terraform: `Fn.format("postgres://%s:%d/api", [db.address, db.port])`, or `Fn.join`.
 *
 * @example
 * values: { role: knownAtApply(identity.role.roleArn, "arn:aws:iam::111122223333:role/api") }
 */
export function knownAtApply(value: KnownAtApply["value"], example: unknown): KnownAtApply {
  const open = holdsToken(value) || (Array.isArray(value) && value.some(holdsToken));
  if (!open) return value as unknown as KnownAtApply;
  return Object.defineProperty({ value, example }, MARK, { value: true });
}

export function isKnownAtApply(value: unknown): value is KnownAtApply {
  return typeof value === "object" && value !== null && MARK in value;
}
