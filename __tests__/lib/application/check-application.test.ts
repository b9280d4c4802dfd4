import { TerraformStack } from "cdktf";
import type { ApplicationTraffic } from "../../../lib/application/application-traffic";
import { checkApplication } from "../../../lib/application/check-application";
import { Faults } from "../../../lib/core/faults";
import { Platform } from "../../../lib/platform/platform";
import {
  anApplication,
  applicationFault,
  database,
  digest,
  environment,
  type Given,
  minimal,
  type RefusedCase,
  repository,
  testRefusals,
} from "../../support/application";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { testNamespace } from "../../support/namespaces";
import { synthesize, testApp, testStack } from "../../support/synth";
import { wholeContract } from "../../support/team-contract";
import { aNumberToken, aToken } from "../../support/tokens";

const image = (parts: object) => ({ image: { repository, ...parts } });
const onDatabase = (parts: object) => ({ database: { ...database, ...parts } });
const prod = { environment: { ...environment, stage: "prod" } };
const REPOSITORY = "'image.repository' must be <registry>/<path> in lower case, without scheme, tag and digest";
const REPOSITORY_FIX = `for example "111122223333.dkr.ecr.eu-west-3.amazonaws.com/api"; of Docker Hub "docker.io/<owner>/<name>"`;
const LATEST_FIX = "name a version that never changes, or give the digest beside it";
const TOKEN = "write the value itself instead of another resource's attribute";
const SOURCES =
  "name a Secret with { secretName }, a variable with { variable, revision }, or a store with { externalSecret }";
const SECRET =
  "put it into a Secret (External Secrets, or made before the release) and give the chart its name, often `existingSecret`; if it is none, say why in notSecret";

