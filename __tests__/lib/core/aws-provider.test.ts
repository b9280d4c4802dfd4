import { LocalBackend, TerraformStack } from "cdktf";
import { type AwsAccess, awsProvider } from "../../../lib/core/aws-provider";
import { account } from "../../support/account";
import { synthesize, testApp } from "../../support/synth";

function providersWith(...accesses: AwsAccess[]): unknown {
  const stack = new TerraformStack(testApp(), "test");
  new LocalBackend(stack, { path: "test.tfstate" });
  accesses.forEach((access, index) => {
    awsProvider(stack, `Aws${index}`, access);
  });
  return synthesize(stack).json.provider;
}

test("minimal: the region, and no account but the one that was named", () => {
  expect(providersWith({ account })).toEqual({ aws: [{ region: "eu-west-3", allowed_account_ids: ["111122223333"] }] });
});

test("maximal: a role is assumed under a name that the trail shows, beside the default provider", () => {
  const copies = { ...account, region: "eu-central-1" };
  const roleArn = "arn:aws:iam::111122223333:role/deploy";
  expect(providersWith({ account }, { account: copies, roleArn, alias: "copies" })).toEqual({
    aws: [
      { region: "eu-west-3", allowed_account_ids: ["111122223333"] },
      {
        alias: "copies",
        region: "eu-central-1",
        allowed_account_ids: ["111122223333"],
        assume_role: [{ role_arn: roleArn, session_name: "cdktf-eks-platform" }],
      },
    ],
  });
});
