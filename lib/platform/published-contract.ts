import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { PlatformContract } from "./contract";
import { contractText } from "./contract-text";

/** What is published. */
export interface PublishedContractProps {
  /** Known at synth, all of it. */
  readonly contract: PlatformContract;
}

/** Of the tier `Standard`. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PARAMETER_MAX_BYTES = 4096;

/**
 * A contract where machines find it: the same bytes as in its file, in an SSM parameter whose name the contract has. It is no secret, so that a
 * plan shows what changes in it.
 *
 * Creates `aws_ssm_parameter`.
 *
 * @throws {ValidationError} if the contract has more than 4096 bytes, or something in it is known only at apply
 */
export class PublishedContract extends Construct {
  readonly resource: SsmParameter;

  constructor(scope: Construct, id: string, { contract }: PublishedContractProps) {
    super(scope, id);
    const text = contractText(contract);
    const bytes = Buffer.byteLength(text);
    new Faults(this.node.path)
      .literal("contract", text)
      .check(
        bytes <= PARAMETER_MAX_BYTES,
        "contract",
        `must have at most ${PARAMETER_MAX_BYTES} bytes as text, has ${bytes}`,
        undefined,
        "grant the team fewer namespaces, or give it fewer tags",
      )
      .throwIfAny();
    this.resource = new SsmParameter(this, "Resource", {
      name: contract.parameters.contract,
      description: `What ${contract.environment} promises ${contract.team}`,
      type: "String",
      tier: "Standard",
      // Terraform's own marks are escaped: the parameter has the text as it is.
      insecureValue: text.replaceAll(/[$%]\{/g, (mark) => `${mark[0]}${mark}`),
    });
  }
}
