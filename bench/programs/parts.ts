import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { LocalBackend, type TerraformStack } from "cdktf";
import { APPLICATIONS } from "../../examples/twenty-applications/applications";
import type { ChartSource } from "../../lib/helm/chart-source";
import { metricsServer } from "../../lib/helm/charts/metrics-server";
import { HelmRelease } from "../../lib/helm/helm-release";
import type { ValuesLayer } from "../../lib/helm/release-props";
import { Namespace } from "../../lib/kubernetes/namespace";
import { refuseManifests } from "../../lib/kubernetes/refuse-manifests";

/** Something that a stack has many of. */
export interface Part {
  readonly name: string;
  /** So many are in one stack: enough to tell one, and few enough to fall between two interruptions. */
  readonly count: number;
  readonly add: (stack: TerraformStack, count: number) => void;
}

const kubernetesVersion = "1.35";

export const parts: readonly Part[] = [
  releases("local-chart", { path: "examples/twenty-applications/chart" }, application),
  releases(
    "repository-chart",
    { repository: "https://charts.example.com", name: "application", version: "1.2.3" },
    application,
  ),
  releases("known-chart", metricsServer, (index) => ({
    replicas: 2,
    args: ["--metric-resolution=30s"],
    commonLabels: { team: `team-${index}` },
    priorityClassName: "system-cluster-critical",
    resources: { requests: { cpu: "100m", memory: "200Mi" } },
    serviceMonitor: { enabled: true },
  })),
  {
    name: "namespace",
    count: 10,
    add: (stack, count) => {
      for (let index = 0; index < count; index++) {
        const namespaceName = `team-${index}`;
        new Namespace(stack, `Namespace-${namespaceName}`, { namespaceName, kubernetesVersion });
      }
    },
  },
];

/** Fills a stack with all of a part, and with what such a stack has besides. */
export function addPart(stack: TerraformStack, { count, add }: Part): void {
  new LocalBackend(stack, { path: "part.tfstate" });
  new KubernetesProvider(stack, "Kubernetes", { configPath: "kubeconfig" });
  new HelmProvider(stack, "Helm", { kubernetes: { configPath: "kubeconfig" } });
  refuseManifests(stack);
  add(stack, count);
}

function releases<C extends ChartSource>(name: string, chart: C, values: (index: number) => ValuesLayer<C>): Part {
  const facts = { namespaceName: "team", kubernetesVersion, podSecurityLevel: "restricted" } as const;
  const add = (stack: TerraformStack, count: number): void => {
    const namespace = Namespace.fromName(stack, "Namespace", facts);
    for (let index = 0; index < count; index++) {
      const releaseName = `release-${index}`;
      new HelmRelease(stack, `Release-${releaseName}`, { releaseName, namespace, chart, values: values(index) });
    }
  };
  return { name, count: 50, add };
}

/** The values of the example's applications, again and again. */
function application(index: number): object & ValuesLayer {
  const { team, values } = APPLICATIONS[index % APPLICATIONS.length] ?? { team: "", values: {} };
  return { ...values, team };
}
