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
    "'state.arguments.password' must not be written out: the output of synth would hold it at records; use TF_HTTP_PASSWORD",
  );
});

test.each(["client_key", "password", "token"])(
  "the backend kubernetes has a kubeconfig for %s: its variables are the providers' too",
  (name) => {
    expect(faultsOf({ backend: "kubernetes", arguments: { secret_suffix: "desk", [name]: "hunter2" } })).toBe(
      `'state.arguments.${name}' must not be written out: the output of synth would hold it at records; use 'config_path', a kubeconfig`,
    );
  },
);

test.each([
  ["oidc_token", "ARM_OIDC_TOKEN"],
  ["oidc_request_token", "ARM_OIDC_REQUEST_TOKEN"],
])("azurerm's %s is a login", (name, variable) => {
  expect(faultsOf({ backend: "azurerm", arguments: { [name]: "hunter2" } })).toBe(
    `'state.arguments.${name}' must not be written out: the output of synth would hold it at records; use ${variable}`,
  );
});

test.each([
  "https://ana:hunter2@state.example.com/desk",
  "https://hunter2@state.example.com",
  "//ana:hunter2@state.example.com",
  "ana:hunter2@state.example.com:8500",
  "https://:hunter2@state.example.com",
])("a login inside an address is refused, and not repeated: %s", (address) => {
  expect(faultsOf({ backend: "http", arguments: { address } })).toBe(
    "'state.arguments.address' must hold no login: the output of synth would hold it at records; take the part before '@' out, and use the backend's variables",
  );
});

test("a backend takes literals only", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  expect(faultsOf({ backend: "gcs", arguments: { bucket: "${var.bucket}" } })).toBe(
    "'state.arguments.bucket' must be a literal: a backend takes no expression at records; write the value itself",
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

test.each<OtherState>([
  { backend: "gcs", arguments: { bucket: "state", prefix: "desk", impersonate_service_account: "a@b.example.com" } },
  { backend: "http", arguments: { address: "https://state.example.com:8443/desk?at=a@b", username: "ana" } },
  { backend: "consul", arguments: { address: "consul.example.com:8500", gzip: true } },
])("accepts what holds no login: %j", (state) => {
  const faults = new Faults("records");
  checkOtherState(faults, state, "state");
  expect(faults.all).toEqual([]);
});
