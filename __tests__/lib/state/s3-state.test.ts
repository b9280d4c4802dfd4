import { TerraformStack } from "cdktf";
import { REQUIRED_TERRAFORM_VERSION } from "../../../lib/state/required-terraform";
import { type S3StateProps, useS3State } from "../../../lib/state/s3-state";
import { stateLocation } from "../../../lib/state/state-location";
import { account } from "../../support/account";
import { synthesize, testApp } from "../../support/synth";

/** The `terraform` block of a stack named `staging`. */
function terraformWith(props: Partial<S3StateProps> = {}): unknown {
  const stack = new TerraformStack(testApp(), "staging");
  useS3State(stack, { location: stateLocation(account), ...props });
  return synthesize(stack).json.terraform;
}

const backend = {
  bucket: "eks-platform-tfstate-111122223333-eu-west-3",
  key: "stacks/staging/terraform.tfstate",
  region: "eu-west-3",
  encrypt: true,
  kms_key_id: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
  use_lockfile: true,
};

test("minimal: state is encrypted with our key, by its alias, and locked in both ways", () => {
  expect(terraformWith()).toEqual({
    required_version: ">= 1.11.0, != 1.15.0, != 1.15.1",
    backend: { s3: { ...backend, dynamodb_table: "eks-platform-tfstate-locks" } },
  });
});

test("maximal: a role of another account is assumed, and a team that moved on locks in the bucket alone", () => {
  const roleArn = "arn:aws:iam::444455556666:role/state";
  expect(terraformWith({ locking: "s3", roleArn })).toEqual({
    required_version: REQUIRED_TERRAFORM_VERSION,
    backend: { s3: { ...backend, assume_role: { role_arn: roleArn } } },
  });
});
