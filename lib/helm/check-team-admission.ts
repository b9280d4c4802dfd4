import type { Faults } from "../core/faults";
import type { INamespace } from "../kubernetes/namespace-interface";
import { isSystemNamespace } from "../kubernetes/namespace-name";

/** @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ the first with it as a stable API */
const FIRST_MINOR = 30;

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
  const minor = Number(/^1\.(\d+)$/.exec(kubernetesVersion)?.[1]);
  const rule = `must be in a cluster of Kubernetes 1.${FIRST_MINOR} or later`;
  faults.check(!(minor < FIRST_MINOR), "namespace", rule, kubernetesVersion, "upgrade it");
}
