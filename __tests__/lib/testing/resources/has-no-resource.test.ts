import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Fn, TerraformStack, TerraformVariable } from "cdktf";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { countResources, hasNoResource, hasResource } from "../../../../lib/testing/resources/has-resource";
import { synthesizeAll } from "../../../../lib/testing/stack/synthesize";
import { testApp, testStack } from "../../../support/synth";

/** A stack with one resource. */
const one = (type: string, body: object) => ({ resource: { [type]: { One: body } } });
const policy = (text: string) => one("aws_iam_policy", { policy: text });
const ALL = { policy: { Statement: [{ Effect: "Allow", Action: "*" }] } };
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of Terraform
const DOCUMENT = "${data.aws_iam_policy_document.All.json}";
const VARIABLE = "${var.given}";
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: expressions of Terraform

test.each([
  ["an object", policy(DOCUMENT), "aws_iam_policy", ALL],
  ["a list", one("aws_iam_role", { managed_policy_arns: VARIABLE }), "aws_iam_role", { managed_policy_arns: ["a"] }],
  ["a truth value", one("aws_db_instance", { multi_az: VARIABLE }), "aws_db_instance", { multi_az: true }],
  ["a number", one("aws_db_instance", { port: VARIABLE }), "aws_db_instance", { port: 22 }],
  ["a text", one("aws_db_instance", { engine: VARIABLE }), "aws_db_instance", { engine: "mysql" }],
  ["a part of a text", one("aws_db_instance", { engine: `my${VARIABLE}` }), "aws_db_instance", { engine: "mysql" }],
  ["a pattern", one("aws_db_instance", { engine: VARIABLE }), "aws_db_instance", { engine: /^my/ }],
  ["a matcher", one("aws_db_instance", { engine: VARIABLE }), "aws_db_instance", { engine: expect.any(Number) }],
  ["what is absent", one("aws_db_instance", { engine: VARIABLE }), "aws_db_instance", { engine: undefined }],
])("whether %s is as expected that is known only at apply is not said", (_what, stack, type, properties) => {
  const [property = ""] = Object.keys(properties);
  const got = JSON.stringify((Object.values(stack.resource[type] ?? {})[0] as Record<string, unknown>)[property]);
  const line = `  ${type}.One: ${property} is known only at apply, got ${got}`;
  expect(() => hasNoResource(stack, type, properties)).toThrow(
    new Error(`it cannot be said that the stack has no ${type} with these properties:\n${line}`),
  );
  expect(() => countResources(stack, type, 0, properties)).toThrow(line);
  expect(() => countResources(stack, type, 1, properties)).toThrow(
    new Error(`it cannot be said that the stack has 1 ${type} with these properties:\n${line}`),
  );
  expect(() => hasResource(stack, type, properties)).toThrow(CheckFailed);
});

test("a policy that Terraform encodes is not known, and what surely differs is", () => {
  const stack = testStack();
  const given = new TerraformVariable(stack, "given", {});
  new IamRole(stack, "Role", {
    assumeRolePolicy: Fn.jsonencode({ Statement: [{ Action: "*" }] }),
    path: `/a/${given}/`,
  });
  const asked = { assume_role_policy: { Statement: [{ Action: "*" }] } };
  expect(() => hasNoResource(stack, "aws_iam_role", asked)).toThrow("assume_role_policy is known only at apply");
  expect(() => hasNoResource(stack, "aws_iam_role", { ...asked, path: "/b/" })).not.toThrow();
  expect(() => hasNoResource(stack, "aws_iam_role", { ...asked, name: "admin" })).not.toThrow();
});

test("an attribute that refers to a resource is not absent, and an escape is no expression", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  const stack = one("aws_db_instance", { kms_key_id: "${aws_kms_key.Key.arn}", engine: "$${engine}" });
  expect(() => hasNoResource(stack, "aws_db_instance", { kms_key_id: undefined })).not.toThrow();
  expect(() => hasNoResource(stack, "aws_db_instance", { engine: "mysql" })).not.toThrow();
});

