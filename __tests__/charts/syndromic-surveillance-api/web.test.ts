import { database, type Fields, image, only, render } from "./chart";

const name = "release-syndromic-surveillance-api";
const webLabels = {
  "app.kubernetes.io/name": "syndromic-surveillance-api",
  "app.kubernetes.io/instance": "release",
  "app.kubernetes.io/component": "web",
};

function container(values?: object): Fields {
  return only(render(values), "Deployment").spec.template.spec.containers[0];
}

test("a Deployment replaces its pods without a gap", () => {
  const { spec } = only(render(), "Deployment");
  expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } });
  expect(spec.template.spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
  expect(spec.template.spec.terminationGracePeriodSeconds).toBe(30);
});

test("Deployment and Service select web pods alone", () => {
  const objects = render();
  expect(only(objects, "Deployment").spec.selector).toEqual({ matchLabels: webLabels });
  expect(only(objects, "Service").spec).toEqual({
    type: "ClusterIP",
    selector: webLabels,
    ports: [{ name: "http", port: 8000, targetPort: "http", protocol: "TCP" }],
  });
});

test("the port is that of the Service, of the container and of the application", () => {
  const objects = render({ service: { port: 9000 } });
  const [web] = only(objects, "Deployment").spec.template.spec.containers;
  expect(only(objects, "Service").spec.ports[0].port).toBe(9000);
  expect(web.ports).toEqual([{ name: "http", containerPort: 9000 }]);
  expect(web.env[0]).toEqual({ name: "PORT", value: "9000" });
  expect(only(objects, "Pod").spec.containers[0].env[0].value).toBe(`http://${name}:9000/healthz/`);
});

test("the number of pods is left to the autoscaler, or said", () => {
  expect(only(render(), "Deployment").spec).not.toHaveProperty("replicas");
  const fixed = render({ replicaCount: 3, autoscaling: { enabled: false } });
  expect(only(fixed, "Deployment").spec.replicas).toBe(3);
});

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

test.each([
  [{ ...image }, "registry.example.com/api:1.4.2", "1.4.2"],
  [{ repository: "api", digest }, `api@${digest}`, "0123456789ab"],
  [{ repository: "api", tag: "____", digest }, `api:____@${digest}`, "0123456789ab"],
  [{ repository: "api", tag: "____" }, "api:____", undefined],
  [{ repository: "localhost:5000/a/b", tag: "v1", digest }, `localhost:5000/a/b:v1@${digest}`, "v1"],
  [{ repository: "api", tag: "_main.2-" }, "api:_main.2-", "main.2"],
  [{ repository: "api", tag: "a".repeat(128) }, `api:${"a".repeat(128)}`, "a".repeat(63)],
  [{ repository: "api", tag: `${"a".repeat(62)}--b` }, `api:${"a".repeat(62)}--b`, "a".repeat(62)],
])("image %j is %s, version %s", (values, reference, version) => {
  const objects = render({ image: values, database });
  const deployment = only(objects, "Deployment");
  expect(deployment.spec.template.spec.containers[0].image).toBe(reference);
  expect(only(objects, "Job").spec.template.spec.containers[0].image).toBe(reference);
  expect(only(objects, "Pod").spec.containers[0].image).toBe(reference);
  expect(deployment.metadata.labels["app.kubernetes.io/version"]).toBe(version);
});

test("without a database the environment has the port, the pod's address and what is given", () => {
  const { env, envFrom } = container({ env: { LOG_LEVEL: "info", DB_HOST: "by-hand" }, envFromSecrets: ["keys"] });
  expect(env).toEqual([
    { name: "PORT", value: "8000" },
    { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
    { name: "DB_HOST", value: "by-hand" },
    { name: "LOG_LEVEL", value: "info" },
  ]);
  expect(envFrom).toEqual([{ secretRef: { name: "keys" } }]);
  expect(container()).not.toHaveProperty("envFrom");
});

test("settings of the database are variables, the password one from a Secret", () => {
  const { env } = container({ database });
  expect(env.slice(2)).toEqual([
    { name: "DB_HOST", value: "postgres.example.com" },
    { name: "DB_PORT", value: "5432" },
    { name: "DB_NAME", value: "surveillance" },
    { name: "DB_USER", value: "api" },
    { name: "DB_SSLMODE", value: "require" },
    { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "surveillance-database", key: "password" } } },
  ]);
});

test("three probes differ, and send a Host that the application allows", () => {
  const { startupProbe, readinessProbe, livenessProbe } = container({ healthCheck: { hostHeader: "api.example.com" } });
  const httpHeaders = [{ name: "Host", value: "api.example.com" }];
  const httpGet = { path: "/healthz/", port: "http", httpHeaders };
  expect(startupProbe).toEqual({ httpGet, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 30 });
  expect(readinessProbe).toEqual({
    httpGet,
    periodSeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 2,
    successThreshold: 1,
  });
  expect(livenessProbe).toEqual({ httpGet, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 });
});

test("liveness may have a path of its own", () => {
  const values = { healthCheck: { path: "/ready/" }, livenessProbe: { path: "/alive/" } };
  const { startupProbe, readinessProbe, livenessProbe } = container(values);
  const paths = [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path);
  expect(paths).toEqual(["/ready/", "/ready/", "/alive/"]);
});

test.each([
  [{}, undefined],
  [{ ingress: { host: "a.example.com" } }, "a.example.com"],
  [{ ingress: { host: "a.example.com" }, healthCheck: { hostHeader: "b.example.com" } }, "b.example.com"],
])("with %j probes and the test ask for %s", (values, host) => {
  const objects = render(values);
  const { httpGet } = only(objects, "Deployment").spec.template.spec.containers[0].readinessProbe;
  expect(httpGet.httpHeaders?.[0].value).toBe(host);
  const [, header] = only(objects, "Pod").spec.containers[0].env;
  expect(header).toEqual({ name: "HEALTH_HOST", value: host ?? "" });
});

test("pods spread over zones and nodes, each version by itself", () => {
  const { topologySpreadConstraints } = only(render({ topologySpread: { maxSkew: 2 } }), "Deployment").spec.template
    .spec;
  const common = {
    maxSkew: 2,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: webLabels },
    matchLabelKeys: ["pod-template-hash"],
  };
  expect(topologySpreadConstraints).toEqual([
    { topologyKey: "topology.kubernetes.io/zone", ...common },
    { topologyKey: "kubernetes.io/hostname", ...common },
  ]);
});

test.each([
  [1, 1],
  ["25%", "25%"],
])("with %j pods away at once a drain always goes on", (maxUnavailable, expected) => {
  const objects = render({ podDisruptionBudget: { maxUnavailable }, replicaCount: 1, autoscaling: { enabled: false } });
  expect(only(objects, "PodDisruptionBudget").spec).toEqual({
    maxUnavailable: expected,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: webLabels },
  });
});

test("the autoscaler follows the used CPU of the Deployment", () => {
  const autoscaling = { minReplicas: 3, maxReplicas: 9, targetCPUUtilizationPercentage: 50 };
  expect(only(render({ autoscaling }), "HorizontalPodAutoscaler").spec).toEqual({
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: 3,
    maxReplicas: 9,
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } }],
  });
});
