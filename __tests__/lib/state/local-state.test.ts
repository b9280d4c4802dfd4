import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { useLocalState } from "../../../lib/state/local-state";
import { synthesize, testApp } from "../../support/synth";

function desk(): TerraformStack {
  const stack = new TerraformStack(testApp(), "desk");
  useLocalState(stack);
  return stack;
}

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-state-"));
  mkdirSync(join(folder, "project/build"), { recursive: true });
  process.chdir(join(folder, "project"));
});

afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

/** The backend's path and the warning, for an output folder. */
function at(outdir: string): unknown[] {
  const stack = new TerraformStack(Testing.app({ outdir }), "desk");
  useLocalState(stack);
  return [synthesize(stack).json.terraform, stack.node.metadata.find(({ type }) => type === "@cdktf/warn")?.data];
}

test.each([
  ["cdktf.out", "../../.."],
  ["build/out", "../../../.."],
  ["./..build", "../../.."],
])("with the output in %s the state lies in the folder that synth runs in", (outdir, path) => {
  expect(at(outdir)).toEqual([
    expect.objectContaining({ backend: { local: { path: `${path}/terraform.desk.tfstate` } } }),
    "the state of desk lies in the file terraform.desk.tfstate: not shared, not kept from two machines at once, not copied; set 'state' to share it",
  ]);
});

test.each([".", "..", "../out"])(
  "with the output in %s, which is not below that folder, the state lies beside the output",
  (outdir) => {
    expect(at(outdir)).toEqual([
      expect.objectContaining({ backend: { local: { path: "../../../terraform.desk.tfstate" } } }),
      "the state of desk lies in the file terraform.desk.tfstate beside the output folder, which is not below this one: not shared, not kept from two machines at once, not copied; set 'state' to share it",
    ]);
  },
);

test("an absolute output folder is the same as a relative one", () => {
  expect(at(join(process.cwd(), "build/out"))).toEqual(at("build/out"));
  expect(at(join(folder, "out"))).toEqual(at("../out"));
});

test("the state lies beside the output of synth, on whatever machine", () => {
  expect(synthesize(desk()).json.terraform).toEqual({
    required_version: ">= 1.11.0, != 1.15.0, != 1.15.1",
    backend: { local: { path: "../../../terraform.desk.tfstate" } },
  });
});