test("values that stand in other forms may be what must not be there", () => {
  const yaml = one("helm_release", { values: ["replicas: 1", '{"replicas":2}'] });
  expect(() => hasNoResource(yaml, "helm_release", { values: [{ replicas: 1 }] })).toThrow(
    'helm_release.One: values[0] is a text that is no JSON, got "replicas: 1"',
  );
  const anyone = policy(JSON.stringify({ Statement: { Effect: "Allow", Principal: "*" } }));
  const asked = { policy: { Statement: { Principal: { AWS: "*" } } } };
  expect(() => hasNoResource(anyone, "aws_iam_policy", asked)).toThrow('Principal is a text that is no JSON, got "*"');
  const written = { ingress: { from_port: 80 }, dynamic: { ingress: { content: { from_port: 22 } } } };
  expect(() =>
    hasNoResource(one("aws_security_group", written), "aws_security_group", { ingress: { from_port: 22 } }),
  ).toThrow("aws_security_group.One: ingress stands in a dynamic block");
  expect(() => hasResource(one("aws_security_group", written), "aws_security_group", { ingress: undefined })).toThrow(
    CheckFailed,
  );
});

test.each([
  [
    "aws_iam_policy",
    { policy: JSON.stringify({ Statement: [{ Effect: "Deny" }, { Effect: "Allow", Action: "*" }] }) },
    ALL,
  ],
  ["aws_iam_policy", { policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "*" } }) }, ALL],
  ["aws_iam_policy", { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:*", "*"] }] }) }, ALL],
  ["aws_iam_policy", { policy: '{ "Statement": [] }' }, { policy: '{"Statement":[]}' }],
  ["aws_iam_policy", { policy: '{"Statement":[]}' }, { policy: expect.objectContaining({ Statement: [] }) }],
  ["aws_security_group", { ingress: [{ from_port: 80 }, { from_port: 22 }] }, { ingress: { from_port: 22 } }],
  ["aws_security_group", { ingress: [{ from_port: 80 }, { from_port: 22 }] }, { ingress: [{ from_port: 22 }] }],
  ["aws_security_group", { ingress: [{ cidr_blocks: ["a", "b"] }] }, { ingress: { cidr_blocks: /b/ } }],
  ["aws_db_instance", { publicly_accessible: "true" }, { publicly_accessible: true }],
  ["aws_db_instance", { port: "22" }, { port: 22 }],
  ["aws_db_instance", { port: 22 }, { port: /^2/ }],
  ["aws_s3_bucket", {}, { tags: { Owner: undefined } }],
  ["aws_s3_bucket", { tags: null }, { tags: undefined }],
])("of %s, %j is what must not be there", (type, body, properties) => {
  expect(() => hasNoResource(one(type, body), type, properties)).toThrow(
    new CheckFailed(`the stack must have no ${type} with these properties; there is: ${type}.One`),
  );
});

test("what is the same to Terraform is there", () => {
  const stack = one("aws_db_instance", { port: "22", multi_az: "true", security_group_names: "a" });
  expect(() =>
    hasResource(stack, "aws_db_instance", { port: 22, multi_az: true, security_group_names: ["a"] }),
  ).not.toThrow();
  expect(() => hasResource(stack, "aws_db_instance", { engine: expect.not.stringContaining("x") })).not.toThrow();
  const given = one("aws_db_instance", { engine: VARIABLE });
  expect(() => hasResource(given, "aws_db_instance", { engine: expect.not.stringContaining("x") })).toThrow(
    CheckFailed,
  );
});

