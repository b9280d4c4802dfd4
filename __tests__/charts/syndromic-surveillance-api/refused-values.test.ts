import { database, image, refusal } from "./chart";

test("the defaults ask for an image", () => {
  expect(refusal({})).toEqual(["- image.repository: must be given", "- image.tag: must be given, or image.digest"]);
});

const OCI = "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$";
const CHECKED_BY_SCHEMA: readonly [values: object, said: readonly string[]][] = [
  [{ replicas: 3 }, ["- (root): Additional property replicas is not allowed"]],
  [
    { image: { ...image, digest: "sha256:abc" } },
    ["- image.digest: Does not match pattern '^(sha256:[a-f0-9]{64})?$'"],
  ],
  [{ image: { ...image, tag: "-1" } }, [`- image.tag: Does not match pattern '${OCI}'`]],
  [{ image: { ...image, tag: "a".repeat(129) } }, [`- image.tag: Does not match pattern '${OCI}'`]],
  [{ image: { ...image, tag: 1.1 } }, ["- image.tag: Invalid type. Expected: string, given: number"]],
  [{ image: { ...image, tags: "1" } }, ["- image: Additional property tags is not allowed"]],
  [
    { image: { ...image, pullPolicy: "Sometimes" } },
    ['- image.pullPolicy: image.pullPolicy must be one of the following: "IfNotPresent", "Always", "Never"'],
  ],
  [{ database: null }, ["- (root): database is required"]],
  [{ database: { port: 70000 } }, ["- database.port: Must be less than or equal to 65535"]],
  [{ service: { port: 80 } }, ["- service.port: Must be greater than or equal to 1024"]],
  [{ replicaCount: -1 }, ["- replicaCount: Must be greater than or equal to 0"]],
  [{ env: { DEBUG: true } }, ["- env.DEBUG: Invalid type. Expected: string, given: boolean"]],
  [
    { env: { "not-a-name": "a" } },
    ['- env: Property name of "not-a-name" does not match', "- env: Does not match pattern '^[A-Za-z_][A-Za-z0-9_]*$'"],
  ],
  [
    { resources: { limits: { memory: "1GB" } } },
    ["- resources.limits.memory: Does not match pattern '^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?$'"],
  ],
  [{ resources: { limits: null } }, ["- resources: limits is required"]],
  [{ resources: { requests: { cpu: null } } }, ["- resources.requests: cpu is required"]],
  [{ resources: { limits: { gpu: 1 } } }, ["- resources.limits: Additional property gpu is not allowed"]],
  [
    { podDisruptionBudget: { maxUnavailable: 0 } },
    ["- podDisruptionBudget.maxUnavailable: Must be greater than or equal to 1"],
  ],
  [
    { podDisruptionBudget: { maxUnavailable: "0%" } },
    ["- podDisruptionBudget.maxUnavailable: Does not match pattern '^([1-9][0-9]?|100)%$'"],
  ],
  [
    { podDisruptionBudget: { maxUnavailable: 10000000 } },
    ["- podDisruptionBudget.maxUnavailable: Must be less than or equal to 1000"],
  ],
  [{ fullnameOverride: "1api" }, ["- fullnameOverride: Does not match pattern '^([a-z]([a-z0-9-]{0,61}[a-z0-9])?)?$'"]],
  [
    { podLabels: { team: "other" } },
    ['- podLabels: Property name of "team" does not match', "- podLabels: Must not validate the schema (not)"],
  ],
  [
    { migrations: { podLabels: { "app.kubernetes.io/component": "web" } } },
    [
      '- migrations.podLabels: Property name of "app.kubernetes.io/component" does not match',
      "- migrations.podLabels: Must not validate the schema (not)",
    ],
  ],
  [{ migrations: { command: [] } }, ["- migrations.command: Array must have at least 1 items"]],
  [{ tolerations: [{ keys: "a" }] }, ["- tolerations.0: Additional property keys is not allowed"]],
  [
    { database: { host: "db" } },
    [
      '- database: Must validate "then" as "if" was valid',
      "- database.name: String length must be greater than or equal to 1",
      "- database.user: String length must be greater than or equal to 1",
    ],
  ],
  [
    { database: { ...database, existingSecret: { name: "" }, externalSecret: { enabled: true, storeName: "aws" } } },
    [
      '- database.externalSecret: Must validate "then" as "if" was valid',
      "- database.externalSecret.remoteKey: String length must be greater than or equal to 1",
    ],
  ],
  [
    { database: { externalSecret: { enabled: true, storeName: "aws", remoteKey: "a" } } },
    [
      '- database: Must validate "else" as "if" was not valid',
      "- database.externalSecret.enabled: database.externalSecret.enabled does not match: false",
    ],
  ],
  [
    { ingress: { enabled: true } },
    [
      '- ingress: Must validate "then" as "if" was valid',
      "- ingress.host: String length must be greater than or equal to 1",
    ],
  ],
  [
    { ingress: { sslPolicy: "ELBSecurityPolicy-2016-08" } },
    ["- ingress.sslPolicy: Does not match pattern '^ELBSecurityPolicy-TLS13-1-[23]-[A-Za-z0-9-]+$'"],
  ],
  [
    { serviceAccount: { create: false } },
    [
      '- serviceAccount: Must validate "then" as "if" was valid',
      "- serviceAccount.name: String length must be greater than or equal to 1",
    ],
  ],
];

test.each(CHECKED_BY_SCHEMA)("the schema refuses %j", (values, said) => {
  expect(refusal({ image, ...values }).sort()).toEqual([...said].sort());
});

