import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "../lib/core/aws-provider";
import { applyTags } from "../lib/core/tags";
import type { RegistryConfig } from "../lib/environment/registry-config";
import { Registry } from "../lib/registry/registry";
import { useS3State } from "../lib/state/s3-state";
import type { StateLocation } from "../lib/state/state-location";

/** A registry's record, and what was resolved for it. */
export interface RegistryStackProps {
  readonly config: RegistryConfig;
  /** Where the stack's state lies. */
  readonly state: StateLocation;
}

/** Where images and charts lie before an environment pulls them, and after one is destroyed. */
export class RegistryStack extends TerraformStack {
  constructor(scope: Construct, { config, state }: RegistryStackProps) {
    super(scope, config.id);
    const { id, account, images, charts, pullAccountIds, untaggedDays, removal } = config;
    useS3State(this, { location: state, locking: config.state.locking, roleArn: config.state.roleArn });
    awsProvider(this, "Aws", { account, roleArn: account.deployRoleArn });
    applyTags(this, { ...config.tags, Environment: id, ManagedBy: "terraform" });

    const registry = new Registry(this, "Registry", {
      account,
      registryName: id,
      images,
      charts,
      pullAccountIds,
      untaggedDays,
      removal,
    });
    const output = (name: string, description: string, value: unknown) =>
      new TerraformOutput(this, name, { description, value });
    output("registry_host", "Host of the registry: what a login is for", registry.host);
    output("charts_address", "Where charts are pushed to, and the 'repository' of a release", registry.chartsAddress);
    output(
      "repository_addresses",
      "Addresses of all repositories by name: the 'repository' of an image",
      Object.fromEntries(registry.repositories.map(({ repositoryName, address }) => [repositoryName, address])),
    );
  }
}
