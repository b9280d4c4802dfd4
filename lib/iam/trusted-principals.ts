import type { Faults } from "../core/faults";

/** Adds what is wrong with those who may assume a deploy role: IAM roles and users by name, never an account or a pattern. */
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
}
