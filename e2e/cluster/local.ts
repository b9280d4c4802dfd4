import { rmSync } from "node:fs";
import { join } from "node:path";
import { local } from "../../stacks/local-environment";
import { clusterRunFolder } from "../engines/folders";
import { capture } from "../engines/tools";
import { expect } from "../expect";
import { localHome } from "../local-home";
import { installed, PROJECT } from "../programs";
import { secretVariables } from "../settings";
import type { Cluster } from "./cluster";
import { out } from "./load";

/** `eks-platform doctor local` as its guide has it: everything given, then without one secret, then without the kubeconfig. */
export async function doctorOfLocal(cluster: Cluster): Promise<string> {
  const secrets = secretVariables(local.inCluster);
  const home = join(clusterRunFolder, "home");
  const kubeconfig = localHome(home, cluster.options.kubeconfig);
  const doctor = async (env: Record<string, string | undefined>) => {
    const args = ["lib/cli/eks-platform.ts", "doctor", "local", "--out", out];
    const { exitCode, stdout } = await capture(installed("tsx"), args, { cwd: PROJECT, env, seconds: 120 });
    const shown = Object.entries(secrets).filter(([, value]) => stdout.includes(value));
    expect(shown.length === 0, "no value of a secret in the output", shown);
    return { exitCode, fails: stdout.split("\n").filter((line) => line.startsWith("FAIL")) };
  };
  const all = await doctor({ ...secrets, HOME: home });
  expect(all.exitCode === 0 && all.fails.length === 0, "nothing to mend", all.fails);

  const [name = ""] = Object.keys(secrets);
  const one = await doctor({ ...secrets, HOME: home, [name]: undefined });
  expect(one.exitCode === 1 && one.fails.length === 1 && one.fails.join().includes(name), `${name} named`, one.fails);

  rmSync(kubeconfig);
  const none = await doctor({ ...secrets, HOME: home });
  expect(none.exitCode === 1 && none.fails.join().includes(".kube/config"), "the kubeconfig named", none.fails);
  return `ready; without ${name}: ${one.fails[0]}; without the file: ${none.fails[0]}`;
}
