import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterRunFolder, type Environment } from "../engines/folders";
import { isAlive, startProcess } from "../engines/processes";
import { capture, mustRun, type Output } from "../engines/tools";
import { waitFor } from "../engines/waiting";
import { KubernetesHttp } from "./kubernetes-http";

export interface ClusterOptions {
  readonly kubeconfig: string;
  /** Whether it is ours alone: then whatever has no namespace may be stored in it too. */
  readonly own: boolean;
  /** Full path of the Helm program. */
  readonly helm: string;
  /** Raised by Ctrl-C: from then on nothing is asked of the cluster but to clean up. */
  readonly signal: AbortSignal;
}

/** A cluster that answers, and the three ways to it: kubectl, Helm and plain HTTP. */
export class Cluster {
  readonly own: boolean;
  private files = 0;

  private constructor(
    readonly options: ClusterOptions,
    readonly http: KubernetesHttp,
    /** As `http`, also after Ctrl-C. */
    readonly cleaning: KubernetesHttp,
    /** For example `1.35`. */
    readonly version: string,
  ) {
    this.own = options.own;
  }

  /** Starts `kubectl proxy` and waits until the cluster answers through it. */
  static async connect(options: ClusterOptions): Promise<Cluster> {
    const socket = join(clusterRunFolder, "kubernetes.sock");
    rmSync(socket, { force: true });
    const proxy = await startProcess({
      folder: clusterRunFolder,
      name: "kubectl-proxy",
      command: "kubectl",
      args: [`--kubeconfig=${options.kubeconfig}`, "proxy", `--unix-socket=${socket}`],
      env: noOtherCluster,
    });
    const cleaning = new KubernetesHttp(socket, new AbortController().signal);
    const bound = { seconds: 30, what: "kubectl proxy", log: proxy.log, alive: () => isAlive(proxy) };
    await waitFor(async () => (await cleaning.get("/version")).status === 200, bound);
    const { body } = await cleaning.get("/version");
    const version = `${body.major}.${String(body.minor).replace(/\D.*$/, "")}`;
    return new Cluster(options, new KubernetesHttp(socket, options.signal), cleaning, version);
  }

  kubectl(...args: string[]): Promise<Output> {
    return this.run("kubectl", args);
  }

  /** As `kubectl`, for what must succeed. */
  async mustKubectl(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.kubectl(...args);
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim()}`);
    return stdout;
  }

  helm(...args: string[]): Promise<Output> {
    return this.run(this.options.helm, args);
  }

  /** Objects in a file, for `kubectl -f`. */
  file(objects: readonly object[]): string {
    this.files += 1;
    const file = join(clusterRunFolder, "objects", `${this.files}.json`);
    mkdirSync(join(clusterRunFolder, "objects"), { recursive: true });
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }, undefined, 2));
    return file;
  }

  /** Takes away what a file of objects made; also after Ctrl-C. */
  async deleteFile(file: string): Promise<void> {
    const args = [`--kubeconfig=${this.options.kubeconfig}`, "delete", "--ignore-not-found", "--wait", "-f", file];
    await mustRun("kubectl", args, { env: noOtherCluster, seconds: 120 });
  }

  private run(command: string, args: readonly string[]): Promise<Output> {
    const { kubeconfig, signal } = this.options;
    signal.throwIfAborted();
    return capture(command, [`--kubeconfig=${kubeconfig}`, ...args], { env: noOtherCluster, signal, seconds: 300 });
  }
}

/** What the user's shell tells kubectl and Helm: another cluster, another namespace, another person must not come in this way. */
const noOtherCluster: Environment = {
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(HELM_|KUBE_|KUBECONFIG$|KUBECTL_)/.test(name))
      .map((name) => [name, undefined]),
  ),
  HELM_CACHE_HOME: join(clusterRunFolder, "helm", "cache"),
  HELM_CONFIG_HOME: join(clusterRunFolder, "helm", "config"),
  HELM_DATA_HOME: join(clusterRunFolder, "helm", "data"),
};
