import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { CheckFailed } from "../../../lib/testing/check-failed";
import { destroysNothingSince } from "../../../lib/testing/destroys-nothing";
import { snapshotOf } from "../../../lib/testing/snapshot";
import { platform } from "../../../stacks/environments";
import { synthesizePlatform } from "../../support/platform";
import { testStack } from "../../support/synth";
import { cleanEnvironment, setEnvironment } from "./environment";

const folder = mkdtempSync(join(tmpdir(), "testing-destroys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
cleanEnvironment();

// biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
const cluster = { name: "staging", role_arn: "${aws_iam_role.Role.arn}", version: "1.34" };
const before = {
  resource: {
    aws_iam_role: { Role: { name: "eks", path: "/", tags: { Team: "a" } } },
    aws_eks_cluster: { Cluster: cluster },
    kubernetes_storage_class_v1: {
      Fast: { metadata: { name: "fast" }, storage_provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
    },
    helm_release: { Api: { name: "api", namespace: "genomics", version: "1.0.0" } },
  },
};
type Bodies = Readonly<Record<string, Readonly<Record<string, object>>>>;
const changed = (resource: Bodies, blocks: object = {}) => ({
  ...blocks,
  resource: { ...before.resource, ...resource },
});
const gone =
  "is not in the stack any more; keep its construct's path, or say where it went in a moved block, or that it stays in a removed one";

test("what stays, changes in place or is added is nothing destroyed", () => {
  const after = changed({
    aws_iam_role: { Role: { name: "eks", tags: { Team: "b" } }, Other: { name: "other" } },
    aws_eks_cluster: { Cluster: { ...cluster, version: "1.35", bootstrap_self_managed_addons: true } },
  });
  expect(() => destroysNothingSince(before, before)).not.toThrow();
  expect(() => destroysNothingSince(after, before)).not.toThrow();
});

test("what vanishes is told", () => {
  const after = changed({ aws_iam_role: {}, helm_release: {} });
  expect(() => destroysNothingSince(after, before)).toThrow(
    new CheckFailed(`Terraform would destroy in the stack:\n  aws_iam_role.Role ${gone}\n  helm_release.Api ${gone}`),
  );
});

test("what moved is followed, with the references to it", () => {
  const resource = {
    aws_iam_role: { NewRole: { name: "eks" } },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
    aws_eks_cluster: { Cluster: { ...cluster, role_arn: "${aws_iam_role.NewRole.arn}" } },
  };
  const moved = [
    { from: "aws_iam_role.Role", to: "aws_iam_role.Middle" },
    { from: "aws_iam_role.Middle", to: "aws_iam_role.NewRole" },
  ];
  expect(() => destroysNothingSince(changed(resource, { moved }), before)).not.toThrow();
  expect(() => destroysNothingSince(changed(resource), before)).toThrow(
    new CheckFailed(`Terraform would destroy in the stack:
  aws_eks_cluster.Cluster is replaced: role_arn "\${aws_iam_role.Role.arn}" → "\${aws_iam_role.NewRole.arn}"
  aws_iam_role.Role ${gone}`),
  );
  const nowhere = { moved: { from: "aws_iam_role.Role", to: "aws_iam_role.Lost" } };
  expect(() => destroysNothingSince(changed({ aws_iam_role: {} }, nowhere), before)).toThrow(
    "aws_iam_role.Role is moved to aws_iam_role.Lost, which is not in the stack; ",
  );
  const asOther = { moved: { from: "aws_iam_role.Role", to: "aws_eks_cluster.Cluster" } };
  expect(() => destroysNothingSince(changed({ aws_iam_role: {} }, asOther), before)).toThrow(
    "aws_iam_role.Role becomes aws_eks_cluster.Cluster, which is another type",
  );
});

test("what cdktf says of a move is understood", () => {
  const old = { resource: { aws_kms_key: { Old: {}, Other: {} } } };
  const stack = testStack();
  new KmsKey(stack, "New", {}).moveFromId("aws_kms_key.Old");
  expect(() => destroysNothingSince(stack, old)).toThrow(
    new CheckFailed(`Terraform would destroy in test:\n  aws_kms_key.Other ${gone}`),
  );
  new KmsKey(stack, "Newer", {}).moveFromId("aws_kms_key.Other");
  expect(() => destroysNothingSince(stack, old)).not.toThrow();
});

test("a removed block keeps a resource only if it says so", () => {
  const removed = (destroy?: boolean) => ({
    removed: [{ from: "helm_release.Api", ...(destroy !== undefined && { lifecycle: { destroy } }) }],
  });
  expect(() => destroysNothingSince(changed({ helm_release: {} }, removed(false)), before)).not.toThrow();
  for (const block of [removed(), removed(true)])
    expect(() => destroysNothingSince(changed({ helm_release: {} }, block), before)).toThrow(
      `helm_release.Api ${gone}`,
    );
});

test.each([
  ["aws_eks_cluster", "Cluster", { ...cluster, name: "prod" }, 'is replaced: name "staging" → "prod"'],
  ["aws_iam_role", "Role", { name: "eks", path: "/team/" }, 'is replaced: path "/" → "/team/"'],
  ["helm_release", "Api", { name: "api", namespace: "jobs" }, 'is replaced: namespace "genomics" → "jobs"'],
  [
    "kubernetes_storage_class_v1",
    "Fast",
    { metadata: { name: "fast" }, storage_provisioner: "ebs.csi.aws.com", parameters: { type: "io2" } },
    "is replaced: parameters cannot be changed",
  ],
  [
    "kubernetes_storage_class_v1",
    "Fast",
    { metadata: { name: "slow" }, storage_provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
    'is replaced: metadata.name "fast" → "slow"',
  ],
])("%s.%s is replaced by %j", (type, id, body, why) => {
  const after = changed({ [type]: { [id]: body } });
  const message = `Terraform would destroy in the stack:\n  ${type}.${id} ${why}`;
  expect(() => destroysNothingSince(after, before)).toThrow(new CheckFailed(message));
  const ignoring = { ...body, lifecycle: { ignore_changes: "all" } };
  if (!why.includes("cannot"))
    expect(() => destroysNothingSince(changed({ [type]: { [id]: ignoring } }), before)).not.toThrow();
});

test("the order of subnets, and what AWS filled in before, replace nothing", () => {
  const nodes = (body: object) => ({ resource: { aws_eks_node_group: { Nodes: body } } });
  const old = nodes({ subnet_ids: ["a", "b"], ami_type: "AL2023_x86_64_STANDARD" });
  expect(() => destroysNothingSince(nodes({ subnet_ids: ["b", "a"] }), old)).not.toThrow();
  expect(() => destroysNothingSince(nodes({ subnet_ids: ["b"] }), old)).toThrow('subnet_ids ["a","b"] → ["b"]');
});

test("what may be destroyed is named, and only that", () => {
  const after = changed({ helm_release: {} });
  expect(() => destroysNothingSince(after, before, { allow: ["helm_release.Api"] })).not.toThrow();
  expect(() => destroysNothingSince(after, before, { allow: ["aws_iam_role.Role"] })).toThrow(
    new Error("'allow' must name what is destroyed, got aws_iam_role.Role; remove it"),
  );
});

test("a stack without resources before compares nothing", () => {
  expect(() => destroysNothingSince(before, { terraform: {} })).toThrow(
    new Error("the stack had no resources before: nothing can be compared"),
  );
});

test("a file is recorded when asked for, and never in CI", () => {
  const file = join(folder, "deep", "staging.json");
  expect(() => destroysNothingSince(before, file)).toThrow(
    new Error(`${file} is not recorded yet; run the test once with EKS_PLATFORM_UPDATE=1, and commit the file`),
  );
  setEnvironment({ EKS_PLATFORM_UPDATE: "1", CI: "true" });
  expect(() => destroysNothingSince(before, file)).toThrow(
    new Error("EKS_PLATFORM_UPDATE must not be set in CI: renew recorded files on your machine, and commit them"),
  );
  expect(existsSync(file)).toBe(false);
  setEnvironment({ EKS_PLATFORM_UPDATE: "1" });
  destroysNothingSince(before, file);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(snapshotOf(before));
  setEnvironment({ CI: "true" });
  expect(() => destroysNothingSince(before, file)).not.toThrow();
  expect(() => destroysNothingSince(changed({ helm_release: {} }), file)).toThrow("helm_release.Api is not");
});

test("an output of synth is never recorded over", () => {
  const file = join(folder, "cdk.tf.json");
  writeFileSync(file, JSON.stringify(before));
  setEnvironment({ EKS_PLATFORM_UPDATE: "1" });
  destroysNothingSince(changed({ aws_iam_role: { Role: { name: "eks" } } }), file);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(before);
});

test("against a snapshot, the numbers of accounts make no difference", () => {
  const entry = (arn: string, more: object = {}) => ({
    resource: { aws_eks_access_entry: { Entry: { principal_arn: arn } }, ...more },
  });
  const old = snapshotOf(entry("arn:aws:iam::222222222222:role/a"));
  const other = { aws_caller: { A: { id: "111111111111" } } };
  expect(() => destroysNothingSince(entry("arn:aws:iam::222222222222:role/a", other), old)).not.toThrow();
  expect(() => destroysNothingSince(entry("arn:aws:iam::222222222222:role/b", other), old)).toThrow(
    'principal_arn "arn:aws:iam::<account>:role/a" → "arn:aws:iam::<account>:role/b"',
  );
});

test.each(Object.entries(synthesizePlatform(platform)))("%s destroys nothing of itself", (_name, { json }) => {
  expect(() => destroysNothingSince(json, json)).not.toThrow();
  expect(() => destroysNothingSince(json, snapshotOf(json))).not.toThrow();
});
