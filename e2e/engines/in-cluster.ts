import { controlPlaneAvailable } from "./control-plane/binaries";
import { buildControlPlane } from "./control-plane/build";
import type { Log } from "./folders";
import { missingProviders, type Providers } from "./providers";
import { capture } from "./tools";

/** What is behind the EKS clusters of a run. */
export type KubernetesPlan =
  | { readonly kind: "control-plane"; readonly programs: () => Promise<string> }
  | { readonly kind: "k3s" }
  | { readonly kind: "none"; readonly reason: string };

/**
 * Whether the in-cluster part can run here. The loopback control plane comes first, because it needs no images and is the
 * release that the environments are pinned to; a container for each cluster is what is left where Go is missing.
 */
export async function planKubernetes(wanted: "auto" | "off", providers: Providers, log: Log): Promise<KubernetesPlan> {
  if (wanted === "off") {
    return { kind: "none", reason: "the in-cluster part was not asked for" };
  }
  const lacking = missingProviders(providers, ["helm", "kubernetes"]);
  if (lacking !== undefined) {
    return { kind: "none", reason: lacking };
  }
  const aws = await capture("aws", ["--version"]);
  if (aws.exitCode !== 0) {
    return { kind: "none", reason: "the AWS CLI is needed for logins to the cluster (aws eks get-token)" };
  }
  const available = await controlPlaneAvailable();
  if (!("problem" in available)) {
    const { folder, ready } = available;
    return { kind: "control-plane", programs: async () => (ready ? folder : buildControlPlane(log)) };
  }
  if ((await capture("docker", ["info", "--format", "{{.ServerVersion}}"], { seconds: 10 })).exitCode === 0) {
    return { kind: "k3s" };
  }
  return { kind: "none", reason: `${available.problem}, and there is no Docker engine instead` };
}
