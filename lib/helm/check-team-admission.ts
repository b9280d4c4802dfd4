import type { Faults } from "../core/faults";
import type { INamespace } from "../kubernetes/namespace-interface";
import { isSystemNamespace } from "../kubernetes/namespace-name";

/** @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ the first with it as a stable API */
export const FIRST_WITH_ADMISSION_POLICIES = "1.30";

/** Whether a cluster of a version, such as `1.31`, knows admission policies. What is no version is told elsewhere. */
export function hasAdmissionPolicies(kubernetesVersion: string): boolean {
  const minor = (version: string) => Number(/^1\.(\d+)$/.exec(version)?.[1]);
  return !(minor(kubernetesVersion) < minor(FIRST_WITH_ADMISSION_POLICIES));
}

/** Adds what is wrong with the namespaces of teams, and with the one of the release. */
export function checkTeamAdmission(faults: Faults, own: INamespace, namespaces: readonly INamespace[]): void {
  const names = namespaces.map(({ namespaceName }) => namespaceName);
  faults.check(names.length > 0, "namespaces", "must not be empty", undefined, "leave the construct out");
  faults.unique("namespaces", names);
  for (const name of names) {
    faults.literal("namespaces", name);
    const fix = "its own pods have such priority classes";
    faults.check(!isSystemNamespace(name), "namespaces", "must not name one of Kubernetes itself", name, fix);
  }
  const fix = "who writes Secrets there writes the release: use a namespace of the platform";
  const { namespaceName, kubernetesVersion } = own;
  faults.check(!names.includes(namespaceName), "namespace", "must not be one that it holds for", namespaceName, fix);
  const rule = `must be in a cluster of Kubernetes ${FIRST_WITH_ADMISSION_POLICIES} or later`;
  faults.check(hasAdmissionPolicies(kubernetesVersion), "namespace", rule, kubernetesVersion, "upgrade it");
}
