import { Token } from "cdktf";
import type { Faults } from "../core/faults";
import { policyJson } from "../core/policy-document";
import { principalTrust } from "./trust";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const TRUST_POLICY_MAX_LENGTH = 2048;

/**
 * Adds what is wrong with those who may assume a deploy role: IAM roles and users by name, never an account or a pattern, and no more of them
 * than a trust policy holds. IAM trusts nobody of another partition than that of the role, which is `partition`, if it is given.
 */
export function checkTrustedPrincipals(
  faults: Faults,
  property: string,
  principalArns: readonly string[],
  partition?: string,
): void {
  faults
    .check(principalArns.length > 0, property, "must name at least one IAM role or user", principalArns)
    .unique(property, principalArns);
  for (const principalArn of principalArns) {
    faults
      .literal(property, principalArn)
      .matches(
        property,
        principalArn,
        /^arn:aws[a-z-]*:iam::\d{12}:(role|user)(\/[\w+=,.@-]+)+\/?$/,
        "must be ARNs of IAM roles or users",
        "not an account, a session or a pattern",
      )
      .matches(property, principalArn, /[^/]$/, "must have a name after the last slash");
    const [, own] = /^arn:(aws[a-z-]*):/.exec(Token.isUnresolved(principalArn) ? "" : principalArn) ?? [];
    const isThere = partition === undefined || own === undefined || own === partition;
    faults.check(isThere, property, `must be of the role's own partition, ${partition}`, principalArn);
  }
  const { length } = policyJson([principalTrust(principalArns)]);
  const rule = `must fit into a trust policy of ${TRUST_POLICY_MAX_LENGTH} characters, which would have ${length}`;
  faults.check(length <= TRUST_POLICY_MAX_LENGTH, property, rule, undefined, "let one role stand for several");
}
