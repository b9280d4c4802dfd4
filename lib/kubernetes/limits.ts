import type { LimitRangeV1SpecLimit } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import type { Faults } from "../core/faults";
import { atMost, canonical, checkAtMost, checkQuantity, type NamedQuantity } from "./quantity-checks";
import type { Quota } from "./quota";

/** What a single container or claim may have, and what it gets if it says nothing. */
export interface LimitOptions {
  readonly container?: ContainerLimits;
  readonly persistentVolumeClaim?: PersistentVolumeClaimLimits;
}

/**
 * Defaults let a pod that names no resources pass the quota, which counts requests and memory limits.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export interface ContainerLimits {
  /**
   * Requests of a container that has none and no limit.
   *
   * @default - CPU "100m"; memory as its limit, so that a node never promises memory that it does not have
   */
  readonly defaultRequest?: ContainerResources;
  /**
   * Limits of a container that has none. A container that asks for more memory than this and sets no limit is refused.
   *
   * @default - memory "256Mi", or `defaultRequest`; CPU as `max`, as Kubernetes does
   */
  readonly default?: ContainerResources;
  /**
   * The most that a container may have. With `cpu` every container gets a CPU limit, and is slowed down at it.
   *
   * @default - memory "8Gi", or the quota if that is less; CPU without a limit
   */
  readonly max?: ContainerResources;
}

/** Quantities of one container. */
export interface ContainerResources {
  /** Unit: CPUs, in thousandths or more. For example `500m`. */
  readonly cpu?: string;
  /** Unit: bytes. For example `512Mi`. */
  readonly memory?: string;
}

/** Limits of claims for volumes. */
export interface PersistentVolumeClaimLimits {
  /**
   * The most that one claim may ask for. Unit: bytes.
   *
   * @default - "50Gi", or the quota if that is less
   */
  readonly maxStorage?: string;
}

export interface Limits {
  readonly defaultRequest: Required<ContainerResources>;
  readonly default: ContainerResources;
  readonly max: ContainerResources;
  readonly maxStorage: string;
}

type Property = (name: string) => string;

/** The options with their defaults, which give way to the quota and to what is said. */
export function resolveLimits({ container = {}, persistentVolumeClaim = {} }: LimitOptions, quota: Quota): Limits {
  const max = {
    cpu: container.max?.cpu,
    memory: container.max?.memory ?? atMost("8Gi", quota.memoryLimits),
  };
  const fallback = {
    cpu: container.default?.cpu ?? max.cpu,
    memory: container.default?.memory ?? container.defaultRequest?.memory ?? atMost("256Mi", max.memory, quota.memory),
  };
  return {
    defaultRequest: {
      cpu: container.defaultRequest?.cpu ?? atMost("100m", fallback.cpu, quota.cpu),
      memory: container.defaultRequest?.memory ?? atMost(fallback.memory, quota.memory),
    },
    default: fallback,
    max,
    maxStorage: persistentVolumeClaim.maxStorage ?? atMost("50Gi", quota.storage),
  };
}

/** Adds what is wrong with limits, alone and beside the quota. */
export function checkLimits(faults: Faults, limits: Limits, quota: Quota, property: Property): void {
  const of = (name: "defaultRequest" | "default" | "max", resource: "cpu" | "memory"): NamedQuantity => ({
    property: property(`limits.container.${name}.${resource}`),
    value: limits[name][resource],
  });
  const whole = (name: "cpu" | "memory" | "memoryLimits" | "storage"): NamedQuantity => ({
    property: property(`quota.${name}`),
    value: quota[name],
  });
  for (const name of ["defaultRequest", "default", "max"] as const) {
    checkQuantity(faults, "cpu", of(name, "cpu"));
    checkQuantity(faults, "bytes", of(name, "memory"));
  }
  for (const resource of ["cpu", "memory"] as const) {
    checkAtMost(faults, of("defaultRequest", resource), of("default", resource));
    checkAtMost(faults, of("default", resource), of("max", resource));
    checkAtMost(faults, of("defaultRequest", resource), whole(resource));
  }
  checkAtMost(faults, of("max", "cpu"), whole("cpu"));
  checkAtMost(faults, of("max", "memory"), whole("memoryLimits"));

  const maxStorage = {
    property: property("limits.persistentVolumeClaim.maxStorage"),
    value: limits.maxStorage,
  };
  checkQuantity(faults, "bytes", maxStorage);
  checkAtMost(faults, maxStorage, whole("storage"));
}

/** The limits as the resource wants them. */
export function limitRangeItems(limits: Limits): LimitRangeV1SpecLimit[] {
  return [
    {
      type: "Container",
      defaultRequest: canonical({ ...limits.defaultRequest }),
      default: canonical({ ...limits.default }),
      max: canonical({ ...limits.max }),
    },
    { type: "PersistentVolumeClaim", max: canonical({ storage: limits.maxStorage }) },
  ];
}
