import type { PlatformContract } from "../../lib/platform/contract";
import { stateLocation } from "../../lib/state/state-location";
import { account } from "./account";

/** Where the environment of the contract keeps its state. */
export const state = stateLocation(account);

/** A contract with nothing but what is required: no roles of pods, no state, no traffic. */
export const smallContract: PlatformContract = {
  contractVersion: "1.0",
  writtenBy: "cdktf-eks-platform 0.1.0",
  environment: "staging",
  team: "genomics",
  stage: "staging",
  removal: "destroy",
  account,
  cluster: { clusterName: "staging-1", kubernetesVersion: "1.35" },
  network: {
    cidrBlocks: ["10.0.0.0/16"],
    subnets: { "private-with-egress": { "eu-west-3a": "10.0.1.0/24", "eu-west-3b": "10.0.2.0/24" } },
    traffic: { kubernetesApiCidrBlocks: ["10.0.0.0/28", "172.20.0.1/32"], vpcCidrBlocks: ["10.0.0.0/16"] },
  },
  namespaces: { genomics: { podSecurityLevel: "baseline" } },
  identity: { deployRoleArn: "arn:aws:iam::111122223333:role/staging-genomics-deploy", networkPolicies: false },
  tags: { Team: "genomics", Environment: "staging", ManagedBy: "terraform" },
  parameters: { contract: "/eks-platform/staging/genomics/contract", live: "/eks-platform/staging/live" },
};

/** A contract with all that there is. */
export const wholeContract: PlatformContract = {
  ...smallContract,
  domain: "staging.example.com",
  removal: "retain",
  network: {
    ...smallContract.network,
    traffic: {
      ...smallContract.network.traffic,
      loadBalancerCidrBlocks: ["10.0.101.0/24"],
      loadBalancerNamespace: "ingress-nginx",
      monitoringNamespace: "monitoring",
      dnsAddress: "172.20.0.10",
    },
  },
  identity: {
    ...smallContract.identity,
    networkPolicies: true,
    podRoles: {
      iamPath: "/eks-platform/staging/genomics/",
      permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/staging-genomics-pods",
    },
  },
  state: {
    bucketName: state.bucketName,
    region: "eu-west-3",
    keyAliasArn: state.keyAliasArn,
    keyPrefix: "teams/genomics/staging/",
  },
};
