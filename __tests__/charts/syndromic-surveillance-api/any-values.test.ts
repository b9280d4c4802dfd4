import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { ignoredValues } from "../../../lib/render/checks/ignored-values";
import { chartFiles, chartTemplates } from "../../../lib/render/helm/chart-files";
import { chartValues, type Values } from "../../../lib/render/helm/chart-values";
import { readYaml } from "../../../lib/render/objects/kubernetes-yaml";
import { CHART, findings, objectsOf, pods, renderText } from "./chart";

const COMPLETE = readdirSync(join(CHART, "ci"));

function valuesOf(file: string): Values {
  return readYaml(readFileSync(join(CHART, "ci", file), "utf8"))[0]?.value as Values;
}

test.each(COMPLETE)("Kubernetes 1.35 takes what ci/%s makes, under Pod Security restricted", (file) => {
  const objects = objectsOf(renderText(valuesOf(file)));
  expect(pods(objects).length).toBeGreaterThan(0);
  expect(findings(objects)).toEqual([]);
});

test("every value of ci/full-values.yaml has an effect", async () => {
  const ignored = await ignoredValues({
    values: valuesOf("full-values.yaml"),
    chart: chartValues(CHART),
    templates: chartTemplates(chartFiles(CHART)),
    render: async (values) => renderText(values),
    all: true,
  });
  expect(ignored).toEqual([]);
});

// Names that YAML takes for something else if nobody quotes them are among these.
const word = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/),
  fc.constantFrom("1", "1e3", "true", "null", "on"),
);
const text = fc.string({ maxLength: 12 });
const quantity = fc.constantFrom("100m", "1", 2, "256Mi", "1.5Gi");
const resources = fc.record({
  requests: fc.record({ cpu: quantity, memory: quantity }),
  limits: fc.record({ memory: quantity, cpu: quantity }, { requiredKeys: ["memory"] }),
});
const seconds = fc.integer({ min: 1, max: 60 });
const probe = fc.record({ periodSeconds: seconds, timeoutSeconds: seconds, failureThreshold: seconds });
const labels = fc.dictionary(
  word.map((key) => `example.com/${key}`),
  fc.oneof(word, fc.constantFrom("true", "1", "null", "")),
  { maxKeys: 2 },
);
const annotations = fc.dictionary(
  word.map((key) => `example.com/${key}`),
  text,
  { maxKeys: 2 },
);
const secretSource = fc.oneof(
  fc.record({ existingSecret: fc.record({ name: word }) }),
  fc.record({
    externalSecret: fc.record({
      enabled: fc.constant(true),
      storeName: word,
      remoteKey: fc.string({ minLength: 1, maxLength: 12 }),
      property: text,
    }),
  }),
);
const database = fc
  .tuple(fc.record({ host: word, name: word, user: fc.string({ minLength: 1, maxLength: 12 }) }), secretSource)
  .map(([settings, source]) => ({ ...settings, ...source }));
const networkPolicy = fc.record({
  enabled: fc.boolean(),
  databaseCidrs: fc.constant(["10.0.0.0/16"]),
  ingressCidrs: fc.constantFrom(["10.1.0.0/16"], ["10.1.0.0/16", "fd00::/64"]),
});
const digest = fc.stringMatching(/^sha256:[a-f0-9]{64}$/);
const image = fc.oneof(
  fc.record({ repository: word, tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/) }),
  fc.record({ repository: fc.constant("localhost:5000/a/b"), digest }),
  fc.record({ repository: fc.constant("registry.example.com/a"), tag: fc.constant("1.10"), digest }),
);
const others = fc.record(
  {
    replicaCount: fc.integer({ min: 0, max: 20 }),
    team: word,
    nameOverride: word,
    fullnameOverride: fc.oneof(fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/), fc.constantFrom("true", "null")),
    serviceAccount: fc.oneof(fc.record({ create: fc.constant(false), name: word }), fc.record({ annotations })),
    env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}Z$/), text, { maxKeys: 3 }),
    envFromSecrets: fc.uniqueArray(word, { maxLength: 2 }),
    migrations: fc.record({ enabled: fc.boolean(), weight: fc.integer({ min: -1000, max: 1000 }), resources }),
    healthCheck: fc.record({
      path: fc.constantFrom("/", "/up"),
      hostHeader: fc.constantFrom("", "a.example.com", "1"),
    }),
    startupProbe: probe,
    livenessProbe: probe,
    resources,
    autoscaling: fc.record({ enabled: fc.boolean(), minReplicas: fc.integer({ min: 1, max: 6 }) }),
    podDisruptionBudget: fc.record({ enabled: fc.boolean(), maxUnavailable: fc.constantFrom(1, 1000, "1%", "100%") }),
    topologySpread: fc.record({ enabled: fc.boolean() }),
    ingress: fc.record({ enabled: fc.boolean(), host: fc.constantFrom("a.example.com", "1"), annotations }),
    networkPolicy,
    serviceMonitor: fc.record({ enabled: fc.boolean(), labels }),
    tests: fc.record({ enabled: fc.boolean() }),
    podAnnotations: annotations,
    podLabels: labels,
    nodeSelector: labels,
    tmpSizeLimit: quantity,
    priorityClassName: fc.constantFrom("", "business", "1"),
    preStopSeconds: fc.integer({ min: 0, max: 29 }),
    database,
  },
  { requiredKeys: [] },
);

test("whatever the values, Kubernetes 1.35 takes the objects, under Pod Security restricted", () => {
  fc.assert(
    fc.property(image, others, (chosen, rest) => {
      const objects = objectsOf(renderText({ image: chosen, ...rest }));
      expect(findings(objects)).toEqual([]);
      for (const { spec } of pods(objects)) expect(spec.securityContext.runAsUser).toBe(1000);
    }),
    { numRuns: 30 },
  );
});
