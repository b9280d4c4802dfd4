import type { NamespaceOptions } from "../kubernetes/namespace-props";
import type { ApplicationOptions } from "./application-props";

/**
 * With it AWS Load Balancer Controller holds a new pod back until the load balancer sends it requests: a rollout loses none.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
const READINESS_GATE = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };

/** The namespace that an application has for itself. */
export function ownNamespace(
  { applicationName, namespaceName, team, host, quota }: ApplicationOptions,
  onEks: boolean,
): NamespaceOptions {
  const isBalanced = onEks && host !== undefined;
  return {
    namespaceName: namespaceName ?? applicationName,
    labels: { team, ...(isBalanced && READINESS_GATE) },
    ...(quota && { quota }),
  };
}
