import {
  type InClusterConfig,
  type NamespaceConfig,
  type ReleaseConfig,
  release as releaseOf,
  type SecretConfig,
} from "../../../lib/environment/in-cluster-config";
import { validatePlatform } from "../../../lib/environment/validate-platform";
import type { LocalChart } from "../../../lib/helm/chart-source";
import { metricsServer } from "../../../lib/helm/charts/metrics-server";
import { platformInfo } from "../../../lib/helm/charts/platform-info";
import { minimal as application, database } from "../../support/application";
import { messageOf } from "../../support/errors";
import { environment, store } from "../../support/platform";

const FILE = "stacks/environments.ts";
const AT = `at ${FILE}`;

function accept(changes: Partial<InClusterConfig>): void {
  const inCluster = { namespaces: [{ namespaceName: "platform" }], releases: [], ...changes };
  validatePlatform({ stateStores: [store], environments: [{ ...environment, domain: "example.com", inCluster }] });
}

const secret: SecretConfig = {
  namespace: "platform",
  secretName: "surveillance-database",
  variables: { password: "db_password" },
  revision: 1,
};

const release: ReleaseConfig = { name: "info", namespace: "platform", chart: { path: "charts/platform-info" } };
const releases = (...changes: Partial<ReleaseConfig>[]) => ({
  releases: changes.map((each) => ({ ...release, ...each })),
});
const namespace = (changes: Partial<NamespaceConfig>) => ({ namespaces: [{ namespaceName: "platform", ...changes }] });

test.each<[string, Partial<InClusterConfig>, string]>([
  [
    "a namespace twice",
    { namespaces: [{ namespaceName: "platform" }, { namespaceName: "platform" }] },
    `'test.inCluster.namespaces' must not repeat a value, got "platform" ${AT}; remove the second one`,
  ],
  [
    "a namespace of Kubernetes itself",
    { namespaces: [{ namespaceName: "kube-system" }] },
    `'test.inCluster.namespaces.kube-system.namespaceName' must not be a namespace of Kubernetes itself, got "kube-system" ${AT}`,
  ],
  [
    "a quota below a limit, and Pod Security loosened without a reason",
    namespace({
      quota: { memory: "4Gi" },
      limits: { container: { max: { memory: "8Gi" } } },
      podSecurity: { level: "baseline", reason: "" },
    }),
    `'test.inCluster.namespaces.platform.podSecurity.reason' must have 10 to 500 characters, has 0, got "" ${AT}
'test.inCluster.namespaces.platform.limits.container.max.memory' must be at most 'test.inCluster.namespaces.platform.quota.memoryLimits', which is 4Gi, got "8Gi" ${AT}`,
  ],
  [
    "traffic that allows everything, and traffic with a namespace that is not there",
    namespace({
      allow: [
        { to: { cidrBlocks: ["0.0.0.0/0"] }, ports: [443] },
        { from: { namespace: "reports" }, ports: [8080] },
      ],
    }),
    `'test.inCluster.namespaces.platform.allow[0].to.cidrBlocks' must be /8 or smaller, got "0.0.0.0/0" ${AT}; list the ranges that are meant, or allow "internet"
'test.inCluster.namespaces.platform.allow[1].from' must be one of "platform", got "reports" ${AT}`,
  ],
  [
    "a team in a namespace that the platform does not make, with a role that nobody knows",
    {
      teams: [
        {
          teamName: "genomics",
          namespaces: ["genomics"],
          members: [{ principalArn: "arn:aws:iam::111122223333:role/Genomics", role: "owner" }],
        },
      ],
    },
    `'test.inCluster.teams.genomics.members[0].role' must be one of "view", "edit", "deploy", "admin", got "owner" ${AT}
'test.inCluster.teams.genomics.namespaces' must be one of "platform", got "genomics" ${AT}`,
  ],
  [
    "two priority classes of one name",
    {
      priorityClasses: [
        { className: "first", value: 1, description: "One of them." },
        { className: "first", value: 2, description: "The other one." },
      ],
    },
    `'test.inCluster.priorityClasses' must not repeat a value, got "first" ${AT}; remove the second one`,
  ],
  [
    "a chart that is not there",
    releases({ chart: { path: "charts/none" } }),
    `'test.inCluster.releases.info.chart.path' must be a folder that exists, or a .tgz archive, got "charts/none" ${AT}`,
  ],
  [
    "a release twice in one namespace",
    releases({}, {}),
    `'test.inCluster.releases' must not repeat a value, got "platform/info" ${AT}; remove the second one`,
  ],
  [
    "a release in a namespace that the platform does not make",
    releases({ namespace: "other" }),
    `'test.inCluster.releases.info.namespace' must be one of platform, got "other" ${AT}`,
  ],
  [
    "a release after one that is not there",
    releases({ after: ["platform/none"] }),
    `'test.inCluster.releases.info.after' must name releases as <namespace>/<name>, got "platform/none" ${AT}`,
  ],
  [
    "releases that wait for each other",
    releases(
      { name: "a", after: ["platform/b"] },
      { name: "b", after: ["platform/c"] },
      { name: "c", after: ["platform/a"] },
    ),
    `'test.inCluster.releases' must not wait for each other in a circle, got "platform/a → platform/b → platform/c → platform/a" ${AT}`,
  ],
  [
    "a release that waits for itself",
    releases({ after: ["platform/info"] }),
    `'test.inCluster.releases' must not wait for each other in a circle, got "platform/info → platform/info" ${AT}`,
  ],
  [
    "two applications of one host",
    {
      applications: [
        { ...application, host: "api.example.com" },
        { ...application, applicationName: "reports", host: "api.example.com" },
      ],
    },
    `'test.inCluster.applications.reports.host' must not be that of surveillance: each has a load balancer of its own, and DNS names one, got "api.example.com" ${AT}`,
  ],
  ...[
    { variable: "db_password", revision: 1 },
    { externalSecret: { storeName: "aws", remoteKey: "surveillance/db" } },
  ].map((password): [string, Partial<InClusterConfig>, string] => [
    `a Secret that an application makes of a password by ${Object.keys(password)[0]}`,
    {
      applications: [{ ...application, namespace: "platform", database: { ...database, password } }],
      secrets: [secret],
    },
    `'test.inCluster.secrets.surveillance-database.secretName' must not be that of the password of the application surveillance, which makes it ${AT}; give it another name, or name it in the application's 'database.password' as { secretName }`,
  ]),
  [
    "a quota beside a namespace of others",
    { applications: [{ ...application, namespace: "platform", quota: { pods: 80 } }] },
    `'test.inCluster.applications.surveillance.quota' must not be set beside 'namespace' ${AT}; give the namespace its quota`,
  ],
])("refuses %s", (_, changes, message) => {
  expect(messageOf(() => accept(changes))).toBe(message);
});

