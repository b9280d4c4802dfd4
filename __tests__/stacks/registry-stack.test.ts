import type { RegistryConfig } from "../../lib/environment/registry-config";
import { stateLocation } from "../../lib/state/state-location";
import { RegistryStack } from "../../stacks/registry-stack";
import { type Synthesized, synthesize, testApp } from "../support/synth";

const account = { accountId: "111122223333", region: "eu-west-3" };
const minimal: RegistryConfig = {
  id: "registry",
  account,
  state: { store: "bootstrap" },
  tags: { Team: "platform", CostCenter: "platform" },
  images: ["api"],
  charts: ["api"],
  removal: "retain",
};

function registryStack(changes: Partial<RegistryConfig> = {}): Synthesized {
  const config = { ...minimal, ...changes };
  return synthesize(new RegistryStack(testApp(), { config, state: stateLocation(account) }));
}

test("its state lies in the state store, and its provider refuses other accounts", () => {
  expect(registryStack().json).toMatchObject({
    terraform: {
      backend: {
        s3: {
          bucket: "eks-platform-tfstate-111122223333-eu-west-3",
          key: "stacks/registry/terraform.tfstate",
          dynamodb_table: "eks-platform-tfstate-locks",
          use_lockfile: true,
        },
      },
    },
    provider: { aws: [{ region: "eu-west-3", allowed_account_ids: ["111122223333"] }] },
  });
});

test("it is deployed with the role of its record, and keeps its state with the other", () => {
  const { json } = registryStack({
    account: { ...account, deployRoleArn: "arn:aws:iam::111122223333:role/platform-deploy" },
    state: { store: "bootstrap", roleArn: "arn:aws:iam::111122223333:role/state", locking: "s3" },
  });
  expect(json).toMatchObject({
    terraform: { backend: { s3: { assume_role: { role_arn: "arn:aws:iam::111122223333:role/state" } } } },
    provider: { aws: [{ assume_role: [{ role_arn: "arn:aws:iam::111122223333:role/platform-deploy" }] }] },
  });
  expect(json).not.toHaveProperty("terraform.backend.s3.dynamodb_table");
});

test("it has a key and the repositories, all with the tags of the record", () => {
  const stack = registryStack();
  expect(stack.census).toEqual({
    aws_kms_key: 1,
    aws_kms_alias: 1,
    aws_ecr_repository: 2,
    aws_ecr_lifecycle_policy: 2,
  });
  const tags = { Team: "platform", CostCenter: "platform", Environment: "registry", ManagedBy: "terraform" };
  const tagged = [stack.only("aws_kms_key"), ...Object.values(stack.resources("aws_ecr_repository"))];
  expect(tagged.map((body) => body.tags)).toEqual([tags, tags, tags]);
});

test("everything of the record reaches the repositories", () => {
  const stack = registryStack({ removal: "destroy", untaggedDays: 7, pullAccountIds: ["444455556666"] });
  expect(stack.census.aws_ecr_repository_policy).toBe(2);
  for (const body of Object.values(stack.resources("aws_ecr_repository"))) expect(body.force_delete).toBe(true);
  for (const { policy } of Object.values(stack.resources("aws_ecr_lifecycle_policy"))) {
    expect(policy).toContain('"countNumber":7');
  }
});

test("outputs say where to push and what to pull", () => {
  const outputs = registryStack().json.output as Record<string, { readonly value: unknown }>;
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))).toEqual({
    registry_host: "111122223333.dkr.ecr.eu-west-3.amazonaws.com",
    charts_address: "oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts",
    repository_addresses: {
      api: "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api",
      "charts/api": "111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts/api",
    },
  });
});