testRefusals([
  [
    "a name that a release cannot have",
    { applicationName: "Surveillance_API" },
    `'applicationName' must be lower-case letters, digits and '-', the first and last no '-', got "Surveillance_API" at test/Application`,
  ],
  [
    "a name that a Service cannot have",
    { applicationName: "1st" },
    `'applicationName' must not begin with a digit: its Service has the name, got "1st" at test/Application`,
  ],
  [
    "a name that is too long for a release",
    { applicationName: "a".repeat(54) },
    `'applicationName' must have 1 to 53 characters, has 54, got "${"a".repeat(54)}" at test/Application`,
  ],
  [
    "the name of an account that each namespace has",
    { applicationName: "default", namespaceName: "health" },
    `'applicationName' must not be the name of a service account or namespace of Kubernetes itself, got "default" at test/Application`,
  ],
  [
    "a name that belongs to Kubernetes",
    { applicationName: "kube-api" },
    `'applicationName' must not be the name of a service account or namespace of Kubernetes itself, got "kube-api" at test/Application`,
  ],
  [
    "a namespace's name that belongs to Kubernetes",
    { namespaceName: "kube-system" },
    `'namespaceName' must not be a namespace of Kubernetes itself, got "kube-system" at test/Application`,
  ],
  ["no team", { team: "" }, `'team' must not be empty, got "" at test/Application`],
  [
    "a team that is no label",
    { team: "Public Health" },
    `'team' must be letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit, got "Public Health" at test/Application`,
  ],
  [
    "a host of another environment",
    { host: "surveillance.prod.example.com" },
    `'host' must be staging.example.com or below it, got "surveillance.prod.example.com" at test/Application`,
  ],
  [
    "a host that only ends like the domain",
    { host: "surveillancestaging.example.com" },
    `'host' must be staging.example.com or below it, got "surveillancestaging.example.com" at test/Application`,
  ],
  [
    "a host in an environment without a domain",
    { host: "surveillance.staging.example.com", environment: { ...environment, domain: undefined } },
    `'host' must not be set in an environment without a domain, got "surveillance.staging.example.com" at test/Application; set 'domain' of the environment to the domain that its hosts are in`,
  ],
  [
    "an address in place of a host",
    { host: "https://surveillance.staging.example.com/" },
    `'host' must be a DNS name in lower case, got "https://surveillance.staging.example.com/" at test/Application; without scheme, port and path, for example "api.example.com"`,
  ],
  [
    "an address with a login in place of a host, which is not repeated",
    { host: "https://api:hunter2@staging.example.com" },
    `'host' must be a DNS name in lower case at test/Application; without scheme, port and path, for example "api.example.com"`,
  ],
  [
    "every host below the domain",
    { host: "*.staging.example.com" },
    `'host' must be a DNS name in lower case, got "*.staging.example.com" at test/Application; without scheme, port and path, for example "api.example.com"`,
  ],
  [
    "a host that is known only at apply",
    { host: aToken() },
    `'host' must be known at synth, got a token at test/Application; ${TOKEN}`,
  ],
  [
    "no pods",
    { replicas: { min: 0, max: 2 } },
    "'replicas.min' must be a whole number from 1 to 1000, got 0 at test/Application",
  ],
  [
    "half a pod",
    { replicas: { min: 1, max: 1.5 } },
    "'replicas.max' must be a whole number from 1 to 1000, got 1.5 at test/Application",
  ],
  [
    "fewer pods at most than at least",
    { replicas: { min: 3, max: 2 } },
    "'replicas.max' must be at least 'min', 3, got 2 at test/Application",
  ],
  [
    "one pod alone in prod",
    { ...prod, replicas: { min: 1, max: 3 } },
    "'replicas.min' must be at least 2 in prod, got 1 at test/Application; one pod alone is away with its node",
  ],
  [
    "numbers of pods that are known only at apply, which are not repeated",
    { replicas: { min: aNumberToken(), max: aNumberToken() } },
    `'replicas.min' must be known at synth, got a token at test/Application; ${TOKEN}
'replicas.max' must be known at synth, got a token at test/Application; ${TOKEN}`,
  ],
  [
    "a quota that is none",
    { quota: { memory: "8 GB", pods: -1 } },
    `'quota.memory' must be a quantity of whole bytes, got "8 GB" at test/Application; for example "512Mi"
'quota.pods' must be a whole number of at least 0, got -1 at test/Application`,
  ],
  [
    "rights in AWS without AWS",
    { statements: [] },
    "'statements' must not be set without an EKS cluster at test/Application",
  ],
  [
    "traffic that opens everything",
    { allow: [{ to: "internet" }, { to: { cidrBlocks: ["0.0.0.0/0"] }, ports: [443] }] },
    `'allow[1].to.cidrBlocks' must be /8 or smaller, got "0.0.0.0/0" at test/Application; list the ranges that are meant, or allow "internet"`,
  ],
  [
    "traffic of another application's pods",
    { allow: [{ to: "internet", pods: { "app.kubernetes.io/instance": "reports" } }] },
    "'allow[0].pods' must not have app.kubernetes.io/instance: it is always that of the application at test/Application; say other pods' traffic in their namespace",
  ],
  [
    "everything at once",
    {
      applicationName: "default",
      namespaceName: "health",
      image: { repository: "api", tag: "latest" },
      host: "api.example.org",
      database: { ...database, password: "hunter2" },
      replicas: { min: 2, max: 1 },
      env: { API_TOKEN: "hunter2" },
    },
    `'applicationName' must not be the name of a service account or namespace of Kubernetes itself, got "default" at test/Application
${REPOSITORY}, got "api" at test/Application; ${REPOSITORY_FIX}
'image.tag' must not be latest in staging at test/Application; ${LATEST_FIX}
'host' must be staging.example.com or below it, got "api.example.org" at test/Application
'database.password' must say where the password is, not what it is at test/Application; ${SOURCES}
'replicas.max' must be at least 'min', 2, got 1 at test/Application
'env.API_TOKEN' must not be a secret written out at test/Application; ${SECRET}: { "env.API_TOKEN": "..." }`,
  ],
]);

