import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { controlPlaneAvailable } from "../engines/control-plane/binaries";
import { buildControlPlane } from "../engines/control-plane/build";
import { prepareControlPlane, runControlPlane } from "../engines/control-plane/run";
import { clusterRunFolder, type Log } from "../engines/folders";
import { settings } from "../settings";

/** Documented: the cluster to use instead of a control plane of our own. */
export const KUBECONFIG_VARIABLE = "EKS_PLATFORM_KUBECONFIG";

/** Where the API server comes from. */
export interface KubernetesPlan {
  /** Whether it is the loopback control plane: then whatever has no namespace may be stored in it too. */
  readonly own: boolean;
  readonly what: string;
  /** Makes it answer, and gives the kubeconfig of an administrator. */
  readonly start: (log: Log) => Promise<string>;
}

/** A given cluster, else the control plane of the project, else the one line that says what is missing. */
export async function planKubernetes(): Promise<KubernetesPlan | { readonly problem: string }> {
  const given = process.env[KUBECONFIG_VARIABLE];
  if (given) {
    const file = resolve(given);
    return existsSync(file)
      ? { own: false, what: `the cluster of ${KUBECONFIG_VARIABLE}`, start: async () => file }
      : { problem: `${KUBECONFIG_VARIABLE}=${given}: there is no such file` };
  }
  const available = await controlPlaneAvailable();
  if ("problem" in available) return available;
  const { folder, ready } = available;
  return {
    own: true,
    what: "a control plane on loopback",
    start: async (log) => startControlPlane(ready ? folder : await buildControlPlane(log), log),
  };
}

async function startControlPlane(folder: string, log: Log): Promise<string> {
  const prepared = await prepareControlPlane(settings.clusterName, clusterRunFolder);
  await runControlPlane({ folder, prepared, region: settings.region, log });
  return prepared.kubeconfig;
}
