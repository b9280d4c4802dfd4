/** What a Helm must be: the Terraform provider 3.1 has the engine of 3.18 in it, and Helm 4 renders differently. */
export const HELM_NEEDED = "Helm 3, at least 3.14 and not 3.18.0";
export const HELM_SOURCE = "https://helm.sh/docs/intro/install/";

/**
 * Whether charts can be rendered with this version, for example `v3.17.3`. 3.18.0 reads numbers in values wrongly.
 *
 * @see https://github.com/helm/helm/issues/30880
 */
export function isHelmSupported(version: string): boolean {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  if (major !== "3" || Number(minor) < 14) return false;
  return !(minor === "18" && patch === "0");
}
