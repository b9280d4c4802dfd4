import { applyTags } from "../../../lib/core/tags";
import { AccessEntry } from "../../../lib/eks/access-entry";
import { Role } from "../../../lib/iam/role";
import { Team } from "../../../lib/kubernetes/team";
import type { TeamProps } from "../../../lib/kubernetes/team-props";
import { account } from "../../support/account";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesize } from "../../support/synth";
import { census, developer, type Scene, scene } from "../../support/team";

const pipeline = "arn:aws:iam::111122223333:role/ci/GenomicsPipeline";

/** What a team adds to the scene. */
function synthesized(props: (given: Scene) => Partial<TeamProps>): Synthesized {
  const given = scene();
  new Team(given.stack, "Team-genomics", { teamName: "genomics", namespaces: [given.genomics], ...props(given) });
  return synthesize(given.stack);
}

test("minimal: a team with nobody in it makes nothing", () => {
  expect(census(synthesized(({ cluster }) => ({ cluster })))).toEqual({});
});

test("a member has a role and a binding in each namespace, and gets in by an access entry", () => {
  const stack = synthesized(({ cluster, genomics, jobs }) => ({
    cluster,
    namespaces: [genomics, jobs],
    members: [{ principalArn: developer, role: "view" }],
  }));
  expect(stack.only("aws_eks_access_entry")).toEqual({
    cluster_name: "test",
    principal_arn: developer,
    type: "STANDARD",
    kubernetes_groups: ["team:genomics:view"],
    tags: { Team: "genomics" },
  });
  expect(Object.values(stack.resources("kubernetes_role_binding_v1"))).toEqual(
    ["genomics", "genomics-jobs"].map(() => ({
      metadata: {
        name: "team:genomics:view",
        namespace: expect.stringMatching(/^\$\{kubernetes_namespace_v1\.Namespace-.*\.metadata\[0\]\.name\}$/),
        labels: { "managed-by": "terraform", team: "genomics" },
      },
      role_ref: {
        api_group: "rbac.authorization.k8s.io",
        kind: "Role",
        name: expect.stringMatching(/^\$\{kubernetes_role_v1\..*\.metadata\[0\]\.name\}$/),
      },
      subject: [{ api_group: "rbac.authorization.k8s.io", kind: "Group", name: "team:genomics:view" }],
    })),
  );
  expect(Object.values(stack.resources("kubernetes_role_v1"))[0]).toMatchObject({
    metadata: { name: "team:genomics:view", labels: { "managed-by": "terraform", team: "genomics" } },
  });
  expect(census(stack)).toEqual({
    aws_eks_access_entry: 1, // one for the principal, however many namespaces
    kubernetes_role_v1: 2, // one for each namespace
    kubernetes_role_binding_v1: 2, // one for each role
  });
});

test("a member's entry waits for what it comes after, once for both roles; those of others do not", () => {
  const stack = synthesized(({ stack: scope, cluster }) => {
    const role = new Role(scope, "Role", { account, roleName: "pipeline", description: "Deploys", trust: [] });
    const after = [role.resource];
    return {
      cluster,
      members: [
        { principalArn: pipeline, role: "deploy", after },
        { principalArn: pipeline, role: "view", after },
        { principalArn: developer, role: "edit" },
      ],
    };
  });
  const entries = Object.values(stack.resources("aws_eks_access_entry"));
  expect(entries.map((entry) => [entry.principal_arn, entry.depends_on])).toEqual([
    [developer, undefined],
    [pipeline, [expect.stringMatching(/^aws_iam_role\.Role_/)]],
  ]);
});

