import { ValidationError } from "../core/validation-error";
import type { AwsEnvironmentConfig } from "./environment-config";
import type { InClusterConfig, InClusterOff } from "./in-cluster-config";

/**
 * Names of environments that are synthesised without their in-cluster part, separated by commas: for machines where Terraform cannot
 * get the helm and kubernetes providers. Where an environment is deployed whole, a plan with it fails: the state holds what is in the
 * cluster, and the stack has no login for it.
 */
export const IN_CLUSTER_OFF_VARIABLE = "EKS_PLATFORM_IN_CLUSTER_OFF";

/**
 * Refuses a name in the variable that is no environment with such a part: somebody means another one.
 *
 * @throws {ValidationError}
 */
export function checkOffNames(
  environments: readonly AwsEnvironmentConfig[],
  variables: Readonly<Record<string, string | undefined>>,
): void {
  const known = environments.map(({ name }) => name);
  const rule = "must name environments of AWS";
  const fix = `they are ${known.join(", ") || "none"}; separate names by commas`;
  const unknown = namesOff(variables).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new ValidationError(
    "stacks/environments.ts",
    unknown.map((value) => ({ property: IN_CLUSTER_OFF_VARIABLE, rule, value, fix })),
  );
}

function namesOff(variables: Readonly<Record<string, string | undefined>>): string[] {
  const names = (variables[IN_CLUSTER_OFF_VARIABLE] ?? "").split(",").map((each) => each.trim());
  return names.filter((name) => name !== "");
}

export function isOff(inCluster: InClusterConfig | InClusterOff): inCluster is InClusterOff {
  return "off" in inCluster;
}

/** What is installed in the environment's cluster; undefined if its in-cluster part is off, by the record or by the variable. */
export function inClusterPart(
  config: AwsEnvironmentConfig,
  variables: Readonly<Record<string, string | undefined>>,
): InClusterConfig | undefined {
  const { name, inCluster, removal } = config;
  const off = namesOff(variables);
  if (off.includes(name) && removal !== "destroy") {
    throw new ValidationError(name, [
      {
        property: IN_CLUSTER_OFF_VARIABLE,
        rule: "must not name a retained environment",
        value: name,
        fix: "set 'inCluster' in its record, if you mean it",
      },
    ]);
  }
  return isOff(inCluster) || off.includes(name) ? undefined : inCluster;
}
