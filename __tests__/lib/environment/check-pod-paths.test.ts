import type { AwsEnvironmentConfig, PlatformConfig } from "../../../lib/environment/environment-config";
import type { TeamConfig } from "../../../lib/environment/in-cluster-config";
import type { RegistryConfig } from "../../../lib/environment/registry-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { messageOf } from "../../support/errors";
import { anyCluster, environment, store } from "../../support/platform";

const AT = "at stacks/environments.ts";
const PATH = "must not lead to where a team of another environment makes roles";
const ROLE = "must not stand where a team makes roles for its pods";
const OF_IMAGING = `imaging in dev makes those under "/eks-platform/dev/imaging/"`;
const DECIDES = `${OF_IMAGING}, and so decides who may assume it`;

const roleArn = (name: string, accountId = "111122223333") => `arn:aws:iam::${accountId}:role/${name}`;
/** Where imaging in dev makes roles. */
const pods = (name: string, accountId?: string) => roleArn(`eks-platform/dev/imaging/${name}`, accountId);

function placed(
  name: string,
  account: Partial<AwsEnvironmentConfig["account"]> = {},
  changes: Partial<AwsEnvironmentConfig> = {},
): AwsEnvironmentConfig {
  return {
    ...environment,
    name,
    network: { ...environment.network, cidrBlock: `10.${100 + (name.charCodeAt(0) % 100)}.0.0/16` },
    cluster: { ...environment.cluster, clusterName: name },
    account: { ...environment.account, ...account },
    ...changes,
  };
}

/** A team whose pods have roles of the team's own. */
function withPodRoles(teamName: string, changes: Partial<TeamConfig> = {}): Partial<AwsEnvironmentConfig> {
  return {
    inCluster: {
      namespaces: [{ namespaceName: "imaging" }],
      releases: [],
      teams: [
        {
          teamName,
          namespaces: ["imaging"],
          contract: {
            trustedPrincipals: [roleArn("pipeline")],
            podStatements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
          },
          ...changes,
        },
      ],
    },
  };
}

const registry: RegistryConfig = {
  id: "registry",
  account: { accountId: "111122223333", region: "eu-west-3" },
  state: { store: "bootstrap" },
  tags: { Team: "platform", CostCenter: "platform" },
  removal: "retain",
  images: ["api"],
  charts: [],
};

function validate(environments: PlatformConfig["environments"], more: Partial<PlatformConfig> = {}): void {
  validatePlatform({ stateStores: [store], environments, ...more });
}

test("no path leads to where a team of another environment makes roles", () => {
  const dev = placed("dev", {}, withPodRoles("imaging"));
  const beside = placed("qa", { iamPath: "/eks-platform/dev/" }, withPodRoles("imaging"));
  const below = placed("qa", { iamPath: "/eks-platform/dev/imaging/" });
  expect(() => validate([dev, beside])).not.toThrow();
  const message = `'qa.account.iamPath' ${PATH}, got "/eks-platform/dev/imaging/" ${AT}; imaging in dev makes those under "/eks-platform/dev/imaging/", and so could change those under "/eks-platform/dev/imaging/"`;
  expect(messageOf(() => validate([dev, below]))).toBe(message);
  expect(messageOf(() => validate([below, dev]))).toBe(message);
});

test("nor does a path that a team's own lies under", () => {
  const dev = placed("dev", {}, withPodRoles("eks-platform"));
  const qa = placed("qa", { iamPath: "/eks-platform/dev/" }, withPodRoles("imaging"));
  expect(messageOf(() => validate([dev, qa]))).toBe(
    `'qa.account.iamPath' ${PATH}, got "/eks-platform/dev/" ${AT}; eks-platform in dev makes those under "/eks-platform/dev/eks-platform/", and so could change those under "/eks-platform/dev/eks-platform/qa/imaging/"`,
  );
});

test("nor the path of a registry or of a state store", () => {
  const dev = placed("dev", {}, withPodRoles("imaging"));
  const account = { ...registry.account, iamPath: "/eks-platform/dev/imaging/registry/" };
  const stored = { ...store, account: { ...store.account, iamPath: "/eks-platform/dev/imaging/" } };
  expect(messageOf(() => validate([dev], { stateStores: [stored], registries: [{ ...registry, account }] }))).toBe(
    `'bootstrap.account.iamPath' ${PATH}, got "/eks-platform/dev/imaging/" ${AT}; ${OF_IMAGING}, and so could change those under "/eks-platform/dev/imaging/"
'registry.account.iamPath' ${PATH}, got "/eks-platform/dev/imaging/registry/" ${AT}; ${OF_IMAGING}, and so could change those under "/eks-platform/dev/imaging/registry/"`,
  );
});

test("no role that a record names stands where a team makes roles, in whatever record", () => {
  const members = [
    { principalArn: roleArn("GenomicsDeveloper"), role: "edit" },
    { principalArn: pods("member"), role: "edit" },
  ];
  const contract = { trustedPrincipals: [roleArn("GenomicsPipeline"), pods("pipeline")] };
  const dev = placed("dev", { deployRoleArn: pods("x/deploy") }, withPodRoles("imaging"));
  const qa = placed(
    "qa",
    {},
    {
      ...withPodRoles("genomics", { members, contract }),
      access: [{ principalArn: pods("admin") }],
      state: { store: "bootstrap", roleArn: pods("state") },
    },
  );
  const desk = { ...anyCluster, state: { store: "bootstrap", roleArn: pods("state") } };
  const account = { ...registry.account, deployRoleArn: pods("push") };
  const registries = [{ ...registry, account, state: { store: "bootstrap", roleArn: pods("state") } }];
  expect(messageOf(() => validate([dev, qa, desk], { registries }))).toBe(
    [
      `'registry.account.deployRoleArn' ${ROLE}, got "${pods("push")}" ${AT}; ${DECIDES}`,
      `'registry.state.roleArn' ${ROLE}, got "${pods("state")}" ${AT}; ${DECIDES}`,
      `'qa.state.roleArn' ${ROLE}, got "${pods("state")}" ${AT}; ${DECIDES}`,
      `'desk.state.roleArn' ${ROLE}, got "${pods("state")}" ${AT}; ${DECIDES}`,
      `'dev.account.deployRoleArn' ${ROLE}, got "${pods("x/deploy")}" ${AT}; ${DECIDES}`,
      `'qa.access[0].principalArn' ${ROLE}, got "${pods("admin")}" ${AT}; ${DECIDES}`,
      `'qa.inCluster.teams.genomics.members[1].principalArn' ${ROLE}, got "${pods("member")}" ${AT}; ${DECIDES}`,
      `'qa.inCluster.teams.genomics.contract.trustedPrincipals' ${ROLE}, got "${pods("pipeline")}" ${AT}; ${DECIDES}`,
    ].join("\n"),
  );
});

test("the same path in another account is another path, and so is one that only begins alike", () => {
  const dev = placed("dev", {}, withPodRoles("imaging"));
  const access = [
    { principalArn: pods("admin", "444455556666") },
    { principalArn: roleArn("eks-platform/dev/imaging-admin") },
    { principalArn: roleArn("eks-platform/dev/imaging-2/admin") },
  ];
  expect(() => validate([dev, placed("qa", {}, { access })])).not.toThrow();
});

test("a team whose pods have no roles of its own takes no path", () => {
  const contract = { trustedPrincipals: [pods("pipeline")] };
  const dev = placed("dev", {}, withPodRoles("imaging", { contract }));
  expect(() => validate([dev, placed("qa", { iamPath: "/eks-platform/dev/imaging/" })])).not.toThrow();
});