test.each<[string, Partial<InClusterConfig>]>([
  [
    "a Secret that an application reads",
    {
      applications: [
        {
          ...application,
          namespace: "platform",
          database: { ...database, password: { secretName: "surveillance-database" } },
        },
      ],
      secrets: [secret],
    },
  ],
  [
    "a Secret of the same name in another namespace",
    {
      applications: [{ ...application, database: { ...database, password: { variable: "db_password", revision: 1 } } }],
      secrets: [secret],
    },
  ],
  [
    "applications of several hosts, and of none",
    {
      applications: [
        { ...application, host: "api.example.com" },
        ...["a", "b"].map((applicationName) => ({ ...application, applicationName })),
      ],
    },
  ],
])("accepts %s", (_, changes) => {
  expect(() => accept(changes)).not.toThrow();
});

test("accepts traffic between the environment's namespaces, and releases in any order of writing", () => {
  expect(() =>
    accept({
      namespaces: [
        { namespaceName: "platform", allow: [{ to: { namespace: "reports" }, ports: [8080] }] },
        { namespaceName: "reports" },
      ],
      ...releases({ after: ["reports/info"] }, { namespace: "reports" }),
    }),
  ).not.toThrow();
});

test("accepts a release in a namespace of Kubernetes itself only with a reason", () => {
  const inSystem = { namespace: "kube-system" };
  expect(messageOf(() => accept(releases(inSystem)))).toBe(
    `'test.inCluster.releases.info.namespace' must not be one of Kubernetes itself, got "kube-system" ${AT}; use a namespace of its own, or say why in 'systemNamespaceReason'
'test.inCluster.releases.info.namespace' must be one of platform, got "kube-system" ${AT}`,
  );
  const systemNamespaceReason = "its chart can stand nowhere else";
  expect(() => accept(releases({ ...inSystem, systemNamespaceReason }))).not.toThrow();
});

test("accepts a known chart, and refuses a key that it does not know", () => {
  expect(() => accept({ releases: [{ ...release, chart: platformInfo }] })).not.toThrow();
  const wrong = { ...release, chart: metricsServer, values: { replica: 2 } };
  expect(messageOf(() => accept({ releases: [wrong] }))).toBe(
    `'test.inCluster.releases.info.values.replica' is not a key of the chart ${AT}; did you mean "replicas"?`,
  );
  // @ts-expect-error the chart has no such key
  releaseOf({ name: "m", namespace: "platform", chart: metricsServer, values: { replica: 2 } });
  expect(releaseOf({ ...release, chart: metricsServer, values: { replicas: 2 } })).toMatchObject({ name: "info" });
});

test("a misspelt key of a chart is named", () => {
  const chart = { repository: "https://charts.example.com", name: "api", versoin: "1.2.3" } as unknown as LocalChart;
  expect(messageOf(() => accept(releases({ chart })))).toBe(
    `'test.inCluster.releases.info.chart.version' must be given ${AT}
'test.inCluster.releases.info.chart.versoin' is not a known property ${AT}; remove it or correct its name`,
  );
});