test.each<RefusedCase>([
  [
    "a stage that is none",
    { environment: { ...environment, stage: "test" } },
    `'environment.stage' must be one of "dev", "staging", "prod", got "test" at test/Application`,
  ],
  [
    "a domain that is none",
    { environment: { ...environment, domain: ".example.com" } },
    `'environment.domain' must be a DNS name in lower case, got ".example.com" at test/Application; for example "staging.example.com"`,
  ],
  [
    "a version that is no minor one",
    { environment: { ...environment, kubernetesVersion: "1.35.2" } },
    `'environment.kubernetesVersion' must be a minor version of Kubernetes, got "1.35.2" at test/Application; for example "1.35"`,
  ],
  [
    "a host where load balancers are not known",
    { host: "surveillance.staging.example.com", environment: { ...environment, network: {} } },
    `'host' needs 'network.loadBalancerCidrBlocks' of the environment, which must be given to allow traffic from "load-balancer" at test/Application; or give 'network.loadBalancerNamespace'`,
  ],
  [
    "a database's group where the nodes' is not known",
    { ...onDatabase({ securityGroupId: "sg-db" }), environment: { ...environment, network: undefined } },
    "'database' needs 'network.nodeSecurityGroupId' of the environment, which must be given to allow traffic to a database with a security group at test/Application",
  ],
])("refuses %s", (_, given, message) => {
  expect(applicationFault(given)).toBe(message);
});

test.each<[string, Given]>([
  ["latest in dev", { ...image({ tag: "latest" }), environment: { ...environment, stage: "dev" } }],
  ["latest with a digest", image({ tag: "latest", digest })],
  ["a digest alone", image({ digest })],
  ["a registry with a port", { image: { repository: "localhost:5000/api", tag: "1" } }],
  ["a path with several parts", { image: { repository: "ghcr.io/example/health_api/web-1", tag: "v1.0.0-rc.1_2" } }],
  ["the domain itself as host", { host: "staging.example.com" }],
  ["a host of a domain with one word", { host: "api.localhost", environment: { ...environment, domain: "localhost" } }],
  ["a database by its address", { database: { ...database, host: "10.64.8.10" } }],
  [
    "a source of a password that is undefined beside another",
    onDatabase({
      password: { secretName: "surveillance-db", variable: undefined, revision: undefined, externalSecret: undefined },
    }),
  ],
  ["a quota for its own namespace", { quota: { pods: 80, memory: "40Gi" }, replicas: { min: 2, max: 60 } }],
  ["one pod alone in staging", { replicas: { min: 1, max: 1 } }],
  ["variables of a database elsewhere", { env: { DB_HOST: "db.example.com" } }],
  [
    "what looks like a secret and is none",
    {
      env: { RESET_TOKEN: "header-name" },
      notSecret: {
        "env.RESET_TOKEN": "the name of a header",
        "podAnnotations.token": "the name of a header",
      },
      values: { podAnnotations: { token: "header-name" } },
    },
  ],
  [
    "a policy for pulling, and secrets by their names",
    { values: { image: { pullPolicy: "Always" }, envFromSecrets: ["django"] } },
  ],
])("takes %s", (_, given) => {
  const stack = testStack();
  expect(() => anApplication(stack, given)).not.toThrow();
});

test("a namespace that is there is named alone, once for each application, and in the same stack", () => {
  const stack = testStack();
  const namespace = testNamespace(stack, "health");
  expect(messageOf(() => anApplication(stack, { namespace, namespaceName: "other" }, "Both"))).toBe(
    `'namespaceName' must not be set beside 'namespace', got "other" at test/Both; remove one of them`,
  );
  expect(messageOf(() => anApplication(stack, { namespace, quota: { pods: 80 } }, "Quota"))).toBe(
    "'quota' must not be set beside 'namespace' at test/Quota; give the namespace its quota",
  );
  anApplication(stack, { namespace }, "One");
  expect(messageOf(() => anApplication(stack, { namespace }, "Two"))).toBe(
    `'applicationName' must be the only one of its name in the namespace, got "surveillance" at test/Two; test/One has it`,
  );
  expect(messageOf(() => anApplication(testStack(), { namespace }))).toBe(
    "'namespace' must be a namespace of the same stack, got \"test/health\" at test/Application; make the application in that stack",
  );
});

test("nothing is made of an application that is refused", () => {
  const stack = testStack();
  expect(() => anApplication(stack, { team: "" })).toThrow();
  expect(synthesize(stack).addresses).toEqual([]);
});

