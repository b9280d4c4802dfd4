import { TerraformStack } from "cdktf";
import { awsEnvironments } from "../../lib/environment/aws-environments";
import type {
  AwsEnvironmentConfig,
  EnvironmentConfig,
  PlatformConfig,
  StateStoreConfig,
} from "../../lib/environment/environment-config";
import { IN_CLUSTER_OFF_VARIABLE } from "../../lib/environment/in-cluster";
import type { KubeconfigEnvironmentConfig } from "../../lib/environment/kubeconfig-environment";
import { platform } from "../../stacks/environments";
import { addPlatform } from "../../stacks/platform";
import { type Body, type Synthesized, synthesize, testApp } from "./synth";

/** A valid state store. */
export const store: StateStoreConfig = {
  id: "bootstrap",
  account: { accountId: "111122223333", region: "eu-west-3" },
  copyRegion: "eu-central-1",
  tags: { Team: "platform", CostCenter: "platform" },
};

/** A valid environment with nothing but what is required. */
export const environment: AwsEnvironmentConfig = {
  kind: "aws",
  name: "test",
  stage: "dev",
  account: {
    accountId: "111122223333",
    region: "eu-west-3",
    deployRoleArn: "arn:aws:iam::111122223333:role/platform-deploy",
  },
  state: { store: "bootstrap" },
  removal: "destroy",
  tags: { Team: "platform", CostCenter: "genomics" },
  network: { cidrBlock: "10.64.0.0/16", availabilityZones: ["eu-west-3a", "eu-west-3b"] },
  cluster: {
    clusterName: "test",
    kubernetesVersion: "1.35",
    availabilityZones: ["eu-west-3a", "eu-west-3b"],
    endpointAccess: [{ via: "route", cidrBlocks: ["10.255.0.0/24"] }],
  },
  nodeGroups: [
    {
      nodeGroupName: "genomics",
      availabilityZones: ["eu-west-3a", "eu-west-3b"],
      instanceTypes: ["m5.large"],
      scaling: { min: 1, desired: 1, max: 3 },
      releaseVersion: "1.35.8-20260930",
    },
  ],
  addons: {
    "vpc-cni": "v1.22.4-eksbuild.3",
    "kube-proxy": "v1.35.3-eksbuild.29",
    coredns: "v1.13.2-eksbuild.31",
    "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  },
  access: [],
  inCluster: { namespaces: [], releases: [] },
};

/** The stacks of a platform, with the in-cluster parts named in `off` left out by the variable, whatever the machine sets. */
function stacksOf(config: PlatformConfig, off: string): TerraformStack[] {
  const before = process.env[IN_CLUSTER_OFF_VARIABLE];
  process.env[IN_CLUSTER_OFF_VARIABLE] = off;
  try {
    const app = testApp();
    addPlatform(app, config);
    return app.node.children.filter(TerraformStack.isStack);
  } finally {
    if (before === undefined) delete process.env[IN_CLUSTER_OFF_VARIABLE];
    else process.env[IN_CLUSTER_OFF_VARIABLE] = before;
  }
}

/** Every stack of a platform by its name, as the CLI would synthesise them. */
export function synthesizePlatform(config: PlatformConfig, off = ""): Readonly<Record<string, Synthesized>> {
  return Object.fromEntries(stacksOf(config, off).map((stack) => [stack.node.id, synthesize(stack)]));
}

/** One stack of a platform, the others left alone. */
export function synthesizeStack(name: string, config: PlatformConfig = platform): Synthesized {
  const stack = stacksOf(config, "").find(({ node }) => node.id === name);
  if (!stack) throw new Error(`no stack ${name}`);
  return synthesize(stack);
}

/** One of the stacks of `synthesizePlatform`. */
export function stackIn(stacks: Readonly<Record<string, Synthesized>>, name: string): Synthesized {
  const stack = stacks[name];
  if (!stack) throw new Error(`no stack ${name}`);
  return stack;
}

/** A valid environment in a cluster given by kubeconfig, with nothing but what is required. */
export const anyCluster: KubeconfigEnvironmentConfig = {
  kind: "kubeconfig",
  name: "desk",
  stage: "dev",
  kubeconfig: { path: "~/.kube/config", context: "minikube" },
  kubernetesVersion: "1.35",
  removal: "destroy",
  inCluster: { namespaces: [], releases: [] },
};

/** The environments of AWS that the repository deploys. */
export const shippedOnAws = awsEnvironments(platform);

/** One of the environments of AWS that the repository deploys. */
export function shipped(name: string): AwsEnvironmentConfig {
  const config = shippedOnAws.find((each) => each.name === name);
  if (!config) throw new Error(`no environment ${name}`);
  return config;
}

/** The repository's platform with one environment changed. */
export function platformWith(name: string, changes: Partial<AwsEnvironmentConfig>): PlatformConfig {
  const changed = (each: EnvironmentConfig) =>
    each.kind === "aws" && each.name === name ? { ...each, ...changes } : each;
  const environments = platform.environments.map(changed);
  return { ...platform, environments };
}

/** The resources of a provider, by address. */
export function resourcesOf(stack: Synthesized, prefix = ""): Readonly<Record<string, Body>> {
  return Object.fromEntries(
    stack.addresses
      .filter((address) => address.startsWith(prefix))
      .map((address) => {
        const [type = "", id = ""] = address.split(".");
        return [address, stack.resources(type)[id] ?? {}];
      }),
  );
}
