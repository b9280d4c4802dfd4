import { readFileSync } from "node:fs";
import type { TerraformStack } from "cdktf";
import { parse } from "yaml";
import { Application } from "../../../lib/application/application";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import { Secret } from "../../../lib/kubernetes/secret";
import {
  anApplication,
  database,
  environment,
  type Given,
  repository,
  synthesizedApplication,
  valuesOf,
  withCluster,
} from "../../support/application";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { opened, testNamespace } from "../../support/namespaces";
import { testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const instance = { "app.kubernetes.io/instance": "surveillance" };
const web = { "app.kubernetes.io/component": "web", ...instance };

test("minimal: a namespace, an account and a release, and no way but to its own web pods", () => {
  const stack = synthesizedApplication();
  expect(stack.only("kubernetes_namespace_v1")).toMatchObject({
    metadata: {
      name: "surveillance",
      labels: {
        team: "epidemiology",
        "managed-by": "terraform",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.35",
      },
    },
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.only("kubernetes_service_account_v1")).toEqual({
    metadata: {
      name: "surveillance",
      namespace: expect.stringMatching(
        /^\$\{kubernetes_namespace_v1\.Application_Namespace_\w+\.metadata\[0\]\.name\}$/,
      ),
      labels: { "managed-by": "terraform", team: "epidemiology" },
    },
    automount_service_account_token: false,
  });
  expect(stack.only("helm_release")).toMatchObject({
    name: "surveillance",
    chart: expect.stringMatching(/^\.\/assets\/Chart-syndromic-surveillance-api-([0-9a-f]{32})\/\1$/),
    atomic: true,
    timeout: 600,
    lifecycle: { prevent_destroy: true },
  });
  expect(Object.keys(opened(stack))).toHaveLength(2);
  expect(stack.census).toEqual({
    helm_release: 1, // the application
    kubernetes_default_service_account_v1: 1, // of the namespace
    kubernetes_limit_range_v1: 1, // of the namespace
    kubernetes_namespace_v1: 1, // its own
    kubernetes_network_policy_v1: 4, // two of the namespace, and both ends of the test's call
    kubernetes_resource_quota_v1: 1, // of the namespace
    kubernetes_service_account_v1: 1, // what its pods run as
  });
});

test("maximal: on EKS, with a host, a database and rights in AWS", () => {
  const stack = synthesizedApplication((scope) => ({
    environment: { ...environment, cluster: testCluster(scope), removal: "destroy" },
    namespaceName: "health",
    quota: { pods: 80, memory: "40Gi" },
    host: "surveillance.staging.example.com",
    database: { ...database, port: 6432, password: { variable: "db_password", revision: 3 }, securityGroupId: "sg-db" },
    statements: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }],
    replicas: { min: 2, max: 4 },
    env: { LOG_LEVEL: "info" },
    allow: [{ to: "vpc-endpoints" }],
    values: { migrations: { activeDeadlineSeconds: 600 } },
    timeoutSeconds: 900,
  }));
  expect(valuesOf(stack)).toMatchObject({
    env: { LOG_LEVEL: "info" },
    migrations: { activeDeadlineSeconds: 600 },
    ingress: { enabled: true, host: "surveillance.staging.example.com" },
  });
  expect(stack.only("kubernetes_namespace_v1")).toMatchObject({
    metadata: {
      name: "health",
      labels: { team: "epidemiology", "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    },
  });
  expect(stack.only("kubernetes_resource_quota_v1")).toMatchObject({
    spec: { hard: { pods: "80", "requests.memory": "40Gi", "limits.memory": "40Gi", "requests.cpu": "10" } },
  });
  expect(stack.only("kubernetes_secret_v1")).toMatchObject({
    metadata: { name: "surveillance-database", labels: { team: "epidemiology", "managed-by": "terraform" } },
    data_wo: { password: "$" + "{var.db_password}" },
    data_wo_revision: 3,
  });
  expect(stack.only("aws_iam_role")).toMatchObject({
    name: "test-health-surveillance",
    tags: { Team: "epidemiology" },
  });
  expect(stack.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
    security_group_id: "sg-db",
    referenced_security_group_id: "sg-nodes",
    from_port: 6432,
  });
  expect(stack.only("helm_release")).toMatchObject({ timeout: 900, lifecycle: { prevent_destroy: false } });
  expect(stack.census).toEqual({
    aws_eks_pod_identity_association: 1, // ties the role to the account
    aws_iam_role: 1, // what its pods may do in AWS
    aws_iam_role_policy: 1, // the statements
    aws_vpc_security_group_ingress_rule: 1, // lets the nodes in to the database
    helm_release: 1, // the application
    kubernetes_default_service_account_v1: 1, // of the namespace
    kubernetes_limit_range_v1: 1, // of the namespace
    kubernetes_namespace_v1: 1, // its own
    kubernetes_network_policy_v1: 8, // two of the namespace, two of the test, load balancer, database, agent, endpoints
    kubernetes_resource_quota_v1: 1, // of the namespace
    kubernetes_secret_v1: 1, // the password
    kubernetes_service_account_v1: 1, // what its pods run as
    terraform_data: 1, // replaces the Secret with its keys
  });
});

test("its ways are those of its own pods", () => {
  const stack = synthesizedApplication((scope) => ({
    environment: { ...environment, cluster: testCluster(scope) },
    host: "surveillance.staging.example.com",
    database,
    statements: [],
    allow: [{ from: "monitoring", ports: [8000], pods: { "app.kubernetes.io/component": "web" } }],
  }));
  const namespace = (name: string) => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  });
  const ranges = (...blocks: string[]) => blocks.map((cidr) => ({ ipBlock: { cidr } }));
  const tcp = (port: number) => [{ protocol: "TCP", port }];
  expect(opened(stack)).toEqual({
    "surveillance/from-load-balancer-web-surveillance-7064a597": {
      podSelector: { matchLabels: web },
      policyTypes: ["Ingress"],
      ingress: [{ from: ranges("10.64.1.0/24", "10.64.2.0/24"), ports: tcp(8000) }],
    },
    "surveillance/from-monitoring-web-surveillance-7064a597": {
      podSelector: { matchLabels: web },
      policyTypes: ["Ingress"],
      ingress: [{ from: [namespace("monitoring")], ports: tcp(8000) }],
    },
    "surveillance/to-database-10-64-8-0-24-5432-surveillance-4dc836cb": {
      podSelector: { matchLabels: instance },
      policyTypes: ["Egress"],
      egress: [{ to: ranges("10.64.8.0/24"), ports: tcp(5432) }],
    },
    "surveillance/to-pod-identity-agent-surveillance-3a361821": {
      podSelector: { matchLabels: instance },
      policyTypes: ["Egress"],
      egress: [{ to: ranges("169.254.170.23/32", "fd00:ec2::23/128"), ports: tcp(80) }],
    },
    "surveillance/within-namespace-surveillance-web-surveillance-08ac175b-egress": {
      podSelector: { matchLabels: instance },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ...namespace("surveillance"), podSelector: { matchLabels: web } }], ports: tcp(8000) }],
    },
    "surveillance/within-namespace-surveillance-web-surveillance-08ac175b-ingress": {
      podSelector: { matchLabels: web },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ...namespace("surveillance"), podSelector: { matchLabels: instance } }], ports: tcp(8000) }],
    },
  });
});

