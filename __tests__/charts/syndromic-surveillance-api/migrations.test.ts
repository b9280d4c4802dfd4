import { database, identities, only, render } from "./chart";

const BEFORE = { "helm.sh/hook": "pre-install,pre-upgrade", "helm.sh/hook-weight": "-6" };
const name = "release-syndromic-surveillance-api";

test("a Job migrates before anything else of the release is there, and stays if it fails", () => {
  const job = only(render({ database }), "Job");
  expect(job.metadata.name).toBe(`${name}-migrate`);
  expect(job.metadata.annotations).toEqual({
    "helm.sh/hook": "pre-install,pre-upgrade",
    "helm.sh/hook-weight": "-5",
    "helm.sh/hook-delete-policy": "before-hook-creation",
  });
  const { template, ...spec } = job.spec;
  expect(spec).toEqual({
    backoffLimit: 1,
    activeDeadlineSeconds: 300,
    podReplacementPolicy: "Failed",
    podFailurePolicy: {
      rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
    },
  });
  expect(template.spec.restartPolicy).toBe("Never");
  expect(template.spec.containers[0].command).toEqual(["python", "manage.py", "migrate", "--noinput"]);
});

test("migrations have the settings of the web pods", () => {
  const objects = render({ database, env: { A: "1" }, envFromSecrets: ["keys"] });
  const [web] = only(objects, "Deployment").spec.template.spec.containers;
  const [migrate] = only(objects, "Job").spec.template.spec.containers;
  expect(migrate.env).toEqual(web.env);
  expect(migrate.envFrom).toEqual(web.envFrom);
});

test("everything about the Job can be said", () => {
  const migrations = {
    command: ["./migrate"],
    weight: 3,
    backoffLimit: 0,
    activeDeadlineSeconds: 900,
    resources: { requests: { cpu: 1, memory: "1Gi" }, limits: { memory: "2Gi", cpu: "2" } },
    podAnnotations: { "example.com/a": "1", "cluster-autoscaler.kubernetes.io/safe-to-evict": "true" },
    podLabels: { "example.com/b": "2" },
  };
  const objects = render({ database, migrations });
  const { metadata, spec } = only(objects, "Job");
  expect(metadata.annotations["helm.sh/hook-weight"]).toBe("3");
  expect(only(objects, "ServiceAccount", "-migrate").metadata.annotations["helm.sh/hook-weight"]).toBe("2");
  expect([spec.backoffLimit, spec.activeDeadlineSeconds]).toEqual([0, 900]);
  expect(spec.template.metadata.annotations).toEqual(migrations.podAnnotations);
  expect(spec.template.metadata.labels["example.com/b"]).toBe("2");
  expect(spec.template.spec.containers[0].command).toEqual(["./migrate"]);
  expect(spec.template.spec.containers[0].resources).toEqual(migrations.resources);
});

test("scaling down does not end a migration unless it is said", () => {
  expect(only(render({ database }), "Job").spec.template.metadata.annotations).toEqual({
    "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  });
});

test("the Job brings a ServiceAccount of its own if the chart makes that of the web pods", () => {
  const objects = render({ database, serviceAccount: { annotations: { "example.com/role": "api" } } });
  const own = only(objects, "ServiceAccount", "-migrate");
  expect(own.metadata.annotations).toEqual({
    ...BEFORE,
    "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
    "example.com/role": "api",
  });
  expect(own.automountServiceAccountToken).toBe(false);
  expect(only(objects, "Job").spec.template.spec.serviceAccountName).toBe(`${name}-migrate`);
  expect(only(objects, "Deployment").spec.template.spec.serviceAccountName).toBe(name);
  expect(only(objects, "ServiceAccount", "-api").metadata.annotations).toEqual({ "example.com/role": "api" });
});

test("a ServiceAccount that is there is that of all pods", () => {
  const objects = render({ database, serviceAccount: { create: false, name: "surveillance" } });
  expect(identities(objects).filter((each) => each.startsWith("ServiceAccount"))).toEqual([]);
  expect(only(objects, "Deployment").spec.template.spec.serviceAccountName).toBe("surveillance");
  expect(only(objects, "Job").spec.template.spec.serviceAccountName).toBe("surveillance");
  expect(only(objects, "Pod").spec.serviceAccountName).toBe("surveillance");
});

test("an ExternalSecret is there before the Job, and its Secret outlives it", () => {
  const { existingSecret: _, ...rest } = database;
  const externalSecret = { enabled: true, storeName: "aws", remoteKey: "staging/database", property: "password" };
  const objects = render({ database: { ...rest, externalSecret } });
  const { metadata, spec } = only(objects, "ExternalSecret");
  expect(metadata.annotations).toEqual({ ...BEFORE, "helm.sh/hook-delete-policy": "before-hook-creation" });
  expect(spec).toEqual({
    refreshInterval: "1h",
    secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
    target: { name: `${name}-database`, creationPolicy: "Orphan" },
    data: [{ secretKey: "password", remoteRef: { key: "staging/database", property: "password" } }],
  });
  const { env } = only(objects, "Job").spec.template.spec.containers[0];
  expect(env.at(-1).valueFrom.secretKeyRef).toEqual({ name: `${name}-database`, key: "password" });
});

test.each([
  ["no database", {}],
  ["migrations switched off", { database, migrations: { enabled: false } }],
])("with %s there is neither a Job nor what it needs", (_, values) => {
  const objects = render({ ...values, networkPolicy: { enabled: true, databaseCidrs: ["10.0.0.0/16"] } });
  expect(identities(objects).filter((each) => each.includes("migrate"))).toEqual([]);
});
