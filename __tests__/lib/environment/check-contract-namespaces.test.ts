import type { Statement } from "../../../lib/core/policy-document";
import type { ApplicationConfig } from "../../../lib/environment/application-config";
import type {
  InClusterConfig,
  ReleaseConfig,
  SecretConfig,
  TeamConfig,
} from "../../../lib/environment/in-cluster-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import { minimal } from "../../support/application";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const AT = "at stacks/environments.ts";
const OWN = "'test.inCluster.teams.genomics.namespaces' must not have";
const GOT = `: the team has a contract, got "genomics" ${AT}; whoever deploys there reads every Secret and runs pods as any service account;`;

const read: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reference/*" };
const contract = { trustedPrincipals: ["arn:aws:iam::111122223333:role/GenomicsPipeline"] };
const genomics: TeamConfig = { teamName: "genomics", namespaces: ["genomics", "genomics-jobs"], contract };
const imaging: TeamConfig = { teamName: "imaging", namespaces: ["imaging"] };
const secret: SecretConfig = {
  namespace: "genomics",
  secretName: "credentials",
  variables: { TOKEN: "token" },
  revision: 1,
};
const release: ReleaseConfig = {
  name: "platform-info",
  namespace: "genomics",
  chart: { path: "charts/platform-info" },
  values: { info: { environment: "test", region: "eu-west-3" } },
};

function validate(changes: Partial<InClusterConfig>): void {
  const namespaces = ["genomics", "genomics-jobs", "imaging"].map((namespaceName) => ({ namespaceName }));
  const inCluster = { namespaces, teams: [genomics, imaging], releases: [], ...changes };
  validatePlatform({ stateStores: [store], environments: [{ ...environment, inCluster }] });
}

function applicationOf(team: string, changes: Partial<ApplicationConfig> = {}): ApplicationConfig {
  return { ...minimal, applicationName: "api", team, namespace: "genomics", ...changes };
}

test.each<[string, Partial<InClusterConfig>]>([
  ["nobody else", {}],
  [
    "an application of the team, with rights of its own",
    { applications: [applicationOf("genomics", { statements: [read] })] },
  ],
  ["a Secret with the team's label", { secrets: [{ ...secret, labels: { team: "genomics" } }] }],
  [
    "what stands elsewhere",
    {
      applications: [applicationOf("imaging", { namespace: "imaging" })],
      secrets: [{ ...secret, namespace: "imaging" }],
      releases: [{ ...release, namespace: "imaging" }],
    },
  ],
  [
    "everybody, for a team without a contract",
    {
      teams: [
        { ...genomics, contract: undefined },
        { ...imaging, namespaces: ["genomics"] },
      ],
      applications: [applicationOf("epidemiology")],
      secrets: [secret],
      releases: [release],
    },
  ],
])("accepts in the namespaces of a contract %s", (_, changes) => {
  expect(() => validate(changes)).not.toThrow();
});

test.each<[string, Partial<InClusterConfig>, string]>([
  [
    "another team, with rights of its pods in AWS",
    {
      teams: [
        genomics,
        {
          ...imaging,
          namespaces: ["imaging", "genomics"],
          serviceAccounts: [{ namespace: "genomics", name: "reader", statements: [read] }],
        },
      ],
    },
    `${OWN} a namespace of imaging${GOT} give each namespaces of its own`,
  ],
  [
    "another team's application with a password",
    { applications: [applicationOf("imaging")] },
    `${OWN} a namespace with another team's application${GOT} put api of imaging elsewhere`,
  ],
  [
    "another team's application that made the namespace for itself",
    {
      namespaces: ["genomics-jobs", "imaging"].map((namespaceName) => ({ namespaceName })),
      applications: [applicationOf("imaging", { namespace: undefined, namespaceName: "genomics" })],
    },
    `${OWN} a namespace with another team's application${GOT} put api of imaging elsewhere`,
  ],
  [
    "a Secret of nobody",
    { secrets: [secret] },
    `${OWN} a namespace with a Secret of the platform${GOT} give credentials the label { team: "genomics" } if it is for the team`,
  ],
  [
    "a Secret of another team",
    { secrets: [{ ...secret, labels: { team: "imaging" } }] },
    `${OWN} a namespace with a Secret of the platform${GOT} give credentials the label { team: "genomics" } if it is for the team`,
  ],
  [
    "a release of the platform",
    { releases: [release] },
    `${OWN} a namespace with a release of the platform${GOT} let the team install platform-info, or put it elsewhere`,
  ],
  [
    "a privileged namespace",
    {
      namespaces: [
        { namespaceName: "genomics", podSecurity: { level: "privileged", reason: "reads the devices of its node" } },
        {
          namespaceName: "genomics-jobs",
          podSecurity: { level: "baseline", reason: "runs images that write as root" },
        },
        { namespaceName: "imaging", podSecurity: { level: "privileged", reason: "reads the devices of its node" } },
      ],
    },
    `${OWN} a privileged namespace: the team has a contract, got "genomics" ${AT}; its pods could read a node's disk, with the Secrets of every pod there`,
  ],
  [
    "a second team with a contract, told once",
    { teams: [{ ...imaging, namespaces: ["imaging", "genomics"], contract }, genomics] },
    `${OWN} a namespace of imaging${GOT} give each namespaces of its own`,
  ],
])("refuses in the namespaces of a contract %s", (_, changes, message) => {
  expect(messageOf(() => validate(changes))).toBe(message);
});

test("all is told at once, for each namespace", () => {
  const everywhere = { ...imaging, namespaces: ["genomics", "genomics-jobs"] };
  const changes = { teams: [genomics, everywhere], secrets: [secret], releases: [release] };
  expect(messageOf(() => validate(changes))).toBe(
    [
      `${OWN} a namespace of imaging${GOT} give each namespaces of its own`,
      `${OWN} a namespace with a Secret of the platform${GOT} give credentials the label { team: "genomics" } if it is for the team`,
      `${OWN} a namespace with a release of the platform${GOT} let the team install platform-info, or put it elsewhere`,
      `${OWN} a namespace of imaging${GOT.replace(`"genomics"`, `"genomics-jobs"`)} give each namespaces of its own`,
    ].join("\n"),
  );
});
