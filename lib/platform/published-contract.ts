import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { validContract } from "./check-contract";
import type { PlatformContract } from "./contract";
import { contractText } from "./contract-text";
import { RENEW } from "./platform-contract";

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
 * @throws {ValidationError} if it is no contract of a version that is known here, has more than 4096 bytes, or something in it is known only
 * at apply
 */
export class PublishedContract extends Construct {
  readonly resource: SsmParameter;

  constructor(scope: Construct, id: string, props: PublishedContractProps) {
    super(scope, id);
    const contract = validContract(props.contract, this.node.path, RENEW);
    const text = contractText(contract);
    const bytes = Buffer.byteLength(text);
    new Faults(this.node.path)
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
      // A contract has no marks of Terraform's own: the parameter has the text as it is.
      insecureValue: text,
    });
  }
}
