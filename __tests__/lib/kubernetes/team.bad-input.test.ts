import { Namespace } from "../../../lib/kubernetes/namespace";
import { Team } from "../../../lib/kubernetes/team";
import type { TeamProps } from "../../../lib/kubernetes/team-props";
import { messageOf } from "../../support/errors";
import { testStack } from "../../support/synth";
import { developer, scene } from "../../support/team";
import { aToken } from "../../support/tokens";

function fault(props: Partial<TeamProps>): string {
  const { stack, cluster, genomics } = scene();
  return messageOf(
    () => new Team(stack, "Team-genomics", { teamName: "genomics", cluster, namespaces: [genomics], ...props }),
  );
}

/** Why a team cannot have a namespace of elsewhere. */
function namespaceFault(namespaceName: string, times = 1, inItsStack = true): string {
  const { stack, cluster } = scene();
  const attributes = { namespaceName, kubernetesVersion: "1.35", podSecurityLevel: "restricted" as const };
  const namespace = Namespace.fromName(inItsStack ? stack : testStack(), "Namespace", attributes);
  const namespaces = Array.from({ length: times }, () => namespace);
  return messageOf(() => new Team(stack, "Team-genomics", { teamName: "genomics", cluster, namespaces }));
}

const rule = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };

test.each<[string, Partial<TeamProps>, string]>([
  [
    "a name that is no label",
    { teamName: "Genomics" },
    `'teamName' must be a name of lower-case letters, digits and '-', at most 63, got "Genomics" at test/Team-genomics`,
  ],
  [
    "a name that is known only at apply",
    { teamName: aToken() },
    "'teamName' must be known at synth, got a token at test/Team-genomics; write the value itself instead of another resource's attribute",
  ],
  ["no namespace", { namespaces: [] }, "'namespaces' must list at least one namespace at test/Team-genomics"],
  [
    "a member who is nobody",
    { members: [{ role: "view" }] },
    `'members[0].principalArn' must be given alone, or else group or user alone, got [] at test/Team-genomics`,
  ],
  [
    "a member who is two",
    { members: [{ group: "auditors", user: "ana", role: "view" }] },
    `'members[0].principalArn' must be given alone, or else group or user alone, got ["group","user"] at test/Team-genomics`,
  ],
  [
    "a role that the team does not have",
    { members: [{ group: "auditors", role: "owner" }], roles: { steward: { rules: [rule] } } },
    `'members[0].role' must be one of "view", "edit", "deploy", "admin", "steward", got "owner" at test/Team-genomics`,
  ],
  [
    "a principal that is no role or user",
    { members: [{ principalArn: "arn:aws:iam::111122223333:root", role: "view" }] },
    `'members[0].principalArn' must be the ARN of an IAM role or user, got "arn:aws:iam::111122223333:root" at test/Team-genomics`,
  ],
  [
    "a principal that is known only at apply",
    { members: [{ principalArn: aToken(), role: "view" }] },
    "'members[0].principalArn' must be known at synth, got a token at test/Team-genomics; write the value itself instead of another resource's attribute",
  ],
  [
    "a principal without an EKS cluster",
    { cluster: undefined, members: [{ principalArn: developer, role: "view" }] },
    `'members[0].principalArn' must not be set without an EKS cluster, got "${developer}" at test/Team-genomics; name a group or a user of the cluster's login`,
  ],
  [
    "a group that waits for something, for it has no entry that could",
    { members: [{ group: "auditors", role: "view", after: [] }] },
    "'members[0].after' must not be set without 'principalArn': only an access entry can wait at test/Team-genomics",
  ],
  [
    "a group of Kubernetes itself",
    { members: [{ group: "system:authenticated", role: "view" }] },
    `'members[0].group' must not be empty nor begin with system:, got "system:authenticated" at test/Team-genomics`,
  ],
  [
    "a user of Kubernetes itself",
    { members: [{ user: "system:anonymous", role: "view" }] },
    `'members[0].user' must not be empty nor begin with system:, got "system:anonymous" at test/Team-genomics`,
  ],
  [
    "a group of another team",
    { members: [{ group: "team:clinical-trials:view", role: "view" }] },
    `'members[0].group' must be team:genomics:view, not the group of another team or role, got "team:clinical-trials:view" at test/Team-genomics`,
  ],
  [
    "the group of another role, whose members would get this one too",
    { members: [{ group: "team:genomics:view", role: "admin" }] },
    `'members[0].group' must be team:genomics:admin, not the group of another team or role, got "team:genomics:view" at test/Team-genomics`,
  ],
  [
    "a member twice in one role",
    {
      members: [
        { user: "ana", role: "view" },
        { user: "ana", role: "view" },
      ],
    },
    `'members' must not repeat a value, got "ana as view" at test/Team-genomics; remove the second one`,
  ],
  [
    "an own role with the name of a common one",
    { roles: { edit: { rules: [rule] } } },
    "'roles.edit' must not have the name of a role that every team has at test/Team-genomics",
  ],
  [
    "an own role whose name is no label",
    { roles: { "data/steward": { rules: [rule] } } },
    `'roles.data/steward' must be a name of lower-case letters, digits and '-', at most 63, got "data/steward" at test/Team-genomics`,
  ],
  [
    "an account in a namespace of others",
    { serviceAccounts: [{ namespace: "clinical-trials", name: "api" }] },
    `'serviceAccounts[0].namespace' must be one of "genomics", got "clinical-trials" at test/Team-genomics`,
  ],
  [
    "an account that each namespace has already",
    { serviceAccounts: [{ namespace: "genomics", name: "default" }] },
    "'serviceAccounts[0].name' must not be default at test/Team-genomics; each namespace has that one already",
  ],
  [
    "an account whose name is none",
    { serviceAccounts: [{ namespace: "genomics", name: "API" }] },
    `'serviceAccounts[0].name' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "API" at test/Team-genomics`,
  ],
  [
    "an account with AWS rights without AWS",
    { cluster: undefined, serviceAccounts: [{ namespace: "genomics", name: "api", statements: [] }] },
    "'serviceAccounts[0].statements' must not be set without an EKS cluster at test/Team-genomics",
  ],
  [
    "an account twice",
    {
      serviceAccounts: [
        { namespace: "genomics", name: "api" },
        { namespace: "genomics", name: "api" },
      ],
    },
    `'serviceAccounts' must not repeat a value, got "genomics/api" at test/Team-genomics; remove the second one`,
  ],
  [
    "a tag that is the platform's",
    { tags: { Environment: "prod" } },
    `'tags.Environment' must not be set: the platform sets it, got "prod" at test/Team-genomics`,
  ],
  [
    "a tag that is AWS's",
    { tags: { "aws:cost": "x" } },
    `'tags.aws:cost' must not begin with aws:, got "aws:cost" at test/Team-genomics`,
  ],
  [
    "a tag with a character that AWS refuses",
    { tags: { CostCenter: "a;b" } },
    `'tags.CostCenter' must have 1 to 256 letters, digits, spaces and '_.:/=+-@', got "a;b" at test/Team-genomics`,
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("refuses a namespace of Kubernetes itself, a namespace twice, and a namespace of another stack", () => {
  expect(namespaceFault("kube-system")).toBe(
    `'namespaces' must not be a namespace of Kubernetes itself, got "kube-system" at test/Team-genomics`,
  );
  expect(namespaceFault("genomics", 2)).toBe(
    `'namespaces' must not repeat a value, got "genomics" at test/Team-genomics; remove the second one`,
  );
  expect(namespaceFault("genomics", 1, false)).toBe(
    `'namespaces' must be a namespace of the same stack, got "test/Namespace" at test/Team-genomics; name it in this stack with Namespace.fromName(...)`,
  );
});

test("all faults come at once, each with its place", () => {
  expect(
    fault({
      members: [{ user: "ana", role: "data-steward" }],
      roles: {
        "data-steward": {
          rules: [
            { apiGroups: [""], resources: ["secrets"], verbs: ["*"] },
            { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
          ],
        },
      },
      tags: { ManagedBy: "us" },
    }).split("\n"),
  ).toEqual([
    `'roles.data-steward.rules[0].verbs' must not have a wildcard, got "*" at test/Team-genomics; list what is needed`,
    "'roles.data-steward.rules[1].reason' must say why the role needs pods/exec, that is a shell in every pod at test/Team-genomics",
    `'tags.ManagedBy' must not be set: the platform sets it, got "us" at test/Team-genomics`,
  ]);
});
