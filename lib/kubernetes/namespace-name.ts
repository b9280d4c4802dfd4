import type { Faults } from "../core/faults";
import { DNS_LABEL } from "../core/kubernetes-names";

/** Whether a namespace is one of Kubernetes itself. */
export function isSystemNamespace(namespaceName: string): boolean {
  return /^(default|kube-.*)$/.test(namespaceName);
}

/** Adds what is wrong with the name of a namespace that shall be made. */
export function checkNamespaceName(faults: Faults, property: string, namespaceName: string): void {
  checkName(faults, property, namespaceName);
  faults.check(
    !isSystemNamespace(namespaceName),
    property,
    "must not be a namespace of Kubernetes itself",
    namespaceName,
  );
}

/** Adds what is wrong with the name of any namespace. */
export function checkName(faults: Faults, property: string, namespaceName: string): void {
  faults
    .literal(property, namespaceName)
    .matches(
      property,
      namespaceName,
      DNS_LABEL,
      "must be a Kubernetes name: lower-case letters, digits and '-', at most 63",
    );
}

/** Adds a fault unless the version is a minor one: Pod Security knows no other. */
export function checkKubernetesMinor(faults: Faults, property: string, kubernetesVersion: string): void {
  faults
    .literal(property, kubernetesVersion)
    .matches(
      property,
      kubernetesVersion,
      /^1\.\d{1,2}$/,
      "must be a minor version of Kubernetes",
      'for example "1.35"',
    );
}