test.each([
  [
    "aws_eks_cluster",
    { vpc_config: { endpoint_public_acess: true } },
    "vpc_config.endpoint_public_acess",
    "endpoint_public_access",
  ],
  [
    "aws_eks_cluster",
    { vpc_config: [{ endpoint_public_acess: true }] },
    "vpc_config.endpoint_public_acess",
    "endpoint_public_access",
  ],
  ["aws_iam_role", { assumeRolePolicy: "x" }, "assumeRolePolicy", "assume_role_policy"],
  ["aws_iam_policy", { policy: { Statement: [{ Acton: "*" }] } }, "policy.Statement.Acton", "Action"],
  [
    "kubernetes_deployment_v1",
    { spec: { template: { spec: { host_netwrok: true } } } },
    "spec.template.spec.host_netwrok",
    "host_network",
  ],
  ["kubernetes_manifest", { manifest: { kindd: "Pod" } }, "manifest.kindd", "kind"],
  ["aws_s3_bucket", { lifecycle: { prevent_destory: true } }, "lifecycle.prevent_destory", "prevent_destroy"],
  ["terraform_data", { inptu: 1 }, "inptu", "input"],
])("%s with %j is refused: the name is not known", (type, properties, path, meant) => {
  const message = `"${path}" is not known as a property of ${type}, so none has it; did you mean "${meant}"?`;
  expect(() => hasNoResource({ resource: {} }, type, properties)).toThrow(new Error(message));
  const absent = JSON.parse(JSON.stringify(properties), (_key, value) => (typeof value === "object" ? value : null));
  const asked = withUndefined(absent) as Record<string, unknown>;
  expect(() => hasResource(one(type, {}), type, asked)).toThrow(new Error(message));
});

/** JSON has no undefined. */
function withUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUndefined);
  if (value === null) return undefined;
  return Object.fromEntries(Object.entries(value as object).map(([key, inside]) => [key, withUndefined(inside)]));
}

test("what a resource only answers, and a name in a text that nobody uses, are not known either", () => {
  expect(() => hasNoResource({ resource: {} }, "aws_s3_bucket", { arn: "x" })).toThrow('"arn" is not known');
  const values = one("helm_release", { values: ['{"image":{"tag":"1"}}'] });
  expect(() => hasNoResource(values, "helm_release", { values: [{ image: { tagg: "1" } }] })).toThrow(
    '"values.image.tagg" is not known as a property of helm_release, so none has it; did you mean "tag"?',
  );
  expect(() => hasNoResource(values, "helm_release", { values: [{ image: { tag: "2" } }] })).not.toThrow();
});

test("keys of maps, parts of policies, and what an override writes are free", () => {
  const Condition = { StringEqualsIfExists: { "aws:SourceAccount": "1" } };
  expect(() =>
    hasNoResource({ resource: {} }, "aws_iam_policy", { policy: { Statement: { Condition } } }),
  ).not.toThrow();
  expect(() => hasNoResource({ resource: {} }, "aws_s3_bucket", { tags: { Anything: "x" } })).not.toThrow();
  expect(() => hasNoResource(one("aws_s3_bucket", { newer: "a" }), "aws_s3_bucket", { newer: "b" })).not.toThrow();
  expect(() => hasResource(one("aws_s3_bucket", { bucket: "a" }), "aws_s3_bucket", { tags: { A: undefined } })).toThrow(
    CheckFailed,
  );
});

