import { awsLoadBalancerController } from "../../../lib/helm/charts/aws-load-balancer-controller";
import { certManager } from "../../../lib/helm/charts/cert-manager";
import { clusterAutoscaler } from "../../../lib/helm/charts/cluster-autoscaler";
import { externalSecrets } from "../../../lib/helm/charts/external-secrets";
import { metricsServer } from "../../../lib/helm/charts/metrics-server";
import { platformInfo } from "../../../lib/helm/charts/platform-info";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { knownAtApply } from "../../../lib/helm/known-at-apply";
import type { ValuesOf } from "../../../lib/helm/known-chart";
import { messageOf } from "../../support/errors";
import { testNamespace } from "../../support/namespace";
import { testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

test("each known chart can be installed with values that its documentation shows", () => {
  const scope = testStack();
  const namespace = testNamespace(scope, "platform");
  const names = [
    new HelmRelease(scope, "Info", {
      releaseName: "info",
      namespace,
      chart: platformInfo,
      values: { info: { a: "b" } },
    }),
    new HelmRelease(scope, "Metrics", {
      releaseName: "metrics-server",
      namespace,
      chart: metricsServer,
      values: [
        { replicas: 2, resources: { limits: { memory: "200Mi" } } },
        { podDisruptionBudget: { minAvailable: 1 } },
      ],
    }),
    new HelmRelease(scope, "LoadBalancers", {
      releaseName: "load-balancers",
      namespace,
      chart: awsLoadBalancerController,
      values: { clusterName: knownAtApply(aToken(), "staging"), securityContext: { capabilities: { drop: ["ALL"] } } },
    }),
    new HelmRelease(scope, "CertManager", {
      releaseName: "cert-manager",
      namespace,
      chart: certManager,
      values: { crds: { enabled: true }, prometheus: { servicemonitor: { enabled: true } }, nodeSelector: null },
    }),
    new HelmRelease(scope, "Autoscaler", {
      releaseName: "autoscaler",
      namespace,
      chart: clusterAutoscaler,
      values: { autoDiscovery: { clusterName: "staging" }, extraArgs: { expander: "least-waste" } },
    }),
    new HelmRelease(scope, "Secrets", {
      releaseName: "external-secrets",
      namespace,
      chart: externalSecrets,
      values: { webhook: { replicaCount: 2 }, podSecurityContext: { fsGroup: 2000 }, "bitwarden-sdk-server": {} },
    }),
  ].map(({ releaseName }) => releaseName);
  expect(names).toHaveLength(6);
});

test("a key that the chart would ignore without a word does not compile, and fails at synth", () => {
  const scope = testStack();
  const namespace = testNamespace(scope, "platform");
  const ofMetrics = { releaseName: "metrics-server", namespace, chart: metricsServer };
  const ofCertManager = { releaseName: "cert-manager", namespace, chart: certManager };
  const ofSecrets = { releaseName: "external-secrets", namespace, chart: externalSecrets };
  const wrong = [
    // @ts-expect-error: the chart calls it replicas
    () => new HelmRelease(scope, "A", { ...ofMetrics, values: { replicaCount: 2 } }),
    // @ts-expect-error: the chart writes it in lower case
    () => new HelmRelease(scope, "B", { ...ofCertManager, values: { prometheus: { serviceMonitor: {} } } }),
    // @ts-expect-error: a number
    () => new HelmRelease(scope, "C", { ...ofSecrets, values: { replicaCount: "2" } }),
  ];
  expect(wrong.map(messageOf)).toEqual([
    "'values.replicaCount' is not a key of the chart at test/A; see the chart's values",
    `'values.prometheus.serviceMonitor' is not a key of the chart at test/B; did you mean "servicemonitor"?`,
    "'values.replicaCount' must be a number, not text at test/C",
  ]);
});

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Crds = NonNullable<ValuesOf<typeof certManager.shape>["crds"]>;

test("the types of a chart's values are those of its schema, each optional and open for null", () => {
  const keys: Equal<
    Extract<Crds, { enabled?: unknown }>["enabled"],
    boolean | null | undefined | ReturnType<typeof knownAtApply>
  > = true;
  expect(keys).toBe(true);
});
