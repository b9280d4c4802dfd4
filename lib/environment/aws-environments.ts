import type { AwsEnvironmentConfig, PlatformConfig } from "./environment-config";

/** The environments that have a VPC and an EKS cluster of their own. */
export function awsEnvironments({ environments }: Pick<PlatformConfig, "environments">): AwsEnvironmentConfig[] {
  return environments.filter((config) => config.kind === "aws");
}
