import { contractOf, teamsWithContract } from "../../../lib/environment/contract-of";
import type { AwsEnvironmentConfig } from "../../../lib/environment/environment-config";
import type { InClusterConfig, TeamConfig } from "../../../lib/environment/in-cluster-config";
import { contractText } from "../../../lib/platform/contract-text";
import { stateLocation } from "../../../lib/state/state-location";
import { account } from "../../support/account";
import { minimal } from "../../support/application";
import { messageOf } from "../../support/errors";
import { environment } from "../../support/platform";

const state = stateLocation(account);
const trustedPrincipals = ["arn:aws:iam::111122223333:role/GenomicsPipeline"];
const genomics: TeamConfig = { teamName: "genomics", namespaces: ["genomics"], contract: { trustedPrincipals } };

function withTeams(teams: readonly TeamConfig[], changes: Partial<AwsEnvironmentConfig> = {}): AwsEnvironmentConfig {
  const inCluster: InClusterConfig = { namespaces: [{ namespaceName: "genomics" }], teams, releases: [] };
  return { ...environment, inCluster, ...changes };
}

test("minimal: a team without roles of pods and without traffic", () => {
  expect(contractOf(withTeams([genomics]), "genomics", state)).toEqual({
    contractVersion: "1.0",
    writtenBy: expect.stringMatching(/^cdktf-eks-platform \d+\.\d+\.\d+/),
    environment: "test",
    team: "genomics",
    stage: "dev",
    removal: "destroy",
    account: { accountId: "111122223333", region: "eu-west-3" },
    cluster: { clusterName: "test", kubernetesVersion: "1.35" },
    network: {
      cidrBlocks: ["10.64.0.0/16"],
      subnets: {
        public: { "eu-west-3a": "10.64.32.0/21", "eu-west-3b": "10.64.96.0/21" },
        "private-with-egress": { "eu-west-3a": "10.64.0.0/19", "eu-west-3b": "10.64.64.0/19" },
        "control-plane": { "eu-west-3a": "10.64.48.0/28", "eu-west-3b": "10.64.112.0/28" },
      },
      traffic: {
        kubernetesApiCidrBlocks: ["10.64.48.0/28", "10.64.112.0/28", "172.20.0.1/32"],
        loadBalancerCidrBlocks: ["10.64.32.0/21", "10.64.96.0/21"],
        vpcCidrBlocks: ["10.64.0.0/16"],
      },
    },
    namespaces: { genomics: { podSecurityLevel: "restricted" } },
    identity: { deployRoleArn: "arn:aws:iam::111122223333:role/test-genomics-deploy", networkPolicies: false },
    state: {
      bucketName: "eks-platform-tfstate-111122223333-eu-west-3",
      region: "eu-west-3",
      keyAliasArn: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
      keyPrefix: "teams/genomics/test/",
    },
    tags: { Team: "genomics", CostCenter: "genomics", Environment: "test", ManagedBy: "terraform" },
    parameters: { contract: "/eks-platform/test/genomics/contract", live: "/eks-platform/test/live" },
  });
});

test("maximal: roles of pods, traffic, a domain, a level of its own, tags of its own, a namespace of an application", () => {
  const team: TeamConfig = {
    ...genomics,
    namespaces: ["genomics", "surveillance"],
    tags: { CostCenter: "research", Team: "genomics" },
    contract: {
      trustedPrincipals,
      podStatements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
      networkPolicies: "the team opens its own ports",
    },
  };
  const inCluster: InClusterConfig = {
    namespaces: [{ namespaceName: "genomics", podSecurity: { level: "baseline", reason: "a vendor's image" } }],
    teams: [team],
    applications: [minimal],
    releases: [],
  };
  const contract = contractOf(
    withTeams([], {
      inCluster,
      domain: "test.example.com",
      account: { ...environment.account, iamPath: "/platform/" },
    }),
    "genomics",
    state,
  );
  expect(contract).toMatchObject({
    domain: "test.example.com",
    namespaces: {
      genomics: { podSecurityLevel: "baseline" },
      surveillance: { podSecurityLevel: "restricted" },
    },
    identity: {
      deployRoleArn: "arn:aws:iam::111122223333:role/platform/test-genomics-deploy",
      podRoles: {
        iamPath: "/platform/eks-platform/test/genomics/",
        permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/platform/test-genomics-pods",
      },
      networkPolicies: true,
    },
    tags: { Team: "genomics", CostCenter: "research", Environment: "test", ManagedBy: "terraform" },
  });
});

test("an environment with a second range and in Auto Mode", () => {
  const config = withTeams([genomics], {
    network: { ...environment.network, secondaryCidrBlocks: { pods: { cidrBlock: "100.64.0.0/16" } } },
    cluster: { ...environment.cluster, autoMode: { nodePools: ["system"] } },
  });
  const { network } = contractOf(config, "genomics", state);
  expect(network.cidrBlocks).toEqual(["10.64.0.0/16", "100.64.0.0/16"]);
  expect(network.subnets["private-with-egress"]).toEqual({
    "eu-west-3a": "10.64.0.0/19",
    "eu-west-3b": "10.64.64.0/19",
  });
  expect(network.traffic).toMatchObject({
    dnsAddress: "172.20.0.10",
    vpcCidrBlocks: ["10.64.0.0/16", "100.64.0.0/16"],
  });
});

test("the team has no state where the environment keeps its own in another account", () => {
  const elsewhere = stateLocation({ ...account, accountId: "444455556666" });
  expect(contractOf(withTeams([genomics]), "genomics", elsewhere).state).toBeUndefined();
});

test("the state may lie in another region of the account", () => {
  const location = stateLocation({ ...account, region: "eu-central-1" });
  expect(contractOf(withTeams([genomics]), "genomics", location).state).toEqual({
    bucketName: "eks-platform-tfstate-111122223333-eu-central-1",
    region: "eu-central-1",
    keyAliasArn: "arn:aws:kms:eu-central-1:111122223333:alias/eks-platform/tfstate",
    keyPrefix: "teams/genomics/test/",
  });
});

const others: readonly TeamConfig[] = [{ teamName: "trials", namespaces: ["genomics"] }, genomics];

test.each<[string, AwsEnvironmentConfig, string]>([
  ["nobody", withTeams(others), `'team' must be a team with a contract (genomics), got "nobody" at test`],
  ["trials", withTeams(others), `'team' must be a team with a contract (genomics), got "trials" at test`],
  [
    "genomics",
    { ...environment, inCluster: { off: "test" } },
    `'team' must be a team with a contract (none), got "genomics" at test`,
  ],
])("there is no contract of %s", (team, config, message) => {
  expect(messageOf(() => contractOf(config, team, state))).toBe(message);
});

test("the teams with a contract are those that have one", () => {
  expect(teamsWithContract(withTeams(others)).map(({ teamName }) => teamName)).toEqual(["genomics"]);
  expect(teamsWithContract({ ...environment, inCluster: { off: "test" } })).toEqual([]);
});

test("what is written at synth and what the records say is the same thing twice: the contract is pure", () => {
  const config = withTeams([genomics]);
  const before = JSON.stringify(config);
  expect(contractText(contractOf(config, "genomics", state))).toBe(contractText(contractOf(config, "genomics", state)));
  expect(JSON.stringify(config)).toBe(before);
});
