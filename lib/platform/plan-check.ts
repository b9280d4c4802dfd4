import type { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { type Precondition, TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { changedFacts, literal, quoted } from "./compare-contract";
import type { PlatformContract } from "./contract";

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
 * Compares a recorded contract with the published one in every plan but that of a destroy. The comparison is a local value, because Terraform
 * shows the whole condition that failed before its message.
 *
 * @returns the condition that whatever needs the platform must have; its message names every fact that changed
 */
export function planCheck(scope: Construct, { contract, file, renew, published }: PlanCheckProps): Precondition {
  const now = `jsondecode(data.aws_ssm_parameter.${published.friendlyUniqueId}.insecure_value)`;
  const { environment, team, cluster } = contract;
  const local = (id: string, expression: string) =>
    `local.${new TerraformLocal(scope, id, `\${${expression}}`).friendlyUniqueId}`;

  const recorded = quoted(cluster.kubernetesVersion);
  const version = local("KubernetesVersion", `try(${now}.cluster.kubernetesVersion, ${recorded})`);
  const isRecorded = literal(
    `${file} says ${cluster.kubernetesVersion}. Nothing is broken. Write it anew:\n\n  ${renew}`,
  );
  TerraformStack.of(scope).addOverride("check.platform_kubernetes_version", {
    assert: [
      {
        condition: `\${${version} == ${recorded}}`,
        error_message: `${literal(environment)} runs Kubernetes \${${version}}, and ${isRecorded}`,
      },
    ],
  });

  const changed = local("ChangedFacts", changedFacts(contract, now));
  const head = literal(`${environment} no longer promises ${team} what ${file} records:`);
  const foot = literal(`Write it anew, and read in the next plan what follows:\n\n  ${renew}`);
  return {
    condition: `\${length(${changed}) == 0}`,
    errorMessage: `${head}\n\n  \${join("\\n  ", ${changed})}\n\n${foot}`,
  };
}
