import { TerraformStack } from "cdktf";
import { ValidationError } from "../../../lib/core/validation-error";
import { Platform } from "../../../lib/platform/platform";
import { contractFixture } from "../../../lib/testing/contract-fixture";
import { hasResource } from "../../../lib/testing/resources/has-resource";
import { messageOf } from "../../support/errors";
import { testApp } from "../../support/synth";

test("a platform can be made from it", () => {
  const stack = new TerraformStack(testApp(), "variants");
  const platform = Platform.fromContract(stack, "platform", contractFixture());
  platform.useState();
  platform.namespace("genomics").allow({ from: "load-balancer", ports: [8000] });
  hasResource(stack, "kubernetes_network_policy_v1", { metadata: { namespace: "genomics" } });
});

test("what belongs together follows what is given", () => {
  const contract = contractFixture({ environment: "prod", team: "imaging", account: { accountId: "444455556666" } });
  expect(contract).toMatchObject({
    account: { accountId: "444455556666", region: "eu-west-3" },
    cluster: { clusterName: "prod", kubernetesVersion: "1.35" },
    domain: "prod.example.com",
    identity: {
      deployRoleArn: "arn:aws:iam::444455556666:role/prod-imaging-deploy",
      podRoles: {
        iamPath: "/eks-platform/prod/imaging/",
        permissionsBoundaryArn: "arn:aws:iam::444455556666:policy/prod-imaging-pods",
      },
      networkPolicies: true,
    },
    namespaces: { imaging: { podSecurityLevel: "restricted" } },
    parameters: { contract: "/eks-platform/prod/imaging/contract", live: "/eks-platform/prod/live" },
    state: { bucketName: "eks-platform-tfstate-444455556666-eu-west-3", keyPrefix: "teams/imaging/prod/" },
    tags: { Environment: "prod", Team: "imaging" },
  });
});

test("single values are changed, and what may be left out can be", () => {
  const contract = contractFixture({
    namespaces: { a: { podSecurityLevel: "baseline" }, b: { podSecurityLevel: "restricted" } },
    identity: { podRoles: undefined, networkPolicies: false },
    state: undefined,
    domain: undefined,
  });
  expect(Object.keys(contract.namespaces)).toEqual(["a", "b"]);
  expect(contract.identity).toEqual({
    deployRoleArn: "arn:aws:iam::111122223333:role/staging-genomics-deploy",
    networkPolicies: false,
  });
  expect(contract).not.toHaveProperty("state");
  expect(contract).not.toHaveProperty("domain");
});

test("what would be no contract is refused", () => {
  const bad = () => contractFixture({ account: { accountId: "1234" } });
  expect(bad).toThrow(ValidationError);
  expect(bad).toThrow("'account.accountId' must be twelve digits, got \"1234\" at contractFixture");
  expect(() => contractFixture({ stage: "test" as "dev" })).toThrow("'stage' must be");
});

test.each([
  ["dev", "dev"],
  ["staging", "staging"],
  ["prod", "prod"],
  ["eu", "staging"],
])("environment %s has the stage %s, and another one if it is given", (environment, stage) => {
  expect(contractFixture({ environment }).stage).toBe(stage);
  expect(contractFixture({ environment, stage: "dev" }).stage).toBe("dev");
});

test("subnets are in zones of the region, and the state is there", () => {
  expect(contractFixture({ account: { region: "us-east-1" } })).toMatchObject({
    account: { accountId: "111122223333", region: "us-east-1" },
    network: {
      subnets: {
        public: { "us-east-1a": "10.64.1.0/24", "us-east-1b": "10.64.2.0/24" },
        "private-with-egress": { "us-east-1a": "10.64.64.0/20", "us-east-1b": "10.64.80.0/20" },
        "control-plane": { "us-east-1a": "10.64.0.0/28", "us-east-1b": "10.64.0.16/28" },
      },
    },
    state: { bucketName: "eks-platform-tfstate-111122223333-us-east-1", region: "us-east-1" },
  });
});

test.each<[unknown, string]>([
  [null, "'overrides' must be an object with what is to be another, got null"],
  ["prod", "'overrides' must be an object with what is to be another, got \"prod\""],
  [{ account: null }, "'account' must be an object with what is to be another, got null"],
  [{ network: "10.0.0.0/16" }, "'network' must be an object with what is to be another, got \"10.0.0.0/16\""],
])("%j is nothing that a contract can be made with", (overrides, message) => {
  expect(() => contractFixture(overrides as never)).toThrow(new Error(message));
});

test("faults say nothing of a file that is to be written anew", () => {
  const { network } = contractFixture();
  const bad = () =>
    contractFixture({
      account: { accountId: "1234" },
      network: { ...network, subnets: { public: { north: "10.64.1.0/24" } } },
    });
  expect(messageOf(bad)).toBe(
    `'account.accountId' must be twelve digits, got "1234" at contractFixture
'network.subnets.public.north' must be named after a zone, got "north" at contractFixture; for example "eu-west-3a"
'state.keyAliasArn' must be the ARN of an alias of a KMS key in eu-west-3, got "arn:aws:kms:eu-west-3:1234:alias/eks-platform/tfstate" at contractFixture`,
  );
  expect(messageOf(() => contractFixture({ contractVersion: "9.0" }))).toBe(
    `'contractVersion' must be 1.x, got "9.0" at contractFixture`,
  );
});
