import type { Faults } from "../core/faults";
import { FIRST_WITH_ADMISSION_POLICIES, hasAdmissionPolicies } from "../helm/check-team-admission";
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
  checkTeamsHeld(faults, config, property);
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

/** Teams are held by an admission policy too, which older clusters do not know. */
function checkTeamsHeld(
  faults: Faults,
  { kubernetesVersion, inCluster }: KubeconfigEnvironmentConfig,
  property: Property,
): void {
  const hasTeams = (inCluster.teams ?? []).length > 0;
  const rule = `must be ${FIRST_WITH_ADMISSION_POLICIES} or later in an environment with teams`;
  const fix = "upgrade the cluster, or leave 'inCluster.teams' out";
  const isHeld = !hasTeams || hasAdmissionPolicies(kubernetesVersion);
  faults.check(isHeld, property("kubernetesVersion"), rule, kubernetesVersion, fix);
}
