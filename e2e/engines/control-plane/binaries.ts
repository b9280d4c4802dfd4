import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { emulatorsFolder } from "../folders";
import { capture, isExecutable } from "../tools";

export const controlPlaneVersions = { kubernetes: "1.35.4", etcd: "3.6.8", kwok: "0.8.0" } as const;

/** Documented: a folder of ready programs, so that nothing is built. */
export const controlPlaneVariable = "EKS_PLATFORM_CONTROL_PLANE";

export const programs = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
/** kwok's rules of how nodes and pods come to life, beside its program. */
export const stagesFile = "kwok-stages.yaml";

/** Where programs that we build are kept; the name changes with every version. */
export const builtFolder = join(emulatorsFolder, `control-plane-${Object.values(controlPlaneVersions).join("-")}`);

export interface ControlPlaneSource {
  readonly folder: string;
  /** False when a build must come first. */
  readonly ready: boolean;
}

/** Where the programs come from on this machine, or the one line that says why they cannot be had. */
export async function controlPlaneAvailable(): Promise<ControlPlaneSource | { readonly problem: string }> {
  if ((await capture("openssl", ["version"])).exitCode !== 0) {
    return { problem: "a Kubernetes control plane needs openssl for its certificates" };
  }
  const given = process.env[controlPlaneVariable];
  if (given !== undefined && given !== "") {
    const folder = resolve(given);
    const missing = missingIn(folder);
    return missing.length === 0
      ? { folder, ready: true }
      : { problem: `${controlPlaneVariable}=${given} lacks ${missing.join(", ")}` };
  }
  if (missingIn(builtFolder).length === 0) {
    return { folder: builtFolder, ready: true };
  }
  const go = await capture("go", ["env", "GOVERSION"]);
  const [, major = "0", minor = "0"] = /^go(\d+)\.(\d+)/.exec(go.stdout) ?? [];
  if (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 25)) {
    const found = go.exitCode === 0 ? go.stdout.trim() : "none found";
    return { problem: `Go 1.25 or newer is needed to build a Kubernetes control plane (${found})` };
  }
  return { folder: builtFolder, ready: false };
}

export function missingIn(folder: string): string[] {
  const missing: string[] = programs.filter((program) => !isExecutable(join(folder, program)));
  return existsSync(join(folder, stagesFile)) ? missing : [...missing, stagesFile];
}
