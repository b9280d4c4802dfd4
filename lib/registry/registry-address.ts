import { ACCOUNT_ID, type AwsAccount, dnsSuffixOf, REGION } from "../core/account";

/** Whose registry it is: each account has one in each region. */
export type RegistryOwner = Pick<AwsAccount, "accountId" | "region">;

/** First segment of the repositories of charts: `helm push` adds the chart's name to the address that it is given. */
export const CHARTS_PATH = "charts";

/**
 * The host of an account's registry, for example `111122223333.dkr.ecr.eu-west-3.amazonaws.com`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
 */
export function registryHost({ accountId, region }: RegistryOwner): string {
  return `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;
}

/**
 * Whose registry a host is; undefined of every host that is not one of ECR. The domain must be the one of the region's partition: a token
 * of AWS goes to no other host.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr.html
 */
export function parseRegistryHost(host: string): RegistryOwner | undefined {
  const [, accountId = "", region = "", dnsSuffix] = /^(\d+)\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(.+)$/.exec(host) ?? [];
  const isRegistry = ACCOUNT_ID.test(accountId) && REGION.test(region) && dnsSuffix === dnsSuffixOf(region);
  return isRegistry ? { accountId, region } : undefined;
}

/** The address of a repository, as an image's `repository` is written. */
export function repositoryAddress(owner: RegistryOwner, repositoryName: string): string {
  return `${registryHost(owner)}/${repositoryName}`;
}

/** Where charts are pushed to, and what a release's `repository` is. */
export function chartsAddress(owner: RegistryOwner): string {
  return `oci://${repositoryAddress(owner, CHARTS_PATH)}`;
}

/** The host, with its port, of an address that begins with `oci://`; undefined of every other address. */
export function ociHost(address: string): string | undefined {
  return /^oci:\/\/([^\s/?#@]+)(?:\/|$)/.exec(address)?.[1];
}
