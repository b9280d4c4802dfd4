import type { Faults } from "../core/faults";
import { canonical, checkAtMost, checkQuantity } from "./quantity-checks";

/**
 * What all pods of a namespace may have together. CPU limits are not counted: a quota on them would make a limit the duty of every
 * container, and a CPU limit slows a container down even where the node is idle. Requests already divide the CPU fairly.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export interface QuotaOptions {
  /**
   * Sum of CPU requests. Unit: CPUs.
   *
   * @default "10"
   */
  readonly cpu?: string;
  /**
   * Sum of memory requests. Unit: bytes.
   *
   * @default "20Gi"
   */
  readonly memory?: string;
  /**
   * Sum of memory limits. Unit: bytes. More than `memory` lets the namespace promise more than it has, and the node kill for it.
   *
   * @default - as `memory`
   */
  readonly memoryLimits?: string;
  /** @default 50 */
  readonly pods?: number;
  /** @default 10 */
  readonly persistentVolumeClaims?: number;
  /**
   * Sum of what persistent volume claims ask for. Unit: bytes.
   *
   * @default "100Gi"
   */
  readonly storage?: string;
  /**
   * Services of type LoadBalancer: each is a way into the cluster. Needs `nodePorts` too, unless the Service sets
   * `allocateLoadBalancerNodePorts` to false.
   *
   * @default 0
   */
  readonly loadBalancers?: number;
  /**
   * Ports of Services on every node.
   *
   * @default 0
   */
  readonly nodePorts?: number;
  /**
   * Jobs, finished ones too: a CronJob that runs wild stops here instead of filling etcd.
   *
   * @default 100
   */
  readonly jobs?: number;
}

export type Quota = Required<QuotaOptions>;

type Property = (name: string) => string;

/** The options with their defaults. */
export function resolveQuota(options: QuotaOptions): Quota {
  const memory = options.memory ?? "20Gi";
  return {
    cpu: options.cpu ?? "10",
    memory,
    memoryLimits: options.memoryLimits ?? memory,
    pods: options.pods ?? 50,
    persistentVolumeClaims: options.persistentVolumeClaims ?? 10,
    storage: options.storage ?? "100Gi",
    loadBalancers: options.loadBalancers ?? 0,
    nodePorts: options.nodePorts ?? 0,
    jobs: options.jobs ?? 100,
  };
}

/** Adds what is wrong with a quota. */
export function checkQuota(faults: Faults, quota: Quota, property: Property): void {
  checkQuantity(faults, "cpu", { property: property("cpu"), value: quota.cpu });
  const inherited = quota.memoryLimits === quota.memory;
  for (const name of ["memory", ...(inherited ? [] : ["memoryLimits" as const]), "storage"] as const) {
    checkQuantity(faults, "bytes", { property: property(name), value: quota[name] });
  }
  for (const name of ["pods", "persistentVolumeClaims", "loadBalancers", "nodePorts", "jobs"] as const) {
    faults.integer(property(name), quota[name], 0);
  }
  checkAtMost(
    faults,
    { property: property("memory"), value: quota.memory },
    { property: property("memoryLimits"), value: quota.memoryLimits },
  );
}

/** The quota by the names of Kubernetes. */
export function quotaHard(quota: Quota): Record<string, string> {
  const { cpu, memory, memoryLimits, storage } = quota;
  return {
    ...canonical({
      "requests.cpu": cpu,
      "requests.memory": memory,
      "limits.memory": memoryLimits,
      "requests.storage": storage,
    }),
    pods: `${quota.pods}`,
    persistentvolumeclaims: `${quota.persistentVolumeClaims}`,
    "services.loadbalancers": `${quota.loadBalancers}`,
    "services.nodeports": `${quota.nodePorts}`,
    "count/jobs.batch": `${quota.jobs}`,
  };
}
