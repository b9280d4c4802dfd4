import { App, TerraformStack } from "cdktf";
import type { RenderedEnvironment } from "../../../lib/render/render-environment";
import { anApplication, database, environment, type Given } from "../../support/application";
import { testCluster } from "../../support/cluster";
import { identities, lines, renderOutput, temporaryFolder, useOwnCache } from "../../support/render";

useOwnCache();

/** What an application brings into its cluster, as `render` finds it in what synth wrote. */
function rendered(given: (stack: TerraformStack) => Given): Promise<RenderedEnvironment> {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  const stack = new TerraformStack(app, "test");
  anApplication(stack, given(stack));
  app.synth();
  return renderOutput(app.outdir);
}

test("what an application brings passes every check, and no value of it is in vain", async () => {
  const result = await rendered((stack) => ({
    environment: { ...environment, cluster: testCluster(stack) },
    host: "surveillance.staging.example.com",
    database: { ...database, password: { variable: "db_password", revision: 1 } },
    statements: [],
    replicas: { min: 3, max: 3 },
    env: { LOG_LEVEL: "info" },
    values: { database: { sslMode: "verify-full" }, envFromSecrets: ["surveillance-django"] },
  }));
  expect(lines(result.findings)).toEqual([]);
  expect(result.complete).toBe(true);
  expect(identities(result).filter((each) => each.startsWith("surveillance/surveillance: "))).toEqual([
    "surveillance/surveillance: Service surveillance/surveillance",
    "surveillance/surveillance: apps/Deployment surveillance/surveillance",
    "surveillance/surveillance: batch/Job surveillance/surveillance-migrate",
    "surveillance/surveillance: networking.k8s.io/Ingress surveillance/surveillance",
    "surveillance/surveillance: policy/PodDisruptionBudget surveillance/surveillance",
  ]);
  const pods = result.objects.flatMap(({ object }) => {
    const { template } = (object.spec ?? {}) as { template?: { metadata: { labels: object }; spec: object } };
    return template ? [[object.kind, template.metadata.labels, template.spec]] : [];
  });
  const labels = { "app.kubernetes.io/instance": "surveillance", team: "epidemiology" };
  expect(pods).toEqual([
    [
      "Deployment",
      expect.objectContaining({ ...labels, "app.kubernetes.io/component": "web" }),
      expect.objectContaining({ serviceAccountName: "surveillance" }),
    ],
    ["Job", expect.objectContaining(labels), expect.objectContaining({ serviceAccountName: "surveillance" })],
  ]);
});

test("an application with nothing but what is required passes too", async () => {
  const result = await rendered(() => ({}));
  expect(lines(result.findings)).toEqual([]);
  expect(result.complete).toBe(true);
});

test("an ExternalSecret is rendered with the application", async () => {
  const password = { externalSecret: { storeName: "aws", remoteKey: "surveillance/db", property: "password" } };
  const result = await rendered(() => ({ database: { ...database, password } }));
  expect(lines(result.findings)).toEqual([]);
  expect(identities(result)).toContain(
    "surveillance/surveillance-password: external-secrets.io/ExternalSecret surveillance/surveillance-database",
  );
});
