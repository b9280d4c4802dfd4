import { parseQuantity } from "../../lib/kubernetes/quantity";
import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";
import { waitFor } from "../engines/waiting";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import { type Environment, nameOf, platformKind } from "./environment";
import type { Answer } from "./kubernetes-http";
import { CONTAINER, pod } from "./pods";

type Amounts = Readonly<Record<string, string>>;

interface ContainerLimit {
  readonly type: string;
  readonly default?: Amounts;
  readonly defaultRequest?: Amounts;
  readonly max?: Amounts;
}

/** Quotas and limit ranges of every namespace that has both: each of their promises by a pod, a claim or a Service. */
export async function quotasHold(cluster: Cluster, environment: Environment): Promise<string> {
  const tried: string[] = [];
  for (const quota of platformKind(environment, "ResourceQuota")) {
    const namespace = quota.metadata.namespace ?? "";
    const range = platformKind(environment, "LimitRange").find(({ metadata }) => metadata.namespace === namespace);
    expect(range !== undefined, `a limit range beside the quota of ${namespace}`, "none");
    if (range)
      tried.push(`${namespace}: ${(await new Namespace(cluster, namespace, quota, range).everything()).join(", ")}`);
  }
  expect(tried.length > 0, "a namespace with a quota", "none");
  return tried.join("\n");
}

