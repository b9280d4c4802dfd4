import { ownNamespace } from "../application/own-namespace";
import type { NamespaceOptions } from "../kubernetes/namespace-props";
import type { ApplicationConfig } from "./application-config";
import type { InClusterConfig } from "./in-cluster-config";

/** The namespace that an application is in: one of the environment's, or one of its own. */
export function namespaceOf({ namespace, namespaceName, applicationName }: ApplicationConfig): string {
  return namespace ?? namespaceName ?? applicationName;
}

/** All namespaces that an environment makes: those of its records, and those that applications have for themselves. */
export function allNamespaces({ namespaces, applications = [] }: InClusterConfig, onEks: boolean): NamespaceOptions[] {
  const listed = namespaces.map(({ allow: _, ...options }) => options);
  const own = applications
    .filter(({ namespace }) => namespace === undefined)
    .map((config) => ownNamespace(config, onEks));
  return [...listed, ...own];
}
