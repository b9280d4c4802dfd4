import type { CrdStrategy } from "../../lib/helm/chart-source";
import type { ValuesShape } from "../../lib/helm/known-chart";

/** A chart to write down the keys of. */
export interface ChartEntry {
  /** Name of the chart, of its file, and in camel case of its constant. */
  readonly name: string;
  /** Where it is published, at which version; undefined: in `charts/` of this package. */
  readonly published?: { readonly repository: string; readonly version: string };
  readonly crds: CrdStrategy;
  /** Keys that the chart's files show in comments only, or whose default says less than the templates take. */
  readonly more?: ValuesShape;
}

export const CHARTS: readonly ChartEntry[] = [
  { name: "platform-info", crds: "templates" },
  { name: "syndromic-surveillance-api", crds: "templates" },
  {
    name: "metrics-server",
    published: { repository: "https://kubernetes-sigs.github.io/metrics-server/", version: "3.13.1" },
    crds: "templates",
    more: { tmpVolume: "map" },
  },
  {
    name: "aws-load-balancer-controller",
    published: { repository: "https://aws.github.io/eks-charts", version: "3.5.0" },
    // The chart has a folder `crds`: an upgrade leaves them as they are.
    crds: "install-once",
    more: { certManager: { issuerRef: "map" }, creator: "scalar", envFrom: "list", envSecretName: "scalar" },
  },
  {
    name: "cert-manager",
    published: { repository: "oci://quay.io/jetstack/charts", version: "v1.21.1" },
    crds: "templates",
  },
  {
    name: "cluster-autoscaler",
    published: { repository: "https://kubernetes.github.io/autoscaler", version: "9.59.0" },
    crds: "templates",
    more: {
      extraArgs: "map",
      podDisruptionBudget: { minAvailable: "scalar" },
      serviceMonitor: { selector: "map" },
    },
  },
  {
    name: "external-secrets",
    published: { repository: "https://charts.external-secrets.io", version: "2.9.0" },
    crds: "templates",
    more: {
      podDisruptionBudget: { maxUnavailable: "scalar" },
      certController: { podDisruptionBudget: { maxUnavailable: "scalar" } },
      webhook: { podDisruptionBudget: { maxUnavailable: "scalar" } },
    },
  },
];
