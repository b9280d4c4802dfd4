import { TerraformStack } from "cdktf";
import type { PlatformContract } from "../../lib/platform/contract";
import { Platform } from "../../lib/platform/platform";
import { type Synthesized, synthesize, testApp } from "./synth";

/** What a platform promises `genomics` about staging: two namespaces, roles for pods, traffic, and a place for states. */
export const contract: PlatformContract = {
  contractVersion: "1.0",
  writtenBy: "cdktf-eks-platform 0.1.0",
  environment: "staging",
  team: "genomics",
  stage: "staging",
  removal: "destroy",
  domain: "staging.example.com",
  account: { accountId: "111122223333", region: "eu-west-3" },
  cluster: { clusterName: "staging", kubernetesVersion: "1.35" },
  network: {
    cidrBlocks: ["10.64.0.0/16"],
    subnets: {
      public: { "eu-west-3b": "10.64.2.0/24", "eu-west-3a": "10.64.1.0/24" },
      "control-plane": { "eu-west-3a": "10.64.0.0/28" },
    },
    traffic: {
      kubernetesApiCidrBlocks: ["10.64.0.0/28", "172.20.0.1/32"],
      loadBalancerCidrBlocks: ["10.64.1.0/24", "10.64.2.0/24"],
      vpcCidrBlocks: ["10.64.0.0/16"],
    },
  },
  namespaces: { genomics: { podSecurityLevel: "restricted" }, batch: { podSecurityLevel: "baseline" } },
  identity: {
    deployRoleArn: "arn:aws:iam::111122223333:role/staging-genomics-deploy",
    podRoles: {
      iamPath: "/eks-platform/staging/genomics/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/staging-genomics-pods",
    },
    networkPolicies: true,
  },
  state: {
    bucketName: "eks-platform-tfstate-111122223333-eu-west-3",
    region: "eu-west-3",
    keyAliasArn: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
    keyPrefix: "teams/genomics/staging/",
  },
  tags: { Team: "genomics", Environment: "staging" },
  parameters: { contract: "/eks-platform/staging/genomics/contract", live: "/eks-platform/staging/live" },
};

/** The same without what a platform may leave out: no roles for pods, no traffic, no place for states. */
export const bareContract: PlatformContract = {
  ...contract,
  domain: undefined,
  identity: { deployRoleArn: contract.identity.deployRoleArn, networkPolicies: false },
  state: undefined,
};

/** A stack `test` of a team, without any provider. */
export function teamStack(): TerraformStack {
  return new TerraformStack(testApp(), "test");
}

/** What a team builds on a platform, synthesised. */
export function onPlatform(
  build: (stack: TerraformStack, platform: Platform) => void,
  promised: PlatformContract = contract,
): Synthesized {
  const stack = teamStack();
  build(stack, Platform.fromContract(stack, "platform", promised));
  return synthesize(stack);
}
