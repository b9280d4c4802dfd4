import { distance } from "fastest-levenshtein";
import type { AskTool } from "./ask-tool";
import { oneLine } from "./aws-problem";
import { type Check, type Finding, fail, ok, warn } from "./check";
import { type KubeconfigFile, readKubeconfig } from "./kubeconfig-file";
import type { Stack } from "./stack";
import type { KubeconfigCluster } from "./stack-needs";

const FILE = "kubeconfig";
const CONTEXT = "context";

/** Whether the cluster of a kubeconfig can be found, and answers. */
export function kubeconfigChecks({ kubeconfig: cluster }: Stack, ask: AskTool): Check[] {
  if (!cluster) return [];
  let read: ReturnType<typeof readKubeconfig> | undefined;
  const reading = () => {
    read ??= readKubeconfig(cluster.path);
    return read;
  };
  const context = () => {
    const { file, finding } = reading();
    return file ? checkContext(file, cluster) : finding;
  };
  return [
    { name: FILE, run: () => reading().finding },
    { name: CONTEXT, needs: [FILE], run: context },
    { name: "cluster access", needs: [CONTEXT], run: () => checkAccess(ask, cluster) },
  ];
}

function checkContext(file: KubeconfigFile, { path, context: wanted }: KubeconfigCluster): Finding {
  const { contexts, clusters, users, currentContext } = file;
  const name = wanted ?? currentContext;
  if (name === undefined) return fail(`is not named, and ${path} has no current one`, NAME_ANOTHER);
  const context = contexts.find((each) => each.name === name);
  if (!context) return fail(`"${name}" is not in ${path}, which has ${listed(contexts, name)}`, NAME_ANOTHER);
  const { cluster, user } = context;
  if (!clusters.includes(cluster)) return fail(`"${name}" names ${whatIsAbsent(cluster)} in ${path}`, MEND);
  if (user === "") return warn(`"${name}" names no user in ${path}: the cluster is asked without a login`, MEND);
  if (!users.includes(user)) return fail(`"${name}" names the user "${user}", which is not in ${path}`, MEND);
  return ok(name);
}

const NAME_ANOTHER = "mend kubeconfig.context of the environment, or start the cluster";
const MEND = "start the cluster again, so that its tool writes the context anew";

function whatIsAbsent(cluster: string): string {
  return cluster === "" ? "no cluster" : `the cluster "${cluster}", which is not`;
}

/** The likeliest first. */
function listed(contexts: KubeconfigFile["contexts"], wanted: string): string {
  const names = contexts.map(({ name }) => name);
  return oneLine(names.sort((a, b) => distance(a, wanted) - distance(b, wanted)).join(", "));
}

interface VersionAnswer {
  readonly serverVersion?: { readonly gitVersion?: string };
}

async function checkAccess(ask: AskTool, { path, context, kubernetesVersion }: KubeconfigCluster): Promise<Finding> {
  const login = ["--kubeconfig", path, ...(context === undefined ? [] : ["--context", context])];
  const answer = await ask("kubectl", [...login, "version", "--output=json", "--request-timeout=10s"]);
  if (answer.kind === "missing") return warn("was not asked for: kubectl is not found", "install it to see more here");
  const start = `see that the cluster runs and that this login is still good: kubectl ${login.join(" ")} get nodes`;
  if (answer.kind === "silent") return fail(`gave no answer within ${answer.seconds} s`, start);
  if (answer.exitCode !== 0) return fail(`does not work: ${problemIn(answer.errors, answer.exitCode)}`, start);
  const version = versionIn(answer.output);
  if (!version) return fail("does not work: the cluster does not tell its version", start);
  const shown = `works, Kubernetes ${version}`;
  const [minor] = /^\d+\.\d+/.exec(version) ?? [];
  if (kubernetesVersion === undefined || minor === kubernetesVersion) return ok(shown);
  return warn(
    `${shown}, and the stack is made for ${kubernetesVersion}`,
    `write kubernetesVersion: "${minor}", or take another cluster`,
  );
}

/** What kubectl itself says, in its last line. The lines above may come from a program that logs in, and hold what it likes. */
function problemIn(errors: string, exitCode: number): string {
  const last = errors.trimEnd().split("\n").at(-1) ?? "";
  return /^(error:|Unable to connect|The connection|Error from server)/.test(last)
    ? oneLine(last)
    : `kubectl ended with exit code ${exitCode}`;
}

/** `1.35.2` of what `kubectl version` answers. */
function versionIn(output: string): string | undefined {
  try {
    const { serverVersion } = JSON.parse(output) as VersionAnswer;
    return /^v(\d+\.\d+\.[\w.+-]+)$/.exec(serverVersion?.gitVersion ?? "")?.[1];
  } catch {
    return undefined;
  }
}
