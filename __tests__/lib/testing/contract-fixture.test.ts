import { TerraformStack } from "cdktf";
import { ValidationError } from "../../../lib/core/validation-error";
import { Platform } from "../../../lib/platform/platform";
import { contractFixture } from "../../../lib/testing/contract-fixture";
import { hasResource } from "../../../lib/testing/resources/has-resource";
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
