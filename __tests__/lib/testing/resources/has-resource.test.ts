import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { countResources, hasNoResource, hasResource } from "../../../../lib/testing/resources/has-resource";
import { testStack } from "../../../support/synth";

const stack = {
  resource: {
    aws_eks_cluster: {
      Blue: {
        name: "blue",
        version: "1.35",
        role_arn: "arn:aws:iam::111122223333:role/eks",
        vpc_config: { endpoint_public_access: false, subnet_ids: ["a", "b"] },
      },
      Green: { name: "green", version: "1.34", vpc_config: [{ endpoint_public_access: true }] },
    },
    aws_iam_role: { Role: { assume_role_policy: '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow"}]}' } },
    kubernetes_secret_v1: { Login: { metadata: { name: "login" }, data: { user: "hunter" } } },
  },
  data: { aws_ssm_parameter: { Live: { name: "/live" } } },
};

test.each([
  ["aws_eks_cluster", {}],
  ["aws_eks_cluster", { name: "blue", vpc_config: { endpoint_public_access: false } }],
  ["aws_eks_cluster", { version: /^1\.\d+$/, role_arn: expect.stringContaining("role/eks") }],
  ["aws_eks_cluster", { vpc_config: { subnet_ids: ["a", "b"] }, tags: undefined }],
  ["aws_eks_cluster", { vpc_config: [{ endpoint_public_access: false }] }],
  ["aws_eks_cluster", { name: "green", vpc_config: { endpoint_public_access: true } }],
  ["aws_iam_role", { assume_role_policy: { Statement: [{ Effect: "Allow" }] } }],
  ["data.aws_ssm_parameter", { name: "/live" }],
])("%s with %j is there", (type, properties) => {
  expect(() => hasResource(stack, type, properties)).not.toThrow();
});

test("the nearest resource is shown, with a line for each property that differs", () => {
  const asked = { name: "blue", version: "1.36", vpc_config: { endpoint_public_access: true, subnet_ids: ["a"] } };
  expect(() => hasResource(stack, "aws_eks_cluster", { ...asked, role_arn: /payer$/ })).toThrow(
    new CheckFailed(`no aws_eks_cluster in the stack has these properties; the nearest is aws_eks_cluster.Blue:
  version: expected "1.36", got "1.35"
  vpc_config.endpoint_public_access: expected true, got false
  vpc_config.subnet_ids: expected ["a"], got ["a","b"]
  role_arn: expected /payer$/, got "arn:aws:iam::111122223333:role/eks"
there are: aws_eks_cluster.Blue, aws_eks_cluster.Green`),
  );
});

test("what must be absent, a longer list, and a part of a policy that differ are told", () => {
  expect(() => hasResource(stack, "aws_eks_cluster", { name: "blue", version: undefined })).toThrow(
    'version: expected nothing, got "1.35"',
  );
  expect(() => hasResource(stack, "aws_eks_cluster", { vpc_config: { subnet_ids: ["a", "b", "c"] } })).toThrow(
    'vpc_config.subnet_ids: expected ["a","b","c"], got ["a","b"]',
  );
  expect(() => hasResource(stack, "aws_iam_role", { assume_role_policy: { Statement: [{ Effect: "Deny" }] } })).toThrow(
    'assume_role_policy.Statement[0].Effect: expected "Deny", got "Allow"',
  );
});

test("of a type that is not there, the types that are there are told", () => {
  expect(() => hasResource(stack, "aws_eks_clutser")).toThrow(
    new CheckFailed(
      "there is no aws_eks_clutser in the stack; there are: aws_eks_cluster, aws_iam_role, kubernetes_secret_v1",
    ),
  );
  expect(() => hasResource({ resource: {} }, "aws_vpc")).toThrow("there are no resources at all");
});

test("no message shows what may be a secret", () => {
  expect(() => hasResource(stack, "kubernetes_secret_v1", { data: { user: "somebody" } })).toThrow(
    new CheckFailed(`no kubernetes_secret_v1 in the stack has these properties; the nearest is kubernetes_secret_v1.Login:
  data.user: expected <secret>, got <secret>
there is: kubernetes_secret_v1.Login`),
  );
});

test("an attribute of another construct is expected as its reference", () => {
  const written = testStack();
  const [one, other] = [new KmsKey(written, "One", {}), new KmsKey(written, "Other", {})];
  new KmsAlias(written, "Alias", { targetKeyId: one.id });
  expect(() => hasResource(written, "aws_kms_alias", { target_key_id: one.id })).not.toThrow();
  expect(() => hasResource(written, "aws_kms_alias", { target_key_id: other.id })).toThrow(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
    'target_key_id: expected "${aws_kms_key.Other.id}", got "${aws_kms_key.One.id}"',
  );
});

test("a resource that must not be there is named", () => {
  expect(() => hasNoResource(stack, "aws_eks_cluster", { version: "1.34" })).toThrow(
    new CheckFailed("the stack must have no aws_eks_cluster with these properties; there is: aws_eks_cluster.Green"),
  );
  expect(() => hasNoResource(stack, "aws_iam_role")).toThrow(
    new CheckFailed("the stack must have no aws_iam_role; there is: aws_iam_role.Role"),
  );
  expect(() => hasNoResource(stack, "aws_eks_cluster", { version: "1.33" })).not.toThrow();
  for (const type of ["aws_nat_gateway", "kubernetes_cluster_role_v1", "terraform_data", "data.aws_vpc"])
    expect(() => hasNoResource(stack, type)).not.toThrow();
});

test.each([
  ["aws_eks_clutser", 'did you mean "aws_eks_cluster"?'],
  ["aws_nat_gatway", 'did you mean "aws_nat_gateway"?'],
  ["unheard_of_thing", "install @cdktf/provider-unheard, or run cdktf get, if there is such a type"],
])("that there is no %s proves nothing", (type, fix) => {
  const error = new Error(`"${type}" is not known as a resource type, so there is none in any stack; ${fix}`);
  expect(() => hasNoResource(stack, type)).toThrow(error);
  expect(() => countResources(stack, type, 0)).toThrow(error);
});

test("that none has a property which there is not proves nothing", () => {
  const error = new Error(
    '"force_destory" is not known as a property of aws_s3_bucket, so none has it; did you mean "force_destroy"?',
  );
  expect(() => hasNoResource(stack, "aws_s3_bucket", { force_destory: true })).toThrow(error);
  expect(() => hasNoResource(stack, "aws_s3_bucket", { force_destroy: true })).not.toThrow();
});

test("the number of resources is told with their addresses", () => {
  expect(() => countResources(stack, "aws_eks_cluster", 2)).not.toThrow();
  expect(() => countResources(stack, "aws_eks_cluster", 1, { version: "1.34" })).not.toThrow();
  expect(() => countResources(stack, "aws_eks_cluster", 3)).toThrow(
    new CheckFailed(
      "the stack must have 3 aws_eks_cluster, got 2; there are: aws_eks_cluster.Blue, aws_eks_cluster.Green",
    ),
  );
  expect(() => countResources(stack, "aws_vpc", 1)).toThrow(
    new CheckFailed("the stack must have 1 aws_vpc, got 0; there are none"),
  );
});
