import type { KubernetesObject } from "../objects/kubernetes-object";

/**
 * Whether Helm runs the object as a hook: it makes it anew each time, never changes it, and forgets it afterwards.
 *
 * @see https://helm.sh/docs/topics/charts_hooks/
 */
export function isHook({ metadata }: KubernetesObject): boolean {
  return metadata.annotations?.["helm.sh/hook"] !== undefined;
}

/**
 * Whether Helm leaves the object in the cluster when its release no longer has it.
 *
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export function isKept({ metadata }: KubernetesObject): boolean {
  return metadata.annotations?.["helm.sh/resource-policy"] === "keep";
}