test("what others need of it is there", () => {
  const stack = testStack();
  const cluster = testCluster(stack);
  const application = anApplication(stack, { environment: { ...environment, cluster }, database, statements: [] });
  expect(application.namespace.namespaceName).toBe("surveillance");
  expect(application.serviceAccount.role.node.path).toBe("test/Application/ServiceAccount/Identity/Role");
  expect(application.passwordSecret).toEqual({ secretName: "surveillance-db", key: "password" });
  expect(application.release.node.path).toBe("test/Application/Release");
  expect(application.identity).toBe("surveillance/surveillance");
  expect(anApplication(stack, { applicationName: "reports" }, "Reports").passwordSecret).toBeUndefined();
});

test("an ExternalSecret is a release of its own, before the application", () => {
  const password = { externalSecret: { storeName: "aws", remoteKey: "surveillance/db", property: "password" } };
  const stack = synthesizedApplication({ database: { ...database, password } });
  expect(valuesOf(stack, "surveillance-password")).toEqual({
    resources: {
      "external-secrets.io/ExternalSecret/surveillance-database": {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: {
          name: "surveillance-database",
          labels: { "managed-by": "terraform", team: "epidemiology" },
        },
        spec: {
          refreshInterval: "1h",
          secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
          target: { name: "surveillance-database", creationPolicy: "Owner" },
          data: [{ secretKey: "password", remoteRef: { key: "surveillance/db", property: "password" } }],
        },
      },
    },
  });
  expect(stack.resources("kubernetes_secret_v1")).toEqual({});
});

