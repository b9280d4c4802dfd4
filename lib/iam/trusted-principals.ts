import type { Faults } from "../core/faults";
import { policyJson } from "../core/policy-document";
import { principalTrust } from "./trust";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const TRUST_POLICY_MAX_LENGTH = 2048;

/**
 * Adds what is wrong with those who may assume a deploy role: IAM roles and users by name, never an account or a pattern, and no more of them
 * than a trust policy holds.
 */
export function checkTrustedPrincipals(faults: Faults, property: string, principalArns: readonly string[]): void {
  faults
    .check(principalArns.length > 0, property, "must name at least one IAM role or user", principalArns)
    .unique(property, principalArns);
  for (const principalArn of principalArns) {
    faults
      .literal(property, principalArn)
      .matches(
        property,
        principalArn,
        /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
        "must be ARNs of IAM roles or users",
        "not an account, a session or a pattern",
      );
  }
  const { length } = policyJson([principalTrust(principalArns)]);
  const rule = `must fit into a trust policy of ${TRUST_POLICY_MAX_LENGTH} characters, which would have ${length}`;
  faults.check(length <= TRUST_POLICY_MAX_LENGTH, property, rule, undefined, "let one role stand for several");
}