class Namespace {
  private readonly hard: Amounts;
  private readonly limits: readonly ContainerLimit[];

  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly quota: KubernetesObject,
    range: KubernetesObject,
  ) {
    this.hard = (quota.spec as { hard: Amounts }).hard;
    this.limits = (range.spec as { limits: readonly ContainerLimit[] }).limits;
  }

  async everything(): Promise<string[]> {
    // The quota refuses nothing before the controller has counted for the first time.
    const path = `/api/v1/namespaces/${this.namespace}/resourcequotas/${nameOf(this.quota)}`;
    await waitFor(async () => "hard" in ((await this.cluster.http.get(path)).body.status as object), {
      seconds: 30,
      what: `the quota of ${this.namespace}`,
    });
    const done = [await this.defaults(), await this.maximum(), await this.claimMaximum(), await this.wholeQuota()];
    return [...done, ...(await this.counted())].filter((what) => what !== "");
  }

  /** A container that says nothing has what the limit range says. */
  private async defaults(): Promise<string> {
    const { status, body, message } = await this.pods(pod("says-nothing"), true);
    expect(status === 201, `${this.namespace}: a pod without resources to be admitted`, message);
    const { containers } = body.spec as { containers: { resources?: { requests?: Amounts; limits?: Amounts } }[] };
    const { requests = {}, limits = {} } = containers[0]?.resources ?? {};
    const { defaultRequest = {}, default: fallback = {} } = this.limit("Container");
    expect(same(requests, { ...fallback, ...defaultRequest }), `${this.namespace}: the default requests`, requests);
    expect(same(limits, fallback), `${this.namespace}: the default limits`, limits);
    return `defaults ${Object.values({ ...requests }).join("/")}`;
  }

  /** A container above the largest is refused. */
  private async maximum(): Promise<string> {
    const { max = {} } = this.limit("Container");
    for (const [resource, most] of Object.entries(max)) {
      const resources = { requests: { [resource]: doubled(most) }, limits: { [resource]: doubled(most) } };
      const answer = await this.pods(pod("too-large", { container: { resources } }), true);
      refused(
        answer,
        `maximum ${resource} usage per Container is ${most}`,
        `${this.namespace}: a container above ${most}`,
      );
    }
    return `max ${Object.values(max).join("/")} held`;
  }

  private async claimMaximum(): Promise<string> {
    const most = this.limit("PersistentVolumeClaim").max?.storage;
    if (most === undefined) return "";
    const answer = await this.create("persistentvolumeclaims", {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "too-large" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: doubled(most) } } },
    });
    refused(
      answer,
      `maximum storage usage per PersistentVolumeClaim is ${most}`,
      `${this.namespace}: a claim above ${most}`,
    );
    return `claims up to ${most}`;
  }

  /** A pod that takes the whole quota of memory; then one more is refused. */
  private async wholeQuota(): Promise<string> {
    const whole = this.hard["requests.memory"];
    if (whole === undefined) return "";
    const path = `/api/v1/namespaces/${this.namespace}/pods/takes-all`;
    const made = await this.pods(this.podOf("takes-all", bytes(whole)), false);
    expect(made.status === 201, `${this.namespace}: a pod that takes ${whole}`, made.message);
    try {
      const another = await this.pods(pod("one-more"), true);
      refused(another, `exceeded quota: ${nameOf(this.quota)}`, `${this.namespace}: a pod above the quota`);
    } finally {
      await this.cluster.http.delete(`${path}?gracePeriodSeconds=0`);
    }
    await waitFor(async () => (await this.pods(pod("one-more"), true)).status === 201, {
      seconds: 60,
      what: `room in the quota of ${this.namespace}`,
    });
    return `quota ${whole} held`;
  }

  /** As many containers as it takes, since each has a largest size. */
  private podOf(name: string, whole: bigint) {
    const most = bytes(this.limit("Container").max?.memory ?? String(whole));
    const count = Number((whole + most - 1n) / most);
    const containers = Array.from({ length: count }, (_, index) => {
      const size = index < count - 1 ? whole / BigInt(count) : whole - (whole / BigInt(count)) * BigInt(count - 1);
      const memory = String(size);
      const cpu = this.hard["requests.cpu"] && "1m";
      return { ...CONTAINER, name: `c${index}`, resources: { requests: { memory, cpu }, limits: { memory } } };
    });
    return pod(name, { spec: { containers } });
  }

  /** Services that open a way in, where the quota allows none. */
  private async counted(): Promise<string[]> {
    const types = { LoadBalancer: "services.loadbalancers", NodePort: "services.nodeports" };
    const done: string[] = [];
    for (const [type, name] of Object.entries(types)) {
      if (this.hard[name] === undefined) continue;
      const answer = await this.create("services", {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "way-in" },
        spec: { type, selector: { app: "way-in" }, ports: [{ port: 80 }], ...withoutNodePorts(type) },
      });
      const what = `${this.namespace}: a Service of type ${type}`;
      if (this.hard[name] === "0") refused(answer, `exceeded quota: ${nameOf(this.quota)}`, what);
      else expect(answer.status === 201, `${what} to be admitted`, answer.message);
      done.push(`${this.hard[name]} ${type}`);
    }
    return done;
  }

  private limit(type: string): Partial<ContainerLimit> {
    return this.limits.find((limit) => limit.type === type) ?? {};
  }

  private pods(object: object, dryRun: boolean): Promise<Answer> {
    return this.create("pods", object, dryRun);
  }

  private create(resource: string, object: object, dryRun = true): Promise<Answer> {
    return this.cluster.http.create(`/api/v1/namespaces/${this.namespace}/${resource}`, object, { dryRun });
  }
}

/** So that the quota of load balancers is asked, and not that of node ports. */
function withoutNodePorts(type: string): object {
  return type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: false } : {};
}

function refused({ status, message }: Answer, because: string, what: string): void {
  expect(status === 403 && message.includes(because), `${what} to be refused: ${because}`, `${status} ${message}`);
}

function same(one: Amounts, other: Amounts): boolean {
  const sorted = (amounts: Amounts) => JSON.stringify(Object.entries(amounts).sort());
  return sorted(one) === sorted(other);
}

function doubled(quantity: string): string {
  const { nano } = parseQuantity(quantity) ?? { nano: 0n };
  return `${(nano * 2n) / 1_000_000n}m`;
}

function bytes(quantity: string): bigint {
  return (parseQuantity(quantity)?.nano ?? 0n) / 10n ** 9n;
}
