import { type Check, fail } from "./check";
import type { Stack } from "./stack";

/**
 * Variables that the kubernetes and helm providers read besides the login that the stack gives them. What the stack gives is not in the list:
 * an argument wins over its variable. No value is shown.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#argument-reference
 */
export function loginVariableChecks({ kubeconfig, loginArguments }: Stack, env: NodeJS.ProcessEnv): Check[] {
  const names = [
    ...(kubeconfig || loginArguments ? MIXED : []),
    ...(kubeconfig ? BESIDE_KUBECONFIG : []),
    ...(loginArguments ? BESIDE_EKS : []),
  ];
  return names
    .filter((name) => env[name])
    .map((name) => ({ name, run: () => fail(`is set: ${effect(name, kubeconfig !== undefined)}`, `unset ${name}`) }));
}

const MIXED = [
  "KUBE_TOKEN",
  "KUBE_USER",
  "KUBE_PASSWORD",
  "KUBE_CLIENT_CERT_DATA",
  "KUBE_CLIENT_KEY_DATA",
  "KUBE_INSECURE",
  "KUBE_TLS_SERVER_NAME",
  "KUBE_PROXY_URL",
  // The helm provider takes it even where config_path is given.
  "KUBE_CONFIG_PATHS",
];
/** EKS stacks give the host and the certificate. */
const BESIDE_KUBECONFIG = ["KUBE_HOST", "KUBE_CLUSTER_CA_CERT_DATA", "KUBE_CTX_CLUSTER", "KUBE_CTX_AUTH_INFO"];
/** Stacks with a kubeconfig give the path. */
const BESIDE_EKS = ["KUBE_CONFIG_PATH"];

/** These name another cluster than the context does. */
const PLACES = ["KUBE_HOST", "KUBE_CTX_CLUSTER", "KUBE_CONFIG_PATHS"];

function effect(name: string, byKubeconfig: boolean): string {
  return byKubeconfig && PLACES.includes(name)
    ? "the providers would go there instead of the context"
    : "the providers would mix it into their login to the cluster";
}
