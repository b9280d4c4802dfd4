import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { destroysNothingSince } from "../../../../lib/testing/changes/destroys-nothing";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { snapshotOf } from "../../../../lib/testing/snapshot/snapshot";
import { platform } from "../../../../stacks/environments";
import { synthesizePlatform } from "../../../support/platform";
import { testStack } from "../../../support/synth";
import { cleanEnvironment, setEnvironment } from "../environment";

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

const bucket = (body: object, blocks: object = {}) => ({ ...blocks, resource: { aws_s3_bucket: { b: body } } });
const addressChanges = "so its address is another one; say in a moved block which instance it is";
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
const unknown = "${var.on ? 1 : 0}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
const iterator = '${toset(["a", "b"])}';

test.each([
  [{}, { count: 0 }, "aws_s3_bucket.b has no instance any more: count is 0"],
  [{}, { count: "0" }, "aws_s3_bucket.b has no instance any more: count is 0"],
  [{ count: unknown }, { count: 0 }, "aws_s3_bucket.b has no instance any more: count is 0"],
  [{ for_each: ["a"] }, { for_each: [] }, "aws_s3_bucket.b has no instance any more: for_each is empty"],
  [{}, { for_each: ["a"] }, `aws_s3_bucket.b has for_each now, ${addressChanges}`],
  [{ count: 2 }, { for_each: ["a"] }, `aws_s3_bucket.b has for_each now, ${addressChanges}`],
  [{ for_each: iterator }, {}, `aws_s3_bucket.b has no for_each any more, ${addressChanges}`],
  [{ for_each: "var.all" }, { count: 1 }, `aws_s3_bucket.b has count now, ${addressChanges}`],
  [{ count: 3 }, { count: 2 }, "aws_s3_bucket.b[2] is not in count any more"],
  [{ count: 2 }, {}, `aws_s3_bucket.b[1] has no count any more, ${addressChanges}`],
  [{ for_each: { a: 1, b: 2 } }, { for_each: { b: 2 } }, 'aws_s3_bucket.b["a"] is not in for_each any more'],
])("%j that becomes %j is told", (was, is, line) => {
  expect(() => destroysNothingSince(bucket(is), bucket(was))).toThrow(
    new CheckFailed(`Terraform would destroy in the stack:\n  ${line}`),
  );
});

test.each([
  [{}, { count: 1 }],
  [{ count: 1 }, {}],
  [{ count: 0 }, {}],
  [{ count: 1 }, { count: unknown }],
  [{ count: unknown }, {}],
  [{ for_each: iterator }, { for_each: ["b", "a"] }],
  [{ for_each: "var.all" }, { for_each: ["a"] }],
])("%j that becomes %j destroys nothing that is known", (was, is) => {
  expect(() => destroysNothingSince(bucket(is), bucket(was))).not.toThrow();
});

test("instances are followed on their own", () => {
  const moved = (from: string, to: string) => ({
    moved: [{ from: `aws_s3_bucket.${from}`, to: `aws_s3_bucket.${to}` }],
  });
  const each = bucket({ for_each: ["a"] }, moved("b", 'b["a"]'));
  expect(() => destroysNothingSince(each, bucket({}))).not.toThrow();
  expect(() => destroysNothingSince(bucket({}, moved('b["a"]', "b")), bucket({ for_each: ["a"] }))).not.toThrow();
  const other = { ...moved('b["a"]', "c"), resource: { aws_s3_bucket: { c: { bucket: "y" } } } };
  expect(() => destroysNothingSince(other, bucket({ for_each: ["a"], bucket: "x" }))).toThrow(
    'aws_s3_bucket.b is replaced: bucket "x" → "y"',
  );
  const renamed = { ...moved("b", "c"), resource: { aws_s3_bucket: { c: { count: 2 } } } };
  expect(() => destroysNothingSince(renamed, bucket({ count: 2 }))).not.toThrow();
  expect(() => destroysNothingSince(renamed, bucket({ count: 3 }))).toThrow("aws_s3_bucket.b[2] is not in count");
});

const inRegion = (provider: object, more: object = {}) => bucket({}, { provider: { aws: [provider] }, ...more });
const role = (account: string, name = "deploy") => ({
  assume_role: [{ role_arn: `arn:aws:iam::${account}:role/${name}` }],
});
const [one, two] = ["111122223333", "444455556666"];

