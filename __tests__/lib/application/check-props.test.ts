import { applicationFault, database, environment, repository } from "../../support/application";

const UNKNOWN = "is not a known property at test/Application; remove it or correct its name";

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ["no image", { image: undefined }, "'image' must be given at test/Application"],
  ["null in place of an image", { image: null }, "'image' must be an object at test/Application"],
  [
    "text in place of an image",
    { image: "u:hunter2@registry.example.com/api:1" },
    "'image' must be an object at test/Application",
  ],
  ["a tag that is no text", { image: { repository, tag: 1.4 } }, "'image.tag' must be text at test/Application"],
  ["null as name", { applicationName: null }, "'applicationName' must be text at test/Application"],
  ["no name", { applicationName: undefined }, "'applicationName' must be given at test/Application"],
  ["no team", { team: undefined }, "'team' must be given at test/Application"],
  ["null in place of an environment", { environment: null }, "'environment' must be an object at test/Application"],
  [
    "text in place of an environment",
    { environment: "staging" },
    "'environment' must be an object at test/Application",
  ],
  [
    "a list in place of an environment",
    { environment: [] },
    `'environment.stage' must be given at test/Application
'environment.kubernetesVersion' must be given at test/Application`,
  ],
  [
    "text in place of a cluster",
    { environment: { ...environment, cluster: "staging" } },
    "'environment.cluster' must be a cluster at test/Application",
  ],
  [
    "text in place of a list of ranges",
    { environment: { ...environment, network: { loadBalancerCidrBlocks: "10.0.0.0/24" } } },
    "'environment.network.loadBalancerCidrBlocks' must be a list at test/Application",
  ],
  ["the name of a namespace", { namespace: "health" }, "'namespace' must be a Namespace at test/Application"],
  [
    "null in place of what may be left out",
    { replicas: null, env: null, notSecret: null, allow: null, chart: null, quota: null },
    `'quota' must be an object at test/Application
'replicas' must be an object at test/Application
'env' must be an object at test/Application
'chart' must be an object at test/Application
'notSecret' must be an object at test/Application
'allow' must be a list at test/Application`,
  ],
  ["a number of pods", { replicas: 5 }, "'replicas' must be an object at test/Application"],
  [
    "no numbers of pods",
    { replicas: {} },
    `'replicas.min' must be given at test/Application
'replicas.max' must be given at test/Application`,
  ],
  ["text as number of pods", { replicas: { min: "2", max: 3 } }, "'replicas.min' must be a number at test/Application"],
  [
    "a chart without a version",
    { chart: { repository: "oci://u:hunter2@example.com", name: "api" } },
    "'chart.version' must be given at test/Application",
  ],
  [
    "unknown properties",
    { hosts: ["hunter2"], database: { ...database, passwrd: "hunter2" } },
    `'database.passwrd' ${UNKNOWN}
'hosts' ${UNKNOWN}`,
  ],
  [
    "a database without a name, user and ranges",
    { database: { ...database, name: undefined, user: { password: "hunter2" }, cidrBlocks: undefined } },
    `'database.name' must be given at test/Application
'database.user' must be text at test/Application
'database.cidrBlocks' must be given at test/Application`,
  ],
  [
    "text in place of a release to come after",
    { after: ["platform/external-secrets"] },
    "'after.0' must be a release at test/Application",
  ],
])("refuses %s, and repeats nothing", (_, given, message) => {
  expect(applicationFault(given)).toBe(message);
});
