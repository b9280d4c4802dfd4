import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { KubeconfigEnvironmentConfig } from "../lib/environment/kubeconfig-environment";
import { ClusterProviders } from "../lib/kubernetes/providers";
import { useLocalState } from "../lib/state/local-state";
import { useOtherState } from "../lib/state/other-state";
import { useS3State } from "../lib/state/s3-state";
import type { StateLocation } from "../lib/state/state-location";
import { InCluster } from "./in-cluster";

/** The record of an environment by kubeconfig, and what was resolved for it. */
export interface KubeconfigStackProps {
  readonly config: KubeconfigEnvironmentConfig;
  /** Where the stack's state lies, if it lies in a state store. */
  readonly state?: StateLocation;
}

/** Where kubectl looks by itself. */
const DEFAULT_KUBECONFIG = "~/.kube/config";

/** One environment in a cluster that is there: what runs in it, and nothing of AWS. */
export class KubeconfigStack extends TerraformStack {
  constructor(scope: Construct, { config, state }: KubeconfigStackProps) {
    super(scope, config.name);
    const { stage, domain, kubernetesVersion, network, removal, kubeconfig, inCluster } = config;
    if (state && config.state && "store" in config.state) useS3State(this, { ...config.state, location: state });
    else if (config.state && "backend" in config.state) useOtherState(this, config.state);
    else useLocalState(this);
    new InCluster(this, "InCluster", {
      environment: { stage, domain, kubernetesVersion, network, removal },
      inCluster,
      connect: (place) => new ClusterProviders(place, "Providers", { kubeconfig }),
      // Several environments may lie in one cluster.
      teamAdmissionName: `team-admission-${config.name}`,
    });
    const file = kubeconfig.path === DEFAULT_KUBECONFIG ? "" : `--kubeconfig ${kubeconfig.path} `;
    new TerraformOutput(this, "look_around", {
      description: "What comes next: what runs in this cluster",
      value: `kubectl ${file}--context ${kubeconfig.context} get pods --all-namespaces`,
    });
  }
}
