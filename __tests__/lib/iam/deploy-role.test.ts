import { boundaryStatements } from "../../../lib/iam/deploy-boundary";
import { DeployRole, type DeployRoleProps } from "../../../lib/iam/deploy-role";
import { deployStatements } from "../../../lib/iam/deploy-statements";
import { messageOf } from "../../support/errors";
import { parsed, synthesizeWith, testStack } from "../../support/synth";

const account = {
  accountId: "444455556666",
  region: "eu-west-3",
  iamPath: "/eks-platform/",
  permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/platform-boundary",
};
const ci = "arn:aws:iam::111122223333:role/ci-dev";
const props: DeployRoleProps = { account, roleName: "platform-deploy", trustedPrincipals: [ci] };

function fault(change: Partial<DeployRoleProps>): string {
  return messageOf(() => new DeployRole(testStack(), "Deploy", { ...props, ...change }));
}

test("a role outside of the path of those that it makes, with its policy, and the boundary of the others", () => {
  const stack = synthesizeWith((scope) => {
    new DeployRole(scope, "Deploy", props);
  });
  const { assume_role_policy: _, ...role } = stack.only("aws_iam_role");
  expect(role).toEqual({ name: "platform-deploy", path: "/", description: "Deploys the environments of this account" });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: [ci] }, Action: "sts:AssumeRole" }],
  });
  expect(stack.only("aws_iam_policy")).toMatchObject({ name: "platform-boundary" });
  expect(parsed(stack.only("aws_iam_policy"), "policy")).toMatchObject({ Statement: boundaryStatements(account) });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toMatchObject({ Statement: deployStatements(account) });
  expect(stack.census).toEqual({
    aws_iam_policy: 1, // bounds the roles of environments
    aws_iam_role: 1,
    aws_iam_role_policy: 1, // what it needs for environments
  });
});

test.each<[string, Partial<DeployRoleProps>, string]>([
  [
    "no path of its own for roles of environments",
    { account: { ...account, iamPath: undefined } },
    `'account.iamPath' must be another path than '/', got "/" at test/Deploy; the deploy role stands at '/', and must not be among the roles that it may change`,
  ],
  [
    "no boundary",
    { account: { ...account, permissionsBoundaryArn: undefined } },
    `'account.permissionsBoundaryArn' must be the ARN of a policy of this account without a path at test/Deploy; for example arn:aws:iam::444455556666:policy/platform-boundary`,
  ],
  [
    "a boundary of another account",
    { account: { ...account, permissionsBoundaryArn: "arn:aws:iam::777788889999:policy/platform-boundary" } },
    `'account.permissionsBoundaryArn' must be the ARN of a policy of this account without a path, got "arn:aws:iam::777788889999:policy/platform-boundary" at test/Deploy; for example arn:aws:iam::444455556666:policy/platform-boundary`,
  ],
  [
    "a boundary with a path",
    { account: { ...account, permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/eks-platform/boundary" } },
    `'account.permissionsBoundaryArn' must be the ARN of a policy of this account without a path, got "arn:aws:iam::444455556666:policy/eks-platform/boundary" at test/Deploy; for example arn:aws:iam::444455556666:policy/platform-boundary`,
  ],
  [
    "nobody who may assume it",
    { trustedPrincipals: [] },
    "'trustedPrincipals' must name at least one IAM role or user, got [] at test/Deploy",
  ],
  [
    "a whole account",
    { trustedPrincipals: ["arn:aws:iam::111122223333:root"] },
    `'trustedPrincipals' must be ARNs of IAM roles or users, got "arn:aws:iam::111122223333:root" at test/Deploy; not an account, a session or a pattern`,
  ],
  [
    "any role",
    { trustedPrincipals: ["arn:aws:iam::111122223333:role/*"] },
    `'trustedPrincipals' must be ARNs of IAM roles or users, got "arn:aws:iam::111122223333:role/*" at test/Deploy; not an account, a session or a pattern`,
  ],
  [
    "one twice",
    { trustedPrincipals: [ci, ci] },
    `'trustedPrincipals' must not repeat a value, got "arn:aws:iam::111122223333:role/ci-dev" at test/Deploy; remove the second one`,
  ],
  [
    "more than a trust policy holds",
    { trustedPrincipals: Array.from({ length: 60 }, (_, index) => `${ci}-${index + 10}`) },
    "'trustedPrincipals' must fit into a trust policy of 2048 characters, which would have 2685 at test/Deploy; let one role stand for several",
  ],
])("refuses %s", (_, change, message) => {
  expect(fault(change)).toBe(message);
});
