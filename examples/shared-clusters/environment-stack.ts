import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Application } from "../../lib/application/application";
import { applyTags } from "../../lib/core/tags";
import type { PlatformContract } from "../../lib/platform/contract";
import { Platform } from "../../lib/platform/platform";
import { type Environment, reportsOf } from "./environments";

export interface EnvironmentStackProps {
  readonly environment: Environment;
  /** What the environment may count on in its cluster. */
  readonly contract: PlatformContract;
}

/** What runs in one environment: its own state, its own role, its own namespace. */
export class EnvironmentStack extends TerraformStack {
  constructor(scope: Construct, { environment, contract }: EnvironmentStackProps) {
    super(scope, environment.name);
    const { name, stage, imageTag, replicas } = environment;
    const platform = Platform.fromContract(this, "Platform", contract);
    platform.useState();
    applyTags(this, { Environment: name });
    const domain = `${name}.example.com`;
    new Application(this, "Surveillance", {
      environment: { ...platform.environment, stage, domain },
      namespace: platform.namespace(name),
      applicationName: "surveillance",
      team: name,
      image: {
        repository: "111122223333.dkr.ecr.eu-west-3.amazonaws.com/syndromic-surveillance-api",
        tag: imageTag,
      },
      host: `surveillance.${domain}`,
      replicas,
      statements: reportsOf(name),
      allow: [{ to: "internet" }],
    });
  }
}