test.each([
  [{ region: "eu-west-3" }, { region: "eu-west-1" }, 'region "eu-west-3" → "eu-west-1"'],
  [{ allowed_account_ids: [one] }, { allowed_account_ids: [two] }, `account ["${one}"] → ["${two}"]`],
  [role(one), role(two), `account ["${one}"] → ["${two}"]`],
  [{}, role(two), `assume_role.role_arn nothing → "arn:aws:iam::${two}:role/deploy"`],
  [{ profile: "a" }, { profile: "b" }, 'profile "a" → "b"'],
])("a provider %j that becomes %j looks elsewhere", (was, is, change) => {
  const line = `provider.aws looks elsewhere: ${change}; it finds none of its resources there and makes them anew`;
  const check = () => destroysNothingSince(inRegion(is), inRegion(was));
  expect(check).toThrow(new CheckFailed(`Terraform would destroy in the stack:\n  ${line}`));
  expect(() => destroysNothingSince(inRegion(is), inRegion(was), { allow: ["provider.aws"] })).not.toThrow();
});

test.each([
  [role(one), role(one, "other")],
  [
    { allowed_account_ids: [one], profile: "a" },
    { allowed_account_ids: [one], profile: "b" },
  ],
  [{}, { region: "eu-west-3", allowed_account_ids: [one] }],
  [{ default_tags: [{ tags: { a: "b" } }] }, {}],
])("a provider %j that becomes %j looks at the same place", (was, is) => {
  expect(() => destroysNothingSince(inRegion(is), inRegion(was))).not.toThrow();
});

test("a provider that looks elsewhere counts only if something is left that it made", () => {
  const after = { provider: { aws: [{ region: "eu-west-1" }] }, resource: {} };
  const before = inRegion({ region: "eu-west-3" });
  expect(() => destroysNothingSince(after, before)).toThrow(
    new CheckFailed(`Terraform would destroy in the stack:\n  aws_s3_bucket.b ${gone}`),
  );
});

test("another provider is told unless it is surely in the same place", () => {
  const provider = (alias: object) => ({ provider: { aws: [{ region: "eu-west-3" }, { alias: "other", ...alias }] } });
  const before = bucket({}, provider({ region: "eu-west-3" }));
  const message =
    "Terraform would destroy in the stack:\n  aws_s3_bucket.b is of another provider: aws → aws.other, which looks elsewhere or may do so";
  const after = (alias: object) => bucket({ provider: "aws.other" }, provider(alias));
  for (const alias of [{ region: "eu-west-1" }, {}])
    expect(() => destroysNothingSince(after(alias), before)).toThrow(new CheckFailed(message));
  expect(() => destroysNothingSince(bucket({ provider: "aws.other" }), bucket({}))).toThrow(new CheckFailed(message));
  expect(() => destroysNothingSince(after({ region: "eu-west-3" }), before)).not.toThrow();
});

const stateIn = (backend: object) => bucket({}, { terraform: { backend } });

test.each([
  [{ s3: { bucket: "a", key: "old" } }, { s3: { bucket: "a", key: "new" } }, 'key "old" → "new"'],
  [{ s3: { bucket: "a", key: "k" } }, { s3: { bucket: "b", key: "k" } }, 'bucket "a" → "b"'],
  [{ local: { path: "a.tfstate" } }, { s3: { bucket: "b", key: "k" } }, 'backend "local" → "s3"'],
  [
    { local: { path: "/one/a.tfstate" } },
    { local: { path: "/two/b.tfstate" } },
    'path "/one/a.tfstate" → "/two/b.tfstate"',
  ],
  [{ gcs: { bucket: "a", prefix: "x" } }, { gcs: { bucket: "a", prefix: "y" } }, 'prefix "x" → "y"'],
])("a state %j that becomes %j is another one", (was, is, change) => {
  const line = `terraform.backend is another one: ${change}; without its state Terraform makes everything anew`;
  expect(() => destroysNothingSince(stateIn(is), stateIn(was))).toThrow(
    new CheckFailed(`Terraform would destroy in the stack:\n  ${line}`),
  );
});

