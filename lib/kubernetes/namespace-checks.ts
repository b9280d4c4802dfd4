import type { Faults } from "../core/faults";
import { checkLabels } from "./labels";
import { checkLimits, resolveLimits } from "./limits";
import { checkNamespaceName } from "./namespace-name";
import type { NamespaceOptions } from "./namespace-props";
import { checkPodSecurity, POD_SECURITY_PREFIX } from "./pod-security";
import { checkQuota, resolveQuota } from "./quota";

type Property = (name: string) => string;

/** Adds what is wrong with a namespace, as far as it can be told without the cluster. */
export function checkNamespace(faults: Faults, options: NamespaceOptions, property: Property): void {
  const { namespaceName, labels = {}, podSecurity } = options;
  checkNamespaceName(faults, property("namespaceName"), namespaceName);
  checkLabels(faults, property("labels"), labels);
  for (const key of Object.keys(labels).filter(isReserved)) {
    faults.add(property("labels"), "must not set a label that Kubernetes or this construct sets", key);
  }
  if (podSecurity) checkPodSecurity(faults, property("podSecurity"), podSecurity);
  const quota = resolveQuota(options.quota ?? {});
  checkQuota(faults, quota, (name) => property(`quota.${name}`));
  checkLimits(faults, resolveLimits(options.limits ?? {}, quota), quota, property);
}

function isReserved(key: string): boolean {
  return key === "managed-by" || key.startsWith(POD_SECURITY_PREFIX) || key.startsWith("kubernetes.io/");
}
