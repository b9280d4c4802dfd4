import { homedir, tmpdir } from "node:os";
import { platform } from "../../stacks/environments";
import { messageOf } from "../support/errors";
import { shipped, shippedOnAws, stackIn, synthesizePlatform } from "../support/platform";
import { type Body, parsed, type Synthesized } from "../support/synth";

const stacks = synthesizePlatform(platform);
const environments = shippedOnAws.map(({ name }) => name);

function providersOf({ json }: Synthesized, name: string): readonly Body[] {
  return (json.provider as Readonly<Record<string, readonly Body[]>>)[name] ?? [];
}

/** Every string of a document with the key that it stands under. */
function strings(value: unknown, key = ""): { readonly key: string; readonly text: string }[] {
  if (typeof value === "string") return [{ key, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => strings(each, Array.isArray(value) ? key : name));
}

const SECRET_KEY = /(password|passwd|secret|token|api_?key|private_?key|access_?key|credentials?)$/i;
const SECRET_TEXT =
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN |\beyJ[\w-]{10,}\.[\w-]{10,}|k8s-aws-v1\.\w|\bgh[pousr]_\w{30,}/;

function secretLooking(document: Body): string[] {
  const variables = Object.keys((document.variable ?? {}) as Body);
  return (
    strings(document)
      // What is given to Terraform by name.
      .filter(({ text }) => !variables.some((name) => text === name || text === `\${var.${name}}`))
      .filter(({ key, text }) => SECRET_KEY.test(key) || SECRET_TEXT.test(text))
      .map(({ key }) => key)
  );
}

test("synth is deterministic: twice the same JSON", () => {
  const [one, two] = [synthesizePlatform(platform), synthesizePlatform(platform)].map((made) =>
    JSON.stringify(Object.entries(made).map(([name, { json }]) => [name, json])),
  );
  expect(one?.length).toBeGreaterThan(50_000);
  expect(two).toBe(one);
});

test("synth leaves the records as they were", () => {
  const before = JSON.stringify(platform);
  synthesizePlatform(platform);
  expect(JSON.stringify(platform)).toBe(before);
});

test("every AWS provider refuses all accounts but the environment's", () => {
  for (const [name, stack] of Object.entries(stacks).filter(([each]) => each !== "local")) {
    const providers = providersOf(stack, "aws");
    expect(providers).toHaveLength(name === "bootstrap" ? 2 : 1);
    for (const provider of providers) expect(provider.allowed_account_ids).toEqual(["111122223333"]);
  }
});

test("an environment is deployed as its deploy role, in AWS and in the cluster", () => {
  for (const name of environments) {
    const { deployRoleArn } = shipped(name).account;
    const stack = stackIn(stacks, name);
    expect(providersOf(stack, "aws")).toMatchObject([{ assume_role: [{ role_arn: deployRoleArn }] }]);
    expect(providersOf(stack, "kubernetes")).toMatchObject([
      { exec: [{ args: expect.arrayContaining(["--cluster-name", name, "--role-arn", deployRoleArn]) }] },
    ]);
    const entries = Object.values(stack.resources("aws_eks_access_entry"));
    expect(entries.map(({ principal_arn }) => principal_arn)).toContain(deployRoleArn);
  }
});

test("each stack of AWS has a state of its own, encrypted and locked twice, for a Terraform that can run it", () => {
  for (const [name, stack] of Object.entries(stacks).filter(([each]) => each !== "local")) {
    expect(stack.json.terraform).toMatchObject({
      required_version: ">= 1.11.0, != 1.15.0, != 1.15.1",
      backend: {
        s3: {
          bucket: "eks-platform-tfstate-111122223333-eu-west-3",
          key: `stacks/${name}/terraform.tfstate`,
          kms_key_id: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
          dynamodb_table: "eks-platform-tfstate-locks",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  }
});

test("prod guards what cannot be made again", () => {
  const guarded = ["aws_vpc", "aws_eks_cluster", "aws_kms_key"];
  for (const type of guarded) {
    for (const body of Object.values(stackIn(stacks, "prod").resources(type))) {
      expect(body.lifecycle).toMatchObject({ prevent_destroy: true });
    }
    for (const body of Object.values(stackIn(stacks, "dev").resources(type))) {
      expect(body.lifecycle).toMatchObject({ prevent_destroy: false });
    }
    expect(stackIn(stacks, "prod").census[type]).toBeGreaterThan(0);
  }
});

test("the data key lets in Auto Scaling and the environment's own log groups, the secrets key lets in neither", () => {
  for (const name of environments) {
    const stack = stackIn(stacks, name);
    const policies = Object.entries(stack.resources("aws_kms_key")).map(([id, key]) => {
      const { Statement } = parsed(key, "policy") as { readonly Statement: readonly Body[] };
      return [id.split("_")[0], Statement.map(({ Sid }) => Sid)];
    });
    expect(Object.fromEntries(policies)).toEqual({
      DataKey: ["AccountRoot", "CloudWatchLogs", "AutoScaling", "AutoScalingVolumes"],
      SecretsKey: ["AccountRoot"],
    });
    const data = JSON.stringify(stack.resources("aws_kms_key"));
    for (const logGroup of Object.values(stack.resources("aws_cloudwatch_log_group"))) {
      expect(data).toContain(`log-group:${logGroup.name}`);
      expect(logGroup.kms_key_id).toMatch(/aws_kms_key\.DataKey_/);
    }
  }
});

test("outputs say what comes next, and none is secret", () => {
  const outputs = stackIn(stacks, "staging").json.output as Readonly<Record<string, Body>>;
  expect(outputs.update_kubeconfig?.value).toBe("aws eks update-kubeconfig --region eu-west-3 --name staging");
  expect(Object.keys(outputs)).toEqual([
    "cluster_arn",
    "cluster_endpoint",
    "cluster_name",
    "cluster_security_group_id",
    "control_plane_subnet_ids",
    "data_key_arn",
    "oidc_issuer",
    "private_with_egress_subnet_ids",
    "public_subnet_ids",
    "region",
    "route_table_ids",
    "secrets_key_arn",
    "update_kubeconfig",
    "vpc_id",
  ]);
});

test("the variable that leaves in-cluster parts out refuses an environment that has none to leave out", () => {
  expect(messageOf(() => synthesizePlatform(platform, "local"))).toBe(
    `'EKS_PLATFORM_IN_CLUSTER_OFF' must name environments of AWS, got "local" at stacks/environments.ts; they are ${environments.join(", ")}; separate names by commas`,
  );
});

test("nothing in any stack looks like a secret", () => {
  expect(secretLooking({ a: { password: "x" }, b: ["AKIAIOSFODNN7EXAMPLE"], c: { db_token: "y" } })).toEqual([
    "password",
    "b",
    "db_token",
  ]);
  const named = { variable: { given: {} }, password: "given", token: "not_given" };
  expect(secretLooking(named)).toEqual(["token"]);
  for (const { json } of Object.values(stacks)) expect(secretLooking(json)).toEqual([]);
});

test("nothing in any stack names a folder of this machine", () => {
  const places = [process.cwd(), homedir(), tmpdir()].filter((place) => place !== "/");
  const named = (document: unknown) =>
    strings(document).filter(({ text }) => places.some((each) => text.includes(each)));
  expect(named({ path: `${process.cwd()}/terraform.tfstate` })).toHaveLength(1);
  for (const { json } of Object.values(stacks)) expect(named(json)).toEqual([]);
});
