import { TerraformStack } from "cdktf";
import { useLocalState } from "../../../lib/state/local-state";
import { synthesize, testApp } from "../../support/synth";

function desk(): TerraformStack {
  const stack = new TerraformStack(testApp(), "desk");
  useLocalState(stack);
  return stack;
}

test("the state lies beside the output of synth, on whatever machine", () => {
  expect(synthesize(desk()).json.terraform).toEqual({
    required_version: ">= 1.11.0, != 1.15.0, != 1.15.1",
    backend: { local: { path: "../../../terraform.desk.tfstate" } },
  });
});

test("every synth warns that nobody else has it", () => {
  const warnings = desk().node.metadata.filter(({ type }) => type === "@cdktf/warn");
  expect(warnings.map(({ data }) => data)).toEqual([
    "the state of desk lies in the file terraform.desk.tfstate: not shared, not kept from two machines at once, not copied; set 'state' to share it",
  ]);
});
