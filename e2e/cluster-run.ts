import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { Cluster } from "./cluster/cluster";
import { everything } from "./cluster/everything";
import { type KubernetesPlan, planKubernetes } from "./cluster/kubernetes";
import { Made } from "./cluster/made";
import { inventory, nothingLeft, nothingRuns } from "./cluster/nothing-left";
import { clusterRunFolder, makeRunFolder } from "./engines/folders";
import { helmBinary } from "./engines/helm-binary";
import { withLock } from "./engines/lock";
import { stopProcesses } from "./engines/processes";
import { which } from "./engines/tools";
import { Report } from "./report";

/**
 * `npm run e2e:cluster`: every promise about what is in a cluster, on a real Kubernetes API server, without AWS and without the Terraform
 * providers. With `--allow-left-out` the exit code is 0 also where this machine could not try something.
 */
async function main(): Promise<void> {
  const allowLeftOut = process.argv.includes("--allow-left-out");
  const signal = interruptSignal();
  const report = new Report(signal);
  const lock = join(makeRunFolder(clusterRunFolder), "cluster-run.lock");
  try {
    await withLock(lock, "another cluster run is under way", () => run(report, signal));
  } finally {
    report.print();
  }
  if (report.failed > 0 || (report.leftOutCount > 0 && !allowLeftOut)) process.exitCode = 1;
}

/** Ctrl-C ends the run in order: nothing of it may stay. */
function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  // Every call in flight listens.
  setMaxListeners(0, interrupt.signal);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) return;
      console.log(`    ${name}: cleaning up`);
      interrupt.abort(new Error(`interrupted by ${name}`));
    });
  }
  return interrupt.signal;
}

async function run(report: Report, signal: AbortSignal): Promise<void> {
  // What a run left behind that was killed.
  await stopProcesses(clusterRunFolder);
  const plan = await planKubernetes();
  if ("problem" in plan) return report.leftOut("everything in a cluster", plan.problem);
  if (which("kubectl") === undefined) return report.leftOut("everything in a cluster", "kubectl is needed");
  const helm = await helmBinary().catch((error: Error) => error);
  if (helm instanceof Error) return report.leftOut("everything in a cluster", helm.message);
  try {
    await onCluster(report, plan, helm, signal);
  } finally {
    await report.step("no process left", nothingRuns, { cleansUp: true });
  }
}

async function onCluster(report: Report, plan: KubernetesPlan, helm: string, signal: AbortSignal): Promise<void> {
  let connected: Cluster | undefined;
  const start = async () => {
    const kubeconfig = await plan.start((line) => console.log(`    ${line}`));
    connected = await Cluster.connect({ kubeconfig, own: plan.own, helm, signal });
    return `${plan.what}, Kubernetes ${connected.version}`;
  };
  await report.step("an API server", start, { needed: true });
  if (!connected) return;
  const cluster = connected;
  const before = await inventory(cluster);
  const made = new Made(cluster);
  try {
    await everything(report, cluster, made);
  } finally {
    await report.step("nothing left in the cluster", () => nothingLeft(cluster, made, before), { cleansUp: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
