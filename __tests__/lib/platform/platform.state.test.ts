import { Platform } from "../../../lib/platform/platform";
import { contract, onPlatform, teamStack } from "../../support/contract";
import { messageOf } from "../../support/errors";

test("the state lies below the team's prefix, locked by a file", () => {
  const { json } = onPlatform((_, platform) => platform.useState());
  expect(json.terraform).toMatchObject({
    backend: {
      s3: {
        bucket: "eks-platform-tfstate-111122223333-eu-west-3",
        key: "teams/genomics/staging/test/terraform.tfstate",
        region: "eu-west-3",
        encrypt: true,
        kms_key_id: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
        use_lockfile: true,
        assume_role: { role_arn: "arn:aws:iam::111122223333:role/staging-genomics-deploy" },
      },
    },
  });
});

test("a state has a name of its own where another repository of the team has a stack of that id", () => {
  const { json } = onPlatform((_, platform) => platform.useState({ name: "variants-api" }));
  expect(json.terraform).toMatchObject({
    backend: { s3: { key: "teams/genomics/staging/variants-api/terraform.tfstate" } },
  });
});

test.each(["../imaging", "Variants", "", "-api"])("refuses the name %j of a state", (name) => {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", contract);
  expect(messageOf(() => platform.useState({ name }))).toBe(
    `'name' must have lower-case letters, digits and '-', at most 63, got ${JSON.stringify(name)} at test/platform`,
  );
  expect(stack.toTerraform()).not.toHaveProperty("terraform.backend.s3");
});

test.each<[unknown, string]>([
  [{ key: "b" }, "'key' is not a known property at test/platform; use 'name'"],
  [{ names: "b" }, "'names' is not a known property at test/platform; use 'name'"],
  [null, `'options' must be an object, got null at test/platform; for example { name: "variants-api" }`],
  [
    "variants-api",
    `'options' must be an object, got "variants-api" at test/platform; for example { name: "variants-api" }`,
  ],
])("refuses the options %j of a state", (options, message) => {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", contract);
  expect(messageOf(() => platform.useState(options as object))).toBe(message);
  expect(stack.toTerraform()).not.toHaveProperty("terraform.backend.s3");
});