test("an attribute of another stack is expected as its reference, and changes no stack", () => {
  const app = testApp();
  const [one, other] = ["one", "other"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
  for (const each of [one, other]) new AwsProvider(each, "Aws", { region: "eu-west-3" });
  const role = new IamRole(one, "Role", { assumeRolePolicy: "{}" });
  const unused = new IamRole(one, "Unused", { assumeRolePolicy: "{}" });
  new S3Bucket(other, "Bucket", { bucket: role.arn });
  const before = synthesizeAll(app);
  const tested = before.other;
  if (!tested) throw new Error("there is no other");
  expect(() => hasResource(tested, "aws_s3_bucket", { bucket: role.arn })).not.toThrow();
  expect(() => hasNoResource(tested, "aws_s3_bucket", { bucket: role.arn })).toThrow(CheckFailed);
  expect(() => hasResource(tested, "aws_s3_bucket", { bucket: unused.arn })).toThrow(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
    'bucket: expected "${one:aws_iam_role.Unused.arn}"',
  );
  expect(synthesizeAll(app)).toEqual(before);
});

test("an attribute of a construct has no meaning in JSON, and none inside a matcher", () => {
  const stack = testStack();
  const bucket = new S3Bucket(stack, "Bucket", {});
  new DbInstance(stack, "Database", { instanceClass: "a", identifier: bucket.bucket });
  expect(() =>
    hasNoResource(one("aws_db_instance", { engine: "a" }), "aws_db_instance", { engine: bucket.arn }),
  ).toThrow(
    new Error(
      "what is expected has an attribute of a construct, which the stack, read from JSON, has no construct for: give the stack in code, or write the reference as text",
    ),
  );
  expect(() => hasNoResource(stack, "aws_db_instance", { identifier: expect.stringContaining(bucket.bucket) })).toThrow(
    /^an attribute of a construct cannot be compared inside StringContaining: expect it as it is$/,
  );
});

test.each([-1, 1.5, Number.NaN])("%d is no number of resources", (count) => {
  expect(() => countResources({ resource: {} }, "aws_vpc", count)).toThrow(
    new Error(`'count' must be a whole number from 0, got ${count}`),
  );
});

test.each([null, [], "name"])("%j is no object of properties", (properties) => {
  const error = new Error(`'properties' must be an object, got ${JSON.stringify(properties)}`);
  for (const check of [hasResource, hasNoResource])
    expect(() => check(one("aws_vpc", {}), "aws_vpc", properties as never)).toThrow(error);
});

test("the number of what count and for_each make is theirs", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  for (const body of [{ for_each: "${toset(var.names)}" }, { count: "${var.number}" }]) {
    expect(() => countResources(one("aws_s3_bucket", body), "aws_s3_bucket", 1)).toThrow(
      new Error(
        "it cannot be said that the stack has 1 aws_s3_bucket: 'count' and 'for_each' are known only at apply; there is: aws_s3_bucket.One",
      ),
    );
  }
  expect(() => countResources(one("aws_s3_bucket", { count: 3 }), "aws_s3_bucket", 3)).not.toThrow();
  expect(() => countResources(one("aws_s3_bucket", { count: 3 }), "aws_s3_bucket", 1)).toThrow(
    "must have 1 aws_s3_bucket, got 3",
  );
  expect(() => hasResource(one("aws_s3_bucket", { count: 0 }), "aws_s3_bucket")).toThrow("there is no aws_s3_bucket");
});

test.each([
  ["module.vpc", '"module.vpc" is no resource type: what a module makes is not in the stack\'s JSON'],
  [
    "aws_iam_role.Api",
    '"aws_iam_role.Api" is an address and no resource type, so there is none in any stack; use "aws_iam_role"',
  ],
])("%s is no type", (type, message) => {
  expect(() => hasNoResource({ resource: {} }, type)).toThrow(new Error(message));
});

test.each<[unknown, string]>([
  [IamRole, 'the class IamRole; use "aws_iam_role"'],
  [DataAwsIamPolicyDocument, 'the class DataAwsIamPolicyDocument; use "data.aws_iam_policy_document"'],
  [undefined, 'nothing; use "aws_iam_role"'],
  [null, 'null; use "aws_iam_role"'],
  ["", '""; use "aws_iam_role"'],
])("%p is not the text of a type", (type, got) => {
  const error = new Error(`'type' must be the text of a resource type, got ${got}`);
  for (const check of [hasResource, hasNoResource])
    expect(() => check(one("aws_vpc", {}), type as string)).toThrow(error);
  for (const count of [0, 1]) expect(() => countResources(one("aws_vpc", {}), type as string, count)).toThrow(error);
});

test("a long text that is no type is told by its beginning", () => {
  expect(() => hasNoResource({ resource: {} }, "a".repeat(300))).toThrow(
    new Error(
      `"${"a".repeat(100)}..." is not known as a resource type, so there is none in any stack; install @cdktf/provider-${"a".repeat(100)}..., or run cdktf get, if there is such a type`,
    ),
  );
});
