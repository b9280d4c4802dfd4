export { BootstrapStack } from "./bootstrap-stack";
export { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";
export { InCluster, type InClusterProps } from "./in-cluster";
export { KubeconfigStack, type KubeconfigStackProps } from "./kubeconfig-stack";
export { addPlatform } from "./platform";
export { RegistryStack, type RegistryStackProps } from "./registry-stack";
