import { AccessEntry, type AccessEntryOptions } from "../../../lib/eks/access-entry";
import { Cluster } from "../../../lib/eks/cluster";
import { Role } from "../../../lib/iam/role";
import { account } from "../../support/account";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";

const principalArn = "arn:aws:iam::111122223333:role/EKSAdmin";

function fault(options: Partial<AccessEntryOptions>): string {
  const scope = testStack();
  const cluster = testCluster(scope);
  return messageOf(() => new AccessEntry(scope, "Entry", { cluster, principalArn, ...options }));
}

test("minimal: an entry without any right", () => {
  const stack = synthesizeWith((scope) => {
    new AccessEntry(scope, "Entry", { cluster: testCluster(scope), principalArn });
  });
  expect(stack.only("aws_eks_access_entry")).toEqual({
    cluster_name: "test",
    principal_arn: principalArn,
    type: "STANDARD",
  });
  expect(stack.census).toEqual({
    aws_eks_access_entry: 1, // lets the principal log in, no more
  });
});

test("maximal: groups, and a policy each for the cluster and for namespaces", () => {
  const stack = synthesizeWith((scope) => {
    new AccessEntry(scope, "Entry", {
      cluster: testCluster(scope),
      principalArn,
      kubernetesGroups: ["viewers"],
      policies: [
        { policy: "AmazonEKSViewPolicy" },
        { policy: "AmazonEKSEditPolicy", namespaces: ["genomics", "surveillance"] },
      ],
    });
  });
  expect(stack.only("aws_eks_access_entry")).toMatchObject({ kubernetes_groups: ["viewers"] });
  expect(Object.values(stack.resources("aws_eks_access_policy_association"))).toEqual([
    {
      cluster_name: "test",
      principal_arn: principalArn,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
      access_scope: { type: "namespace", namespaces: ["genomics", "surveillance"] },
      depends_on: [expect.stringMatching(/^aws_eks_access_entry\.Entry_/)],
    },
    {
      cluster_name: "test",
      principal_arn: principalArn,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: { type: "cluster" },
      depends_on: [expect.stringMatching(/^aws_eks_access_entry\.Entry_/)],
    },
  ]);
  expect(stack.census).toEqual({
    aws_eks_access_entry: 1, // lets the principal log in
    aws_eks_access_policy_association: 2, // one for each policy
  });
});

test("an entry waits for what it comes after", () => {
  const stack = synthesizeWith((scope) => {
    const role = new Role(scope, "Role", { account, roleName: "EKSAdmin", description: "Administers", trust: [] });
    const cluster = testCluster(scope);
    new AccessEntry(scope, "Entry", { cluster, principalArn, after: [role.resource] });
    new AccessEntry(scope, "Other", { cluster, principalArn: `${principalArn}2`, after: [] });
  });
  const entries = Object.values(stack.resources("aws_eks_access_entry"));
  expect(entries.map((entry) => [entry.principal_arn, entry.depends_on])).toEqual([
    [principalArn, [expect.stringMatching(/^aws_iam_role\.Role_/)]],
    [`${principalArn}2`, undefined],
  ]);
});

test("a cluster in China takes policies of that partition", () => {
  const stack = synthesizeWith((scope) => {
    const attributes = { ...testCluster(scope), account: { accountId: "111122223333", region: "cn-north-1" } };
    const cluster = Cluster.fromClusterAttributes(scope, "China", attributes);
    const policies = [{ policy: "AmazonEKSViewPolicy" as const }];
    new AccessEntry(scope, "Entry", { cluster, principalArn: "arn:aws-cn:iam::111122223333:role/Viewer", policies });
  });
  expect(stack.only("aws_eks_access_policy_association")).toMatchObject({
    policy_arn: "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
  });
});

test.each<[string, Partial<AccessEntryOptions>, string]>([
  [
    "an account as principal",
    { principalArn: "arn:aws:iam::111122223333:root" },
    `'principalArn' must be the ARN of an IAM role or user, got "arn:aws:iam::111122223333:root" at test/Entry`,
  ],
  [
    "a session of a role as principal",
    { principalArn: "arn:aws:sts::111122223333:assumed-role/EKSAdmin/me" },
    `'principalArn' must be the ARN of an IAM role or user, got "arn:aws:sts::111122223333:assumed-role/EKSAdmin/me" at test/Entry`,
  ],
  [
    "a policy twice",
    { policies: [{ policy: "AmazonEKSViewPolicy" }, { policy: "AmazonEKSViewPolicy", namespaces: ["a"] }] },
    `'policies' must not repeat a value, got "AmazonEKSViewPolicy" at test/Entry; remove the second one`,
  ],
  [
    "a policy for no namespace",
    { policies: [{ policy: "AmazonEKSViewPolicy", namespaces: [] }] },
    `'policies' must name at least one namespace, or none at all for the cluster, got "AmazonEKSViewPolicy" at test/Entry`,
  ],
  [
    "a group of Kubernetes itself",
    { kubernetesGroups: ["system:masters"] },
    `'kubernetesGroups' must not begin with system:, got "system:masters" at test/Entry; use an access policy`,
  ],
])("refuses %s", (_, options, message) => {
  expect(fault(options)).toBe(message);
});
