import { randomUUID } from "node:crypto";
import { waitFor } from "../engines/waiting";
import { expect } from "../expect";
import type { Cluster } from "./cluster";

const MARK = "eks-platform/cluster-run";

/** What a run made in a cluster, so that it takes away that and nothing else. */
export class Made {
  /** Which run it was: stands on every namespace. */
  private readonly id = randomUUID();
  /** Also those whose making went wrong: the mark says whether they came to be. */
  private readonly asked = new Set<string>();
  private readonly namespaces = new Set<string>();
  private readonly files: string[] = [];

  constructor(private readonly cluster: Cluster) {}

  /**
   * Makes a namespace, without anything of it but the name.
   *
   * @throws {Error} if there is one of that name: somebody else's, as nobody knows what is in it
   */
  async namespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<void> {
    this.cluster.options.signal.throwIfAborted();
    this.asked.add(name);
    // Not ended by Ctrl-C halfway: whether it came to be would be known only later.
    const { status, message } = await this.cluster.cleaning.create("/api/v1/namespaces", {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels, annotations: { [MARK]: this.id } },
    });
    if (status === 409) throw new Error(`${await this.whose(name)}: nothing was done to it`);
    expect(status === 201, `namespace ${name} to be made`, message);
    this.namespaces.add(name);
    // Pods are refused before the controllers have made the account they run as.
    const account = `${pathOf(name)}/serviceaccounts/default`;
    await waitFor(async () => (await this.cluster.http.get(account)).status === 200, {
      seconds: 60,
      what: `the default service account of ${name}`,
      alive: () => !this.cluster.options.signal.aborted,
    });
  }

  /** Remembers objects that are applied from a file. */
  file(file: string): void {
    this.files.push(file);
  }

  /** Takes away what a file made, before the end. */
  async removeFile(file: string): Promise<void> {
    await this.cluster.deleteFile(file);
    this.files.splice(this.files.indexOf(file), 1);
  }

  has(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  /** Takes everything away, also after Ctrl-C, and waits until it is gone. Answers the names of the namespaces. */
  async remove(): Promise<string[]> {
    const { cleaning, own } = this.cluster;
    const removed: string[] = [];
    const problems: string[] = [];
    for (const name of this.asked) {
      if ((await this.markOf(name)) !== this.id) continue;
      const { status, message } = await cleaning.delete(pathOf(name));
      if (status < 300 || status === 404) removed.push(name);
      else problems.push(message);
    }
    expect(problems.length === 0, "all namespaces of the run to go", problems.join("\n"));
    for (const name of removed) {
      await waitFor(async () => (await cleaning.get(pathOf(name))).status === 404, {
        seconds: 120,
        what: `end of namespace ${name}`,
      });
    }
    this.asked.clear();
    this.namespaces.clear();
    // In a given cluster nothing lies outside the namespaces, and they take everything with them.
    if (own) for (const file of this.files.splice(0).reverse()) await this.cluster.deleteFile(file);
    return removed;
  }

  private async whose(name: string): Promise<string> {
    return (await this.markOf(name)) === undefined
      ? `there is a namespace ${name} in the cluster already`
      : `namespace ${name} is there from a run that was killed (kubectl delete namespace ${name})`;
  }

  /** The run that made a namespace; undefined if it was none, or there is no such namespace. */
  private async markOf(name: string): Promise<string | undefined> {
    const { body } = await this.cluster.cleaning.get(pathOf(name));
    const metadata = body.metadata as { annotations?: Readonly<Record<string, string>> } | undefined;
    return metadata?.annotations?.[MARK];
  }
}

function pathOf(namespace: string): string {
  return `/api/v1/namespaces/${namespace}`;
}
