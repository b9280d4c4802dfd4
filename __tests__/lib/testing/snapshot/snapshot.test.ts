import { join } from "node:path";
import fc from "fast-check";
import { secretIn } from "../../../../lib/helm/secret-words";
import { snapshotOf, snapshotText } from "../../../../lib/testing/snapshot/snapshot";
import { platform } from "../../../../stacks/environments";
import { synthesizePlatform } from "../../../support/platform";

const values = '{"image":"111122223333.dkr.ecr.eu-west-3.amazonaws.com/api","password":"hunter22"}';

test("a snapshot is the same on every machine, for every version, and shows neither accounts nor secrets", () => {
  const stack = {
    "//": { metadata: { stackName: "staging", version: "0.21.0", backend: "local" }, outputs: {} },
    terraform: {
      backend: { local: { path: join(process.cwd(), "terraform.staging.tfstate") } },
      required_providers: { aws: { source: "aws", version: "5.100.0" } },
      required_version: ">= 1.11.0",
    },
    resource: {
      helm_release: {
        Api: {
          "//": { metadata: { path: "staging/Api" } },
          chart: "./assets/Chart-api-1ceb3a619551eaf44ca52f85896519b8/1ceb3a619551eaf44ca52f85896519b8",
          values: [values],
          set_sensitive: [{ name: "color", value: "blue" }],
        },
      },
      aws_iam_role: { Role: { arn: "arn:aws:iam::999988887777:role/a", region: "eu-west-3" } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
      kubernetes_secret_v1: { Login: { data_wo: { user: "${var.user}", pin: "1234" } } },
    },
    variable: { user: { default: "somebody", sensitive: true } },
  };
  expect(snapshotOf(stack)).toEqual({
    "//": { snapshot: { form: 1, stack: "staging" } },
    terraform: {
      backend: { local: { path: "<project>/terraform.staging.tfstate" } },
      required_providers: { aws: { source: "aws" } },
      required_version: ">= 1.11.0",
    },
    resource: {
      helm_release: {
        Api: {
          chart: "./assets/Chart-api/<hash>",
          values: [{ "<json>": { image: "<account-2>.dkr.ecr.eu-west-3.amazonaws.com/api", password: "<secret>" } }],
          set_sensitive: [{ name: "<secret>", value: "<secret>" }],
        },
      },
      aws_iam_role: { Role: { arn: "arn:aws:iam::<account-1>:role/a", region: "eu-west-3" } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
      kubernetes_secret_v1: { Login: { data_wo: { user: "${var.user}", pin: "<secret>" } } },
    },
    variable: { user: { default: "<secret>", sensitive: true } },
  });
});

test("the version of a provider, the folder and the order of keys make no difference; a region does", () => {
  const stack = (version: string, folder: string, region: string) => ({
    provider: { aws: [{ region }] },
    terraform: { required_providers: { aws: { version } }, backend: { local: { path: `${folder}/a.tfstate` } } },
  });
  const here = snapshotText(stack("5.1.0", process.cwd(), "eu-west-3"));
  expect(snapshotText({ ...stack("5.2.0", process.cwd(), "eu-west-3") })).toBe(here);
  expect(snapshotText(stack("5.1.0", process.cwd(), "eu-west-1"))).not.toBe(here);
  expect(snapshotText(stack("5.1.0", "/elsewhere", "eu-west-3"))).not.toBe(here);
  const { provider, terraform } = stack("5.1.0", process.cwd(), "eu-west-3");
  expect(snapshotText({ terraform, provider })).toBe(here);
});

test("a secret within an expression is hidden, the expression stays", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
  const body = { values: ['${jsonencode({"password" = "hunter2", "user" = "api"})}'] };
  expect(snapshotOf({ resource: { helm_release: { A: body } } }).resource).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
    helm_release: { A: { values: ['${jsonencode({"password" = "<secret>", "user" = "api"})}'] } },
  });
});

const secret = fc.constantFrom(
  "AKIAABCDEFGHIJKLMNOP",
  `ghp_${"a1B2".repeat(9)}`,
  "postgres://api:hunter22@db.example.com/api",
  "-----BEGIN RSA PRIVATE KEY-----",
);
const account = fc.integer({ min: 1e11, max: 1e12 - 1 });
const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  account,
  account.map((id) => `arn:aws:iam::${id}:role/a`),
  secret,
  secret.map((text) => JSON.stringify({ login: { text } })),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
  fc.constantFrom("${aws_vpc.Vpc.id}", "<account-1>", "[]", join(process.cwd(), "a"), "./assets/Chart-a/0f0f0f"),
);
const key = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), fc.constantFrom("password", "policy", "111122223333", "//"));
const body = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }),
  ),
})).any;
const stacks = fc
  .dictionary(
    fc.constantFrom("aws_vpc", "kubernetes_secret_v1", "helm_release"),
    fc.dictionary(key, fc.dictionary(key, body, { maxKeys: 3 }), { maxKeys: 3 }),
  )
  .map((resource) => ({ resource }));

test("a snapshot of a snapshot is the same", () => {
  fc.assert(
    fc.property(stacks, (stack) => {
      expect(snapshotText(snapshotOf(stack))).toBe(snapshotText(stack));
    }),
  );
});

test("no account and nothing that looks like a secret is in a snapshot", () => {
  fc.assert(
    fc.property(stacks, (stack) => {
      const text = snapshotText(stack);
      expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/);
      expect(JSON.parse(text)).toEqual(
        JSON.parse(text, (_key, value) => (typeof value === "string" && secretIn(value) ? "a secret" : value)),
      );
      expect(text).not.toMatch(/hunter22|AKIA|ghp_a1B2|PRIVATE KEY/);
    }),
  );
});

test.each(Object.entries(synthesizePlatform(platform)))("%s of the repository keeps these rules", (_name, { json }) => {
  const text = snapshotText(json);
  expect(text).not.toMatch(/111122223333/);
  expect(text).not.toContain(process.cwd());
  expect(snapshotText(snapshotOf(json))).toBe(text);
});

test("the order of depends_on, which is that of the code, makes no difference; that of other lists does", () => {
  const stack = (names: readonly string[], values: readonly string[] = []) => ({
    resource: { aws_vpc: { A: { depends_on: names, values } } },
    data: { aws_vpc: { A: { depends_on: names } } },
    module: { a: { source: "./a", depends_on: names } },
    output: { a: { value: "a", depends_on: names } },
    locals: { a: { depends_on: values } },
  });
  const [there, back] = [
    ["aws_a.A", "aws_b.B", "aws_b.C"],
    ["aws_b.C", "aws_b.B", "aws_a.A"],
  ];
  expect(snapshotOf(stack(back))).toEqual(snapshotOf(stack(there)));
  expect(snapshotOf(stack(back)).resource).toEqual({ aws_vpc: { A: { depends_on: there, values: [] } } });
  expect(snapshotText(stack(there, back))).not.toBe(snapshotText(stack(there, there)));
});
