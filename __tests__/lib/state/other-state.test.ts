import { TerraformStack } from "cdktf";
import { Faults } from "../../../lib/core/faults";
import { checkOtherState, type OtherState, useOtherState } from "../../../lib/state/other-state";
import { messageOf } from "../../support/errors";
import { synthesize, testApp } from "../../support/synth";

test("any backend of Terraform, with its own arguments and no other backend beside it", () => {
  const stack = new TerraformStack(testApp(), "desk");
  useOtherState(stack, { backend: "kubernetes", arguments: { secret_suffix: "desk", namespace: "terraform" } });
  expect(synthesize(stack).json.terraform).toEqual({
    required_version: ">= 1.11.0, != 1.15.0, != 1.15.1",
    backend: { kubernetes: { secret_suffix: "desk", namespace: "terraform" } },
  });
});

function faultsOf(state: unknown): string {
  return messageOf(() => {
    const faults = new Faults("records");
    checkOtherState(faults, state as OtherState, "state");
    faults.throwIfAny();
  });
}

test("a login is refused by its name, and its value is not repeated", () => {
  expect(faultsOf({ backend: "http", arguments: { address: "https://state.example.com", password: "hunter2" } })).toBe(
    "'state.arguments.password' must not be written out: the output of synth would hold it at records; use TF_HTTP_PASSWORD or KUBE_PASSWORD",
  );
});

test("a backend that Terraform does not have, and a name that is no argument", () => {
  expect(faultsOf({ backend: "etcd", arguments: { "a.b": 1 } })).toBe(
    [
      `'state.backend' must be one of "azurerm", "consul", "cos", "gcs", "http", "kubernetes", "oss", "pg", "s3", got "etcd" at records`,
      "'state.arguments' must have names of lower-case letters, got \"a.b\" at records",
    ].join("\n"),
  );
});

test("accepts what holds no login", () => {
  const faults = new Faults("records");
  checkOtherState(faults, { backend: "gcs", arguments: { bucket: "state", prefix: "desk" } }, "state");
  expect(faults.all).toEqual([]);
});