test.each<[string, (stack: TerraformStack) => Given]>([
  ["without a host", (stack) => ({ environment: { ...environment, cluster: testCluster(stack) } })],
  ["outside EKS", () => ({ host: "surveillance.staging.example.com" })],
])("%s its namespace has no label for readiness gates", (_, given) => {
  const { metadata } = synthesizedApplication(given).only("kubernetes_namespace_v1");
  expect(Object.keys((metadata as { labels: object }).labels)).not.toContain("elbv2.k8s.aws/pod-readiness-gate-inject");
});

test("an ExternalSecret beside a Secret of the same name is refused at synth, whatever comes first", () => {
  const password = { externalSecret: { storeName: "aws", remoteKey: "surveillance/db" } };
  const stack = testStack();
  const namespace = testNamespace(stack, "health");
  anApplication(stack, { namespace, database: { ...database, password } });
  const secret = { namespace, variables: { password: "db_password" }, revision: 1 };
  new Secret(stack, "Other", { ...secret, secretName: "surveillance-other" });
  expect(stackFaults(stack)).toEqual([]);
  new Secret(stack, "Same", { ...secret, secretName: "surveillance-database" });
  expect(stackFaults(stack)).toEqual([
    "'database.password' must not be an externalSecret beside the Secret surveillance-database of test/Same: each would write over the other at test/Application; name that Secret with { secretName }",
  ]);
});

test("two applications share a namespace, and each keeps its own ways", () => {
  const host = (name: string) => `${name}.staging.example.com`;
  const stack = withCluster((scope) => {
    const namespace = testNamespace(scope, "health");
    namespace.allow({ from: "load-balancer", ports: [8000] });
    for (const applicationName of ["surveillance", "reports"]) {
      anApplication(scope, { applicationName, namespace, database, host: host(applicationName) }, applicationName);
    }
  });
  expect(stack.census).toMatchObject({ kubernetes_namespace_v1: 1, helm_release: 2, kubernetes_service_account_v1: 2 });
  const selectors = Object.values(opened(stack)).map(({ podSelector }) => podSelector?.matchLabels);
  expect(selectors.filter((labels) => labels?.["app.kubernetes.io/instance"] === "surveillance")).toHaveLength(4);
  expect(selectors.filter((labels) => labels?.["app.kubernetes.io/instance"] === "reports")).toHaveLength(4);
  expect(selectors).toHaveLength(9);
});

test("the host of a database may be known only at apply", () => {
  const host = knownAtApply(aToken(), "surveillance.db.example.com");
  const stack = synthesizedApplication({ database: { ...database, host } });
  const [text] = stack.only("helm_release").values as string[];
  expect(text).toMatch(/"host": \$\{jsonencode\(known-at-apply\)\},/);
});

test("a copy of the chart, of the same version, takes the same keys", () => {
  const { version: packaged } = parse(readFileSync("charts/syndromic-surveillance-api/Chart.yaml", "utf8"));
  const repository = "oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts";
  const chart = { repository, name: "syndromic-surveillance-api", version: packaged };
  const stack = synthesizedApplication({ chart, values: { tests: { enabled: false } } });
  expect(stack.only("helm_release")).toMatchObject({
    chart: "syndromic-surveillance-api",
    repository,
    version: packaged,
  });
  expect(messageOf(() => anApplication(testStack(), { chart, values: { test: { enabled: false } } }))).toBe(
    `'values.test' is not a key of the chart at test/Application; did you mean "tests"?`,
  );
});

test("another version of the chart may take other keys", () => {
  const repository = "oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com/charts";
  const chart = { repository, name: "syndromic-surveillance-api", version: "0.9.0" };
  const stack = synthesizedApplication({
    chart,
    values: { cache: { enabled: true }, migrations: { backoffLimit: 50 } },
  });
  expect(valuesOf(stack)).toMatchObject({ cache: { enabled: true }, migrations: { backoffLimit: 50 } });
});

test("the compiler knows the keys of the chart's values", () => {
  const make = (scope: TerraformStack) =>
    new Application(scope, "Application", {
      environment,
      applicationName: "surveillance",
      team: "epidemiology",
      image: { repository, tag: "1.4.0" },
      // @ts-expect-error: there is no such key
      values: { test: { enabled: false } },
    });
  expect(messageOf(() => make(testStack()))).toBe(
    `'values.test' is not a key of the chart at test/Application; did you mean "tests"?`,
  );
});
