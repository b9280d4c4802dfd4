/** Every cluster has them. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const INITIAL_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];