test("a variable that is something else in the stack is refused", () => {
  const stack = testStack();
  testNamespace(stack, "health");
  const given = { database: { ...database, password: { variable: "health", revision: 1 } } };
  expect(messageOf(() => anApplication(stack, given))).toBe(
    `'database.password.variable' must not be the name of something else in the stack, got "test/health" at test/Application`,
  );
});

test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
  [
    "statements that IAM would refuse",
    {
      statements: [
        { Effect: "Allow", Action: "s3:GetObject" },
        { effect: "Allow", Action: "s3:*", Resource: "*" },
      ],
    },
    [
      "'statements[0].Resource' must be given",
      `'statements[1].effect' is not a key of a statement at test/Application; did you mean "Effect"?`,
      `'statements[1].Effect' must be one of "Allow", "Deny", got null`,
    ],
  ],
  [
    "what is no sentence",
    { allow: [undefined, null, ...new Array(1)] },
    ["'allow.0' must be given", "'allow.1' must be an object", "'allow.2' must be given"],
  ],
])("refuses %s", (_, given, messages) => {
  const scope = testStack();
  const onEks = { environment: { ...environment, cluster: testCluster(scope) } };
  expect(messageOf(() => anApplication(scope, { ...onEks, ...given } as Given))).toBe(
    messages.map((message) => (message.includes(" at ") ? message : `${message} at test/Application`)).join("\n"),
  );
});

test("a record of traffic that is no sentence is refused", () => {
  const faults = new Faults("record");
  const application = { ...minimal, allow: [undefined, null] } as unknown as ApplicationTraffic<{ namespace: string }>;
  checkApplication(faults, application, { stage: "dev", onEks: false, network: {} }, (name) => name);
  const rule = "must stand in an object: one of to, from and within";
  const fix = 'for example { to: "internet" }';
  expect(faults.all).toEqual([
    { property: "allow[0].to", rule, value: null, fix },
    { property: "allow[1].to", rule, value: null, fix },
  ]);
});

test("what its namespace refuses is told by its own properties, all at once", () => {
  const scope = testStack();
  const inOtherStacks = `use platform.namespace("jobs") of this stack's Platform`;
  const jobs = Object.assign(testNamespace(testStack(), "jobs"), { inOtherStacks });
  const allow = [
    { to: jobs, ports: [80] },
    { to: "internet" as const },
    { to: "internet" as const },
    { to: "kubernetes-api" as const },
  ];
  const namespace = testNamespace(scope, "health", {});
  const given = { namespace, allow, host: "staging.example.com", database: { ...database, securityGroupId: "sg-db" } };
  expect(messageOf(() => anApplication(scope, given))).toBe(
    [
      `'host' needs 'network.loadBalancerCidrBlocks' of the namespace, which must be given to allow traffic from "load-balancer" at test/Application; or give 'network.loadBalancerNamespace'`,
      "'database' needs 'network.nodeSecurityGroupId' of the namespace, which must be given to allow traffic to a database with a security group at test/Application",
      `'allow[0].to' must be a namespace of the same stack, got "test/jobs" at test/Application; ${inOtherStacks}`,
      `'allow[2].to' must not be allowed a second time, got "to-internet-surveillance-3a361821" at test/Application; write all its ports in one, or select other pods`,
      `'allow[3]' needs 'network.kubernetesApiCidrBlocks' of the namespace, which must be given to allow traffic to "kubernetes-api" at test/Application`,
    ].join("\n"),
  );
});

test("what a platform's namespace refuses of a database is told by the database", () => {
  const scope = new TerraformStack(testApp(), "test");
  const contract = { ...wholeContract, namespaces: { health: { podSecurityLevel: "restricted" as const } } };
  const platform = Platform.fromContract(scope, "platform", contract);
  const given = {
    environment: platform.environment,
    namespace: platform.namespace("health"),
    database: { ...database, securityGroupId: "sg-db" },
  };
  expect(messageOf(() => anApplication(scope, given))).toBe(
    `'database.securityGroupId' must not be given: the security group of a database is the platform's to open, got "sg-db" at test/Application; leave it out, and ask the platform to let the cluster's nodes into that group`,
  );
});
