import type { Statement } from "../../../lib/core/policy-document";
import type { AwsEnvironmentConfig, PlatformConfig } from "../../../lib/environment/environment-config";
import type { TeamConfig } from "../../../lib/environment/in-cluster-config";
import type { TeamContractConfig } from "../../../lib/environment/team-contract-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { minimal } from "../../support/application";
import { messageOf } from "../../support/errors";
import { anyCluster, environment, store } from "../../support/platform";

const AT = "at stacks/environments.ts";
const TEAM = "test.inCluster.teams.genomics";
const contract: TeamContractConfig = { trustedPrincipals: ["arn:aws:iam::111122223333:role/GenomicsPipeline"] };
const read: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reference/*" };

function inCluster(changes: Partial<TeamConfig>) {
  const team = { teamName: "genomics", namespaces: ["genomics"], contract, ...changes };
  return { namespaces: [{ namespaceName: "genomics" }], teams: [team], releases: [] };
}

function accept(changes: Partial<TeamConfig>, more: Partial<AwsEnvironmentConfig> = {}): void {
  const config = { ...environment, inCluster: inCluster(changes), ...more };
  validatePlatform({ stateStores: [store], environments: [config] });
}

test.each<[string, Partial<TeamConfig>]>([
  ["the least", {}],
  ["the most", { contract: { ...contract, podStatements: [read], networkPolicies: "opens its own ports" } }],
  [
    "a role named traffic where the contract makes none",
    {
      roles: { traffic: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] } },
    },
  ],
  ["the team's own name as its tag", { tags: { Team: "genomics" } }],
])("accepts %s", (_, changes) => {
  expect(() => accept(changes)).not.toThrow();
});

test.each<[string, Partial<TeamConfig>, string]>([
  [
    "nobody who is trusted",
    { contract: { trustedPrincipals: [] } },
    `'${TEAM}.contract.trustedPrincipals' must name at least one IAM role or user, got [] ${AT}`,
  ],
  [
    "an account that is trusted, a bound that allows everything, and a reason that says nothing",
    {
      contract: {
        trustedPrincipals: ["arn:aws:iam::111122223333:root"],
        podStatements: [{ Effect: "Allow", Action: "*", Resource: "*" }],
        networkPolicies: "needed",
      },
    },
    `'${TEAM}.contract.trustedPrincipals' must be ARNs of IAM roles or users, got "arn:aws:iam::111122223333:root" ${AT}; not an account, a session or a pattern
'${TEAM}.contract.podStatements[0].Action' must begin with the name of one service, got "*" ${AT}; for example "s3:GetObject"; a pattern there allows whatever AWS has or adds
'${TEAM}.contract.networkPolicies' must have 10 to 500 characters, has 6, got "needed" ${AT}`,
  ],
  [
    "somebody of another partition",
    { contract: { trustedPrincipals: ["arn:aws-cn:iam::111122223333:role/GenomicsPipeline"] } },
    `'${TEAM}.contract.trustedPrincipals' must be of the role's own partition, aws, got "arn:aws-cn:iam::111122223333:role/GenomicsPipeline" ${AT}`,
  ],
  [
    "no bound for pods at all",
    { contract: { ...contract, podStatements: [] } },
    `'${TEAM}.contract.podStatements' must allow something ${AT}; leave it out if the team's pods need no roles in AWS`,
  ],
  [
    "a role of the team's own under the name of the one that opens traffic",
    {
      contract: { ...contract, networkPolicies: "opens its own ports" },
      roles: { traffic: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] } },
    },
    `'${TEAM}.roles.traffic' must not be a role of the team's own: 'contract.networkPolicies' makes it ${AT}; give it another name`,
  ],
  [
    "another team's tag",
    { tags: { Team: "trials" } },
    `'${TEAM}.tags.Team' must be genomics for a team with a contract, got "trials" ${AT}`,
  ],
  [
    "the deploy role as a member, and as trusted by itself",
    {
      members: [{ principalArn: "arn:aws:iam::111122223333:role/test-genomics-deploy", role: "edit" }],
      contract: { trustedPrincipals: ["arn:aws:iam::111122223333:role/Test-Genomics-Deploy"] },
    },
    `'${TEAM}.contract.trustedPrincipals' must not be the role itself, got "arn:aws:iam::111122223333:role/Test-Genomics-Deploy" ${AT}
'${TEAM}.members' must not name the deploy role of the contract, got "arn:aws:iam::111122223333:role/test-genomics-deploy" ${AT}; it is a member by itself`,
  ],
])("refuses %s", (_, changes, message) => {
  expect(messageOf(() => accept(changes))).toBe(message);
});

test("what grows with every service of AWS is no statement", () => {
  const podStatements = [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" } as unknown as Statement];
  expect(messageOf(() => accept({ contract: { ...contract, podStatements } }))).toBe(
    `'${TEAM}.contract.podStatements.0.Action' must be given ${AT}
'${TEAM}.contract.podStatements.0.NotAction' is not a known property ${AT}; remove it or correct its name`,
  );
});

test("a bound for pods is refused where the account has one for all", () => {
  const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary";
  const account = { ...environment.account, permissionsBoundaryArn };
  expect(() => accept({}, { account })).not.toThrow();
  expect(messageOf(() => accept({ contract: { ...contract, podStatements: [read] } }, { account }))).toBe(
    `'${TEAM}.contract.podStatements' must not be set where 'account.permissionsBoundaryArn' bounds every role: a role has one boundary ${AT}; give the team 'serviceAccounts' with statements: the platform makes their roles`,
  );
});

test("the path of the account leaves room for that of the team", () => {
  const paths = (length: number) => ({ ...environment.account, iamPath: `/${"p".repeat(length - 2)}/` });
  const bounded = { contract: { ...contract, podStatements: [read] } };
  expect(() => accept({}, { account: paths(512) })).not.toThrow();
  // "eks-platform/test/genomics/" has 27 characters.
  expect(() => accept(bounded, { account: paths(485) })).not.toThrow();
  expect(messageOf(() => accept(bounded, { account: paths(486) }))).toBe(
    `'${TEAM}.contract.podStatements' must have room for its roles: a path has at most 512 characters, theirs would have 513 ${AT}; shorten 'account.iamPath'`,
  );
});

test("there is no contract without AWS", () => {
  const environments = [{ ...anyCluster, inCluster: inCluster({}) }];
  expect(messageOf(() => validatePlatform({ stateStores: [], environments }))).toBe(
    `'${anyCluster.name}.inCluster.teams.genomics.contract' must not be set without an environment of AWS ${AT}; a contract has a role, a state and parameters there`,
  );
});

const ASSOCIATIONS = "its deploy role may change associations with its name as tag 'Team'";
const genomics: TeamConfig = { teamName: "genomics", namespaces: ["genomics"], contract };
const imaging: TeamConfig = { teamName: "imaging", namespaces: ["imaging"] };

function platformWith(teams: readonly TeamConfig[], changes: Partial<AwsEnvironmentConfig> = {}): PlatformConfig {
  const namespaces = ["genomics", "imaging"].map((namespaceName) => ({ namespaceName }));
  const inCluster = { namespaces, teams, releases: [] };
  return { stateStores: [store], environments: [{ ...environment, inCluster, ...changes }] };
}

test("nobody else's associations carry the name of a team with a contract, whatever the case of the tag's key", () => {
  const other = { ...imaging, tags: { Team: "genomics", team: "genomics" } };
  const tags = { ...environment.tags, Team: "genomics" };
  expect(messageOf(() => validatePlatform(platformWith([genomics, other], { tags })))).toBe(
    `'test.tags.Team' must not be the name of a team with a contract, got "genomics" ${AT}; ${ASSOCIATIONS}
'test.inCluster.teams.imaging.tags.Team' must not be the name of another team, which has a contract, got "genomics" ${AT}; ${ASSOCIATIONS}
'test.inCluster.teams.imaging.tags.team' must not be the name of another team, which has a contract, got "genomics" ${AT}; ${ASSOCIATIONS}`,
  );
  const without = [{ ...genomics, contract: undefined }, other];
  expect(() => validatePlatform(platformWith(without, { tags }))).not.toThrow();
});

test("an application of a team with a contract stands in a namespace of the team or in one of its own", () => {
  const within = (namespace: string | undefined): PlatformConfig => {
    const { inCluster, ...rest } = environment;
    const namespaces = ["genomics", "imaging"].map((namespaceName) => ({ namespaceName }));
    const application = { ...minimal, applicationName: "api", team: "genomics", statements: [read], namespace };
    const made = { ...inCluster, namespaces, teams: [genomics, imaging], applications: [application], releases: [] };
    return { stateStores: [store], environments: [{ ...rest, inCluster: made }] };
  };
  for (const namespace of ["genomics", undefined]) expect(() => validatePlatform(within(namespace))).not.toThrow();
  expect(messageOf(() => validatePlatform(within("imaging")))).toBe(
    `'test.inCluster.applications.api.team' must be a team of its namespace (imaging), got "genomics" ${AT}; ${ASSOCIATIONS}`,
  );
});

function environmentOf(
  name: string,
  teamName: string,
  cidrBlock: string,
  account: Partial<AwsEnvironmentConfig["account"]> = {},
): AwsEnvironmentConfig {
  return {
    ...environment,
    name,
    network: { ...environment.network, cidrBlock },
    cluster: { ...environment.cluster, clusterName: name },
    account: { ...environment.account, ...account },
    inCluster: {
      namespaces: [{ namespaceName: "imaging" }],
      teams: [{ ...imaging, teamName, contract }],
      releases: [],
    },
  };
}

test("deploy roles of one account have names of their own", () => {
  const RULE = "must have a deploy role whose name no other has in the account";
  const one = environmentOf("stg-b", "cc", "10.64.0.0/16");
  const other = environmentOf("stg", "b-cc", "10.65.0.0/16");
  expect(messageOf(() => validatePlatform({ stateStores: [store], environments: [one, other] }))).toBe(
    `'stg.inCluster.teams.b-cc.contract' ${RULE}, got "stg-b-cc-deploy" ${AT}; it is that of cc in stg-b`,
  );
  const deployRoleArn = "arn:aws:iam::111122223333:role/ci/platform-imaging-deploy";
  const platforms = environmentOf("platform", "imaging", "10.64.0.0/16", { deployRoleArn });
  expect(messageOf(() => validatePlatform({ stateStores: [store], environments: [platforms] }))).toBe(
    `'platform.inCluster.teams.imaging.contract' ${RULE}, got "platform-imaging-deploy" ${AT}; it is that of the platform itself`,
  );
  const accountId = "444455556666";
  const elsewhere = { ...store, id: "elsewhere", account: { ...store.account, accountId } };
  const apart = {
    ...environmentOf("stg", "b-cc", "10.65.0.0/16", {
      accountId,
      deployRoleArn: "arn:aws:iam::444455556666:role/platform-deploy",
    }),
    state: { store: "elsewhere" },
  };
  expect(() => validatePlatform({ stateStores: [store, elsewhere], environments: [one, apart] })).not.toThrow();
});
