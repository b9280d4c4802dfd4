import type { Faults } from "../core/faults";
import { checkClusterNetwork } from "../kubernetes/cluster-network";
import { checkKubeconfig } from "../kubernetes/kubeconfig";
import { checkKubernetesMinor } from "../kubernetes/namespace-name";
import { checkOtherState } from "../state/other-state";
import { checkIdentity } from "./check-identity";
import { checkInCluster } from "./check-in-cluster";
import type { KubeconfigEnvironmentConfig } from "./kubeconfig-environment";

type Property = (name: string) => string;

/** Adds everything that is wrong with an environment in a cluster given by kubeconfig. Its shape must be right. */
export function checkKubeconfigEnvironment(
  faults: Faults,
  config: KubeconfigEnvironmentConfig,
  property: Property,
): void {
  const { stage, domain, kubeconfig, kubernetesVersion, state, removal, network = {}, inCluster } = config;
  checkIdentity(faults, config, property);
  checkKubeconfig(faults, kubeconfig, (name) => property(`kubeconfig.${name}`));
  checkKubernetesMinor(faults, property("kubernetesVersion"), kubernetesVersion);
  checkClusterNetwork(faults, network, (name) => property(`network.${name}`));
  if (state && "backend" in state) checkOtherState(faults, state, property("state"));
  if (stage === "prod") {
    const fix = "a state in a file is lost with the machine, and nothing keeps two people apart";
    faults
      .check(removal === "retain", property("removal"), 'must be "retain" in prod', removal)
      .check(state !== undefined, property("state"), "must be given in prod", undefined, fix);
  }
  checkInCluster(faults, inCluster, { stage, domain, onEks: false, network }, (own) => property(`inCluster.${own}`));
}