test("locks, access and the folder of the project make no other state", () => {
  const s3 = (more: object) => stateIn({ s3: { bucket: "a", key: "k", ...more } });
  expect(() => destroysNothingSince(s3({ use_lockfile: true }), s3({ dynamodb_table: "t" }))).not.toThrow();
  const local = (folder: string) => stateIn({ local: { path: `${folder}/a.tfstate` } });
  expect(() => destroysNothingSince(local("/one"), local("/two"))).not.toThrow();
  expect(() => destroysNothingSince(bucket({}), s3({}))).not.toThrow();
});

test("an address that was there before is no place to move to", () => {
  const old = { resource: { aws_s3_bucket: { b: {}, c: {} } } };
  const after = (moved: readonly object[], ids: readonly string[]) => ({
    moved,
    resource: { aws_s3_bucket: Object.fromEntries(ids.map((id) => [id, {}])) },
  });
  const move = (from: string, to: string) => ({ from: `aws_s3_bucket.${from}`, to: `aws_s3_bucket.${to}` });
  const taken = "is moved to aws_s3_bucket.c, which was there before: Terraform moves nothing there";
  const message = `Terraform would destroy in the stack:\n  aws_s3_bucket.b ${taken}`;
  expect(() => destroysNothingSince(after([move("b", "c")], ["c"]), old)).toThrow(new CheckFailed(message));
  // Terraform goes along the chain: what stands at c is in the way, wherever it goes itself.
  const chain = after([move("b", "c"), move("c", "d")], ["d"]);
  expect(() => destroysNothingSince(chain, old)).toThrow(new CheckFailed(message));
});

test.each([
  [
    [
      ["b", "c"],
      ["a", "c"],
    ],
    "aws_s3_bucket.b and aws_s3_bucket.a are both moved to aws_s3_bucket.c",
  ],
  [
    [
      ["b", "c"],
      ["b", "d"],
    ],
    "aws_s3_bucket.b is moved to both aws_s3_bucket.c and aws_s3_bucket.d",
  ],
  [[["b", "b"]], "aws_s3_bucket.b is moved to itself"],
  [[["c", "x"]], "aws_s3_bucket.c is moved to aws_s3_bucket.x, but is still in the stack"],
  [
    [
      ["x", "y"],
      ["y", "x"],
    ],
    "aws_s3_bucket.x is moved in a circle\n  aws_s3_bucket.y is moved in a circle",
  ],
])("the moves %j are refused", (moves, fault) => {
  const moved = moves.map(([from, to]) => ({ from: `aws_s3_bucket.${from}`, to: `aws_s3_bucket.${to}` }));
  const after = { moved, resource: { aws_s3_bucket: { c: {} } } };
  expect(() => destroysNothingSince(after, bucket({}))).toThrow(
    new CheckFailed(`Terraform refuses moved blocks of the stack:\n  ${fault}`),
  );
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

test.each(["", "{", '{"resource":{"aws_vpc"', "<<<<<<< main\n{}\n", '{"resource":"hello"}', "[]"])(
  "a recorded file with %j is renewed by the test, and not by synth",
  (text) => {
    const file = join(folder, "broken.json");
    writeFileSync(file, text);
    expect(() => destroysNothingSince(before, file)).toThrow(
      new Error(
        `${file} is not the whole record of a stack; renew it: run the test once with EKS_PLATFORM_UPDATE=1, and review what changed`,
      ),
    );
  },
);

test("what may be destroyed is a list, and what was before may be a text of JSON", () => {
  expect(() => destroysNothingSince(before, before, { allow: "aws_eip.Old" as never })).toThrow(
    new Error("'allow' must be a list of addresses, got \"aws_eip.Old\"; write [...]"),
  );
  expect(() => destroysNothingSince(before, JSON.stringify(before))).not.toThrow();
});

test("without what was before there is nothing to compare, and options that nobody reads are refused", () => {
  expect(() => destroysNothingSince(before, undefined as never)).toThrow(
    new Error("'before' must be the stack as it was, got nothing; for example \"recorded/staging.json\""),
  );
  expect(() => destroysNothingSince(before, before, { alow: [] } as never)).toThrow(
    new Error("'options.alow' is not known, did you mean 'allow'? there are: allow"),
  );
  expect(() => destroysNothingSince(before, before, ["aws_eip.Old"] as never)).toThrow(
    new Error("'options' must be an object, got [\"aws_eip.Old\"]; write { allow: [...] }"),
  );
});