test.each(["api:1.2.3", "api@sha256:0", "https://registry.example.com/api", "Api", "a/b/", ".a/"])(
  "the repository is refused as %s",
  (repository) => {
    expect(refusal({ image: { ...image, repository } })).toEqual([
      expect.stringMatching(/^- image\.repository: Does not match pattern/),
    ]);
  },
);

test.each(["api.example.com:443", "API.example.com", "a..b", "-a", "*.example.com", "a_b"])(
  "the host is refused as %s",
  (host) => {
    expect(refusal({ image, ingress: { host } })).toEqual([
      expect.stringMatching(/^- ingress\.host: Does not match pattern/),
    ]);
  },
);

test.each([
  "scheme",
  "target-type",
  "listen-ports",
  "ssl-policy",
  "certificate-arn",
  "healthcheck-path",
  "success-codes",
])("the annotation %s of the load balancer is the chart's alone", (name) => {
  const key = `alb.ingress.kubernetes.io/${name}`;
  expect(refusal({ image, ingress: { annotations: { [key]: "a" } } }).sort()).toEqual([
    "- ingress.annotations: Must not validate the schema (not)",
    `- ingress.annotations: Property name of "${key}" does not match`,
  ]);
});

test.each(["a..b", "-a", ".a", "a.", "a_b", "a b", "a:5432"])("the database's host is refused as %s", (host) => {
  expect(refusal({ image, database: { ...database, host } })).toEqual([
    expect.stringMatching(/^- database\.host: Does not match pattern/),
  ]);
});

test.each(["db", "DB.example.com", "10.0.64.5", "a-b.c"])("the database's host is taken as %s", (host) => {
  expect(refusal({ image, database: { ...database, host } })).toEqual([]);
});

const RANGES = [
  ...[
    "0.0.0.0/0",
    "10.0.64.0/20",
    "255.255.255.255/32",
    "::/0",
    "fd00::/64",
    "::1/128",
    "1::8/128",
    "1:2:3:4:5:6:7:8/128",
  ],
  ...["1:2:3:4:5:6:7::/112", "2001:db8:0:1::a:b/128"],
];

test("ranges of both kinds are taken", () => {
  expect(refusal({ image, networkPolicy: { databaseCidrs: RANGES } })).toEqual([]);
});

test.each([
  ...["10.0.0.0", "10.0.0.0/33", "a/8", "::/129", "999.1.1.1/32", "256.0.0.0/8", "01.0.0.0/8", "10.0.0/24"],
  ...["1::2::3/64", ":::/0", "12345::/64", "1:2:3:4:5:6:7/64", "1:2:3:4:5:6:7:8:9/64", ":1/64"],
])("a range is refused as %s", (cidr) => {
  expect(refusal({ image, networkPolicy: { databaseCidrs: [cidr] } })).toEqual([
    expect.stringMatching(/^- networkPolicy\.databaseCidrs\.0: Does not match pattern/),
  ]);
});

test("the templates refuse what contradicts itself, all at once", () => {
  const values = {
    image: { repository: "", tag: "" },
    autoscaling: { minReplicas: 9, maxReplicas: 6 },
    preStopSeconds: 30,
    database: { ...database, existingSecret: { name: "" } },
    networkPolicy: { enabled: true },
    env: { PORT: "1", DB_USER: "other", OTHER: "fine" },
  };
  expect(refusal(values)).toEqual([
    "- image.repository: must be given",
    "- image.tag: must be given, or image.digest",
    "- autoscaling.minReplicas: must be at most maxReplicas, 6, got 9",
    "- preStopSeconds: must be less than terminationGracePeriodSeconds, 30, got 30",
    "- database.existingSecret.name: must be given, or database.externalSecret.enabled",
    "- env.DB_USER: must not be given, the chart sets it",
    "- env.PORT: must not be given, the chart sets it",
    "- networkPolicy.databaseCidrs: must have a range of database.host, or networkPolicy.egress a rule",
  ]);
});

test("policies that would keep the load balancer out are refused", () => {
  const ingress = { enabled: true, host: "api.example.com" };
  expect(refusal({ image, ingress, networkPolicy: { enabled: true } })).toEqual([
    "- networkPolicy.ingressCidrs: must have the load balancer's subnets, or networkPolicy.ingressFrom a source",
  ]);
  const ingressFrom = [{ namespaceSelector: {} }];
  expect(refusal({ image, ingress, networkPolicy: { enabled: true, ingressFrom } })).toEqual([]);
  expect(refusal({ image, ingress, networkPolicy: { enabled: true, ingressCidrs: ["10.0.0.0/20"] } })).toEqual([]);
});

test("a release whose name begins with a digit needs another name for its Service", () => {
  const values = { image, nameOverride: "api" };
  expect(refusal(values, "1st")).toEqual([
    "- fullnameOverride: must be given, a Service named 1st-api would not begin with a letter",
  ]);
  expect(refusal({ ...values, fullnameOverride: "first" }, "1st")).toEqual([]);
});

test("two Secrets for one password are refused", () => {
  const externalSecret = { enabled: true, storeName: "aws", remoteKey: "a" };
  expect(refusal({ image, database: { ...database, externalSecret } })).toEqual([
    "- database.existingSecret.name: must be empty with database.externalSecret.enabled",
  ]);
});

test("the autoscaler's numbers may be anything while it is off", () => {
  expect(refusal({ image, autoscaling: { enabled: false, minReplicas: 9, maxReplicas: 6 } })).toEqual([]);
});