test("maximal: two roles in one entry, a role of its own, accounts with and without AWS", () => {
  const stack = synthesized(({ cluster, genomics, jobs }) => ({
    cluster,
    namespaces: [genomics, jobs],
    members: [
      { principalArn: developer, role: "edit" },
      { principalArn: developer, role: "data-steward" },
      { principalArn: pipeline, role: "deploy" },
      { group: "auditors", role: "view" },
      { user: "ana@example.com", role: "data-steward" },
    ],
    roles: {
      "data-steward": {
        rules: [
          {
            apiGroups: [""],
            resources: ["secrets"],
            resourceNames: ["consent"],
            verbs: ["get"],
            reason: "reads the key that pseudonymises patients",
          },
          { apiGroups: ["batch"], resources: ["jobs"], verbs: ["get"] },
        ],
      },
      unused: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
    },
    serviceAccounts: [
      {
        namespace: "genomics",
        name: "api",
        statements: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::reads/*"] }],
      },
      { namespace: "genomics-jobs", name: "controller", automountToken: true },
    ],
    tags: { CostCenter: "genomics" },
  }));
  expect(Object.values(stack.resources("aws_eks_access_entry")).map((entry) => entry.kubernetes_groups)).toEqual([
    ["team:genomics:edit", "team:genomics:data-steward"],
    ["team:genomics:deploy"],
  ]);
  const own = Object.values(stack.resources("kubernetes_role_v1")).filter(
    ({ metadata }) => (metadata as { name: string }).name === "team:genomics:data-steward",
  );
  expect(own).toEqual(
    ["genomics", "genomics-jobs"].map(() => ({
      metadata: {
        name: "team:genomics:data-steward",
        namespace: expect.any(String),
        labels: { "managed-by": "terraform", team: "genomics" },
        annotations: { "eks-platform/reason": "secrets: reads the key that pseudonymises patients" },
      },
      rule: [
        { api_groups: [""], resources: ["secrets"], resource_names: ["consent"], verbs: ["get"] },
        { api_groups: ["batch"], resources: ["jobs"], verbs: ["get"] },
      ],
    })),
  );
  const subjects = Object.values(stack.resources("kubernetes_role_binding_v1")).map(({ metadata, subject }) => [
    (metadata as { name: string }).name,
    (subject as { kind: string; name: string }[]).map(({ kind, name }) => `${kind} ${name}`),
  ]);
  expect(Object.fromEntries(subjects)).toEqual({
    "team:genomics:edit": ["Group team:genomics:edit"],
    "team:genomics:deploy": ["Group team:genomics:deploy"],
    "team:genomics:view": ["Group auditors"],
    "team:genomics:data-steward": ["Group team:genomics:data-steward", "User ana@example.com"],
  });
  const accounts = Object.values(stack.resources("kubernetes_service_account_v1"));
  expect(accounts).toEqual([
    {
      metadata: {
        name: "controller",
        namespace: expect.stringContaining("kubernetes_namespace_v1."),
        labels: { "managed-by": "terraform", team: "genomics" },
      },
      automount_service_account_token: true,
    },
    {
      metadata: {
        name: "api",
        namespace: expect.stringContaining("kubernetes_namespace_v1."),
        labels: { "managed-by": "terraform", team: "genomics" },
      },
      automount_service_account_token: false,
      depends_on: expect.arrayContaining([expect.stringMatching(/^aws_eks_pod_identity_association\./)]),
    },
  ]);
  expect(stack.only("aws_eks_pod_identity_association")).toMatchObject({
    namespace: "genomics",
    service_account: "api",
    tags: { Team: "genomics", CostCenter: "genomics" },
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toMatchObject({
    Statement: [{ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::reads/*"] }],
  });
  expect(census(stack)).toEqual({
    aws_eks_access_entry: 2, // one for each principal, however many roles
    aws_eks_pod_identity_association: 1, // for the account with statements
    aws_iam_role: 1, // what that account may do in AWS
    aws_iam_role_policy: 1, // its statements
    kubernetes_role_v1: 8, // four roles that somebody has, in two namespaces
    kubernetes_role_binding_v1: 8, // one for each
    kubernetes_service_account_v1: 2, // as listed
  });
});

test("a cluster without AWS has groups and users alone", () => {
  const stack = synthesized(() => ({
    members: [
      { group: "team:genomics:edit", role: "edit" },
      { user: "ana", role: "edit" },
    ],
    serviceAccounts: [{ namespace: "genomics", name: "api" }],
  }));
  expect(stack.only("kubernetes_role_binding_v1").subject).toEqual([
    { api_group: "rbac.authorization.k8s.io", kind: "Group", name: "team:genomics:edit" },
    { api_group: "rbac.authorization.k8s.io", kind: "User", name: "ana" },
  ]);
  expect(census(stack)).toEqual({
    kubernetes_role_v1: 1, // edit
    kubernetes_role_binding_v1: 1, // both members
    kubernetes_service_account_v1: 1, // as listed
  });
});

test("the team's tags win over the stack's, on the team's resources alone", () => {
  const { stack, cluster, genomics } = scene();
  applyTags(stack, { Environment: "test", ManagedBy: "terraform", Team: "platform", CostCenter: "platform" });
  new AccessEntry(stack, "Admin", { cluster, principalArn: "arn:aws:iam::111122223333:role/Admin" });
  new Team(stack, "Team-genomics", {
    teamName: "genomics",
    cluster,
    namespaces: [genomics],
    members: [{ principalArn: developer, role: "view" }],
    serviceAccounts: [{ namespace: "genomics", name: "api", statements: [] }],
    tags: { CostCenter: "genomics" },
  });
  const synth = synthesize(stack);
  const own = { Environment: "test", ManagedBy: "terraform", Team: "genomics", CostCenter: "genomics" };
  expect(synth.only("aws_iam_role").tags).toEqual(own);
  expect(synth.only("aws_eks_pod_identity_association").tags).toEqual(own);
  const entries = Object.values(synth.resources("aws_eks_access_entry"));
  expect(entries.find((entry) => entry.principal_arn === developer)?.tags).toEqual(own);
  expect(entries.find((entry) => entry.principal_arn !== developer)?.tags).toEqual({
    ...own,
    Team: "platform",
    CostCenter: "platform",
  });
});

test("what was made can be asked for, and changes of the caller's objects do not reach it", () => {
  const { stack, cluster, genomics } = scene();
  const verbs = ["get"];
  const team = new Team(stack, "Team-genomics", {
    teamName: "genomics",
    cluster,
    namespaces: [genomics],
    roles: { reader: { rules: [{ apiGroups: [""], resources: ["pods"], verbs }] } },
    serviceAccounts: [
      { namespace: "genomics", name: "api", statements: [] },
      { namespace: "genomics", name: "web" },
    ],
  });
  verbs.push("delete");
  expect(team.rulesFor("reader")).toEqual([{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }]);
  expect(team.rulesFor("view")).toContainEqual({
    apiGroups: ["batch"],
    resources: ["cronjobs", "jobs"],
    verbs: ["get", "list", "watch"],
  });
  expect(team.namespaceNames).toEqual(["genomics"]);
  expect(team.serviceAccount("genomics", "api").role.node.path).toBe(
    "test/Team-genomics/Namespace-genomics/ServiceAccount-api/Identity/Role",
  );
  expect(messageOf(() => team.serviceAccount("genomics", "web").role)).toBe(
    "'statements' must be given for a role in AWS at test/Team-genomics/Namespace-genomics/ServiceAccount-web; an empty list makes a role without rights",
  );
  expect(messageOf(() => team.serviceAccount("genomics", "batch"))).toBe(
    `'serviceAccounts' must be one that the team was made with, got "genomics/batch" at test/Team-genomics`,
  );
  expect(messageOf(() => team.rulesFor("constructor"))).toBe(
    `'role' must be one that the team was made with, got "constructor" at test/Team-genomics`,
  );
});
