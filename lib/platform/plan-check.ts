import type { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { type Precondition, TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { changedFacts, literal, quoted } from "./compare-contract";
import type { PlatformContract } from "./contract";
import { networkAdditions } from "./contract-additions";

export interface PlanCheckProps {
  readonly contract: PlatformContract;
  /** Where it is recorded. */
  readonly file: string;
  /** Command that writes the file anew. */
  readonly renew: string;
  /** What the platform publishes now. */
  readonly published: DataAwsSsmParameter;
}

/**
 * Compares a recorded contract with the published one in every plan but that of a destroy: another Kubernetes and what is new in the network
 * are warnings. The comparison is a local value, because Terraform shows the whole condition that failed before its message.
 *
 * @returns the condition that whatever needs the platform must have; its message names every fact that changed
 */
export function planCheck(scope: Construct, { contract, file, renew, published }: PlanCheckProps): Precondition {
  const { environment, team, cluster, identity } = contract;
  const local = (id: string, value: string | string[]) =>
    `local.${new TerraformLocal(scope, id, value).friendlyUniqueId}`;
  // What is no JSON promises nothing.
  const now = local(
    "Published",
    `\${try(jsondecode(data.aws_ssm_parameter.${published.friendlyUniqueId}.insecure_value), {})}`,
  );

  const recorded = quoted(cluster.kubernetesVersion);
  const version = local("KubernetesVersion", `\${try(${now}.cluster.kubernetesVersion, ${recorded})}`);
  const isRecorded = literal(
    `${file} says ${cluster.kubernetesVersion}. Nothing is broken. Write it anew as ${identity.deployRoleArn}:\n\n  ${renew}`,
  );
  TerraformStack.of(scope).addOverride("check.platform_kubernetes_version", {
    assert: [
      {
        condition: `\${${version} == ${recorded}}`,
        error_message: `${literal(environment)} runs Kubernetes \${${version}}, and ${isRecorded}`,
      },
    ],
  });

  // A list with an item for each promise: a snapshot of the stack then shows which of them changed.
  const list = (id: string, expressions: readonly string[]) =>
    local(
      id,
      expressions.map((expression) => `\${${expression}}`),
    );
  const additions = list("NetworkAdditions", networkAdditions(contract, now));
  const isAhead = literal(`The network of ${environment} has more than ${file} records:`);
  const leftOut = literal(
    `Policies that are made from the file leave that out, so traffic may be dropped. Write it anew as ${identity.deployRoleArn}:\n\n  ${renew}`,
  );
  TerraformStack.of(scope).addOverride("check.platform_network", {
    assert: [
      {
        condition: `\${length(compact(${additions})) == 0}`,
        error_message: `${isAhead}\n\n  \${join("\\n  ", compact(${additions}))}\n\n${leftOut}`,
      },
    ],
  });

  const changed = list("ChangedFacts", changedFacts(contract, now));
  const head = literal(`${environment} no longer promises ${team} what ${file} records:`);
  const foot = literal(
    `Write it anew as ${identity.deployRoleArn}, and read in the next plan what follows:\n\n  ${renew}`,
  );
  return {
    condition: `\${length(compact(${changed})) == 0}`,
    errorMessage: `${head}\n\n  \${join("\\n  ", compact(${changed}))}\n\n${foot}`,
  };
}
