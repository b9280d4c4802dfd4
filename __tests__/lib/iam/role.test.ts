import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { Role, type RoleProps } from "../../../lib/iam/role";
import { serviceTrust } from "../../../lib/iam/trust";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: RoleProps = {
  account,
  roleName: "staging-nodes",
  description: "Nodes of staging",
  trust: [serviceTrust("ec2.amazonaws.com")],
};

function roleWith(props: Partial<RoleProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new Role(scope, "Role", { ...minimal, ...props });
  });
}

test("minimal: a role that one service may assume, and that may do nothing", () => {
  const stack = roleWith();
  const { assume_role_policy: _, ...rest } = stack.only("aws_iam_role");
  expect(rest).toEqual({ name: "staging-nodes", description: "Nodes of staging", path: "/" });
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  expect(stack.census).toEqual({
    aws_iam_role: 1, // and no policy: nobody asked for one
  });
});

test("maximal: under the account's path and boundary, with the managed policies of its purposes", () => {
  const boundary = "arn:aws:iam::111122223333:policy/boundary";
  const stack = roleWith({
    account: { ...account, iamPath: "/platform/", permissionsBoundaryArn: boundary },
    purposes: ["nodes", "sessionManager"],
  });
  expect(stack.only("aws_iam_role")).toMatchObject({ path: "/platform/", permissions_boundary: boundary });
  const policies = Object.values(stack.resources("aws_iam_role_policy_attachment"));
  expect(policies.map((body) => body.policy_arn).sort()).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  ]);
  expect(stack.census).toEqual({
    aws_iam_role: 1,
    aws_iam_role_policy_attachment: 3, // two for nodes, one for Session Manager
  });
});

test("a managed policy that two purposes share is attached once", () => {
  const stack = roleWith({ purposes: ["nodes", "autoModeNodes"] });
  const policies = Object.values(stack.resources("aws_iam_role_policy_attachment"));
  expect(policies.map((body) => String(body.policy_arn).replace(/^.*\//, "")).sort()).toEqual([
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonEKSWorkerNodePolicy",
  ]);
});

test("a managed policy is the one of the region's partition", () => {
  const stack = roleWith({ account: { ...account, region: "cn-north-1" }, purposes: ["ebsCsi"] });
  expect(stack.only("aws_iam_role_policy_attachment").policy_arn).toBe(
    "arn:aws-cn:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
  );
});

test("whoever runs with the role can wait for every policy that it has by then", () => {
  const stack = synthesizeWith((scope) => {
    const role = new Role(scope, "Role", { ...minimal, purposes: ["controlPlane"] });
    const before = role.dependables;
    role.addPolicy("ReadLogs", [{ Effect: "Allow", Action: "logs:GetLogEvents", Resource: "*" }]);
    expect(before).toHaveLength(1);
    new KeyPair(scope, "Nodes", { publicKey: "ssh-ed25519 AAAA", dependsOn: role.dependables });
  });
  expect(stack.only("aws_iam_role_policy")).toMatchObject({ name: "ReadLogs" });
  expect(stack.only("aws_key_pair").depends_on).toEqual([
    expect.stringMatching(/^aws_iam_role_policy_attachment\.Role_AmazonEKSClusterPolicy_/),
    expect.stringMatching(/^aws_iam_role_policy\.Role_ReadLogs_/),
  ]);
});

test("a name of 64 characters is the longest there is", () => {
  expect(roleWith({ roleName: "a".repeat(64) }).only("aws_iam_role").name).toBe("a".repeat(64));
});

test.each<[string, Partial<RoleProps>, string]>([
  [
    "a name beyond IAM's limit",
    { roleName: "a".repeat(65) },
    `'roleName' must have 1 to 64 characters, has 65, got "${"a".repeat(65)}" at test/Role`,
  ],
  [
    "a name with a slash",
    { roleName: "platform/nodes" },
    `'roleName' must have only letters, digits and '_+=,.@-', got "platform/nodes" at test/Role`,
  ],
  [
    "a name known only at apply",
    { roleName: aToken() },
    "'roleName' must be known at synth, got a token at test/Role; write the value itself instead of another resource's attribute",
  ],
  [
    "an account that is none",
    { account: { ...account, iamPath: "platform" } },
    `'account.iamPath' must begin and end with a slash, got "platform" at test/Role`,
  ],
  [
    "a purpose that there is not",
    { purposes: ["node"] } as unknown as Partial<RoleProps>,
    `'purposes[0]' must be one of "controlPlane", "autoModeControlPlane", "nodes", "autoModeNodes", "sessionManager", "vpcCni", "ebsCsi", got "node" at test/Role`,
  ],
])("refused: %s", (_, props, message) => {
  expect(messageOf(() => new Role(testStack(), "Role", { ...minimal, ...props }))).toBe(message);
});

test("two roles of a stack have two names, which IAM compares without case and path; the later one says it", () => {
  const two = (roleName: string, second = account) =>
    synthesizeWith((scope) => {
      new Role(scope, "One", minimal);
      new Role(scope, "Two", { ...minimal, account: second, roleName });
    });
  expect(() => two("staging-nodes-2")).not.toThrow();
  expect(() => two("staging-nodes", { ...account, accountId: "444455556666" })).not.toThrow();
  expect(() => two("Staging-Nodes", { ...account, iamPath: "/platform/" })).toThrow(
    `[test/Two] 'roleName' must not be that of test/One, got "Staging-Nodes" at test/Two; an account has one role of a name`,
  );
});
