import { Faults } from "../../../lib/core/faults";
import { checkTrustedPrincipals } from "../../../lib/iam/trusted-principals";
import { messageOf } from "../../support/errors";
import { aToken } from "../../support/tokens";

const RULE = "'trustedPrincipals' must be ARNs of IAM roles or users, got";
const FIX = "not an account, a session or a pattern";

function checked(principalArns: readonly string[], partition?: string): () => void {
  return () => {
    const faults = new Faults("test");
    checkTrustedPrincipals(faults, "trustedPrincipals", principalArns, partition);
    faults.throwIfAny();
  };
}

test.each<[string, string, string | undefined]>([
  ["a role", "arn:aws:iam::111122223333:role/ci-dev", "aws"],
  ["a role under a path", "arn:aws:iam::111122223333:role/ci/a+=,.@-_b/dev", "aws"],
  ["a user", "arn:aws:iam::111122223333:user/people/ci", "aws"],
  ["a role of China, there", "arn:aws-cn:iam::111122223333:role/ci-dev", "aws-cn"],
  ["a role of any partition, where none is known", "arn:aws-cn:iam::111122223333:role/ci-dev", undefined],
])("accepts %s", (_, principalArn, partition) => {
  expect(checked([principalArn], partition)).not.toThrow();
});

test.each<[string, readonly string[], string]>([
  ["nobody", [], "'trustedPrincipals' must name at least one IAM role or user, got [] at test"],
  [
    "a role of another partition",
    ["arn:aws-cn:iam::111122223333:role/ci-dev"],
    `'trustedPrincipals' must be of the role's own partition, aws, got "arn:aws-cn:iam::111122223333:role/ci-dev" at test`,
  ],
  [
    "a path without a name",
    ["arn:aws:iam::111122223333:role/ci/"],
    `'trustedPrincipals' must have a name after the last slash, got "arn:aws:iam::111122223333:role/ci/" at test`,
  ],
  [
    "a part of a path without a name",
    ["arn:aws:iam::111122223333:role//ci"],
    `${RULE} "arn:aws:iam::111122223333:role//ci" at test; ${FIX}`,
  ],
  [
    "a pattern, and a name known only at apply",
    ["arn:aws:iam::111122223333:role/ci-*", aToken()],
    `${RULE} "arn:aws:iam::111122223333:role/ci-*" at test; ${FIX}
'trustedPrincipals' must be known at synth, got a token at test; write the value itself instead of another resource's attribute`,
  ],
  [
    "one twice",
    ["arn:aws:iam::111122223333:role/ci-dev", "arn:aws:iam::111122223333:role/ci-dev"],
    `'trustedPrincipals' must not repeat a value, got "arn:aws:iam::111122223333:role/ci-dev" at test; remove the second one`,
  ],
])("refuses %s", (_, principalArns, message) => {
  expect(messageOf(checked(principalArns, "aws"))).toBe(message);
});
