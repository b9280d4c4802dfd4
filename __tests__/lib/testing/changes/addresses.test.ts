import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressesUnchanged } from "../../../../lib/testing/changes/addresses";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { cleanEnvironment, setEnvironment } from "../environment";

const folder = mkdtempSync(join(tmpdir(), "testing-addresses-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
cleanEnvironment();

const stack = (ids: readonly string[], blocks: object = {}) => ({
  resource: { aws_subnet: Object.fromEntries(ids.map((id) => [id, {}])) },
  module: { network: { source: "./network" } },
  ...blocks,
});

/** A recorded file of a stack. */
function recorded(name: string, ids: readonly string[]): string {
  const file = join(folder, name);
  setEnvironment({ EKS_PLATFORM_UPDATE: "1" });
  addressesUnchanged(stack(ids), file);
  setEnvironment({});
  return file;
}

test("a file holds an address in each line, sorted", () => {
  const file = recorded("sorted", ["B", "A"]);
  expect(readFileSync(file, "utf8")).toBe("aws_subnet.A\naws_subnet.B\nmodule.network\n");
  expect(() => addressesUnchanged(stack(["A", "B"]), file)).not.toThrow();
});

test("what is gone and what is new is told", () => {
  const file = recorded("changed", ["A", "B"]);
  expect(() => addressesUnchanged(stack(["B", "C"]), file)).toThrow(
    new CheckFailed(`the addresses of the stack are not those of ${file}:
  - aws_subnet.A
  + aws_subnet.C
what is gone is destroyed: keep its construct's path, or add a moved block; if it is meant, renew the file with EKS_PLATFORM_UPDATE=1`),
  );
  expect(() => addressesUnchanged(stack(["A", "B", "C"]), file)).toThrow(
    new CheckFailed(`the addresses of the stack are not those of ${file}:
  + aws_subnet.C
renew the file with EKS_PLATFORM_UPDATE=1`),
  );
});

test("a moved block carries an address over, and only to where it says", () => {
  const file = recorded("moved", ["A"]);
  const moved = [{ from: "aws_subnet.A", to: "aws_subnet.C" }];
  expect(() => addressesUnchanged(stack(["C"], { moved }), file)).not.toThrow();
  expect(() => addressesUnchanged(stack(["D"], { moved }), file)).toThrow("  - aws_subnet.A\n  + aws_subnet.D\n");
});

test("a moved block onto an address that was there carries nothing over", () => {
  const file = recorded("taken", ["A", "B"]);
  const moved = [{ from: "aws_subnet.A", to: "aws_subnet.B" }];
  expect(() => addressesUnchanged(stack(["B"], { moved }), file)).toThrow(
    new CheckFailed(`the addresses of the stack are not those of ${file}:
  - aws_subnet.A, moved to aws_subnet.B, which was there before
what is gone is destroyed: keep its construct's path, or add a moved block; if it is meant, renew the file with EKS_PLATFORM_UPDATE=1`),
  );
  const both = [...["A", "B"].map((id) => ({ from: `aws_subnet.${id}`, to: "aws_subnet.C" }))];
  expect(() => addressesUnchanged(stack(["C"], { moved: both }), file)).toThrow(
    new CheckFailed(
      "Terraform refuses moved blocks of the stack:\n  aws_subnet.A and aws_subnet.B are both moved to aws_subnet.C",
    ),
  );
});

test("a single instance is carried over", () => {
  const file = recorded("instance", ["A"]);
  const moved = [{ from: 'aws_subnet.A["a"]', to: "aws_subnet.C" }];
  expect(() => addressesUnchanged(stack(["C"], { moved }), file)).not.toThrow();
});

test("a resource without an instance is none", () => {
  const file = recorded("none-left", ["A"]);
  const after = { ...stack([]), resource: { aws_subnet: { A: { count: 0 }, B: { count: 0 } } } };
  expect(() => addressesUnchanged(after, file)).toThrow(`of ${file}:\n  - aws_subnet.A\nwhat is gone`);
  setEnvironment({ EKS_PLATFORM_UPDATE: "1" });
  addressesUnchanged(after, file);
  expect(readFileSync(file, "utf8")).toBe("module.network\n");
});

test.each(["no", "0", "true", "yes", ""])("EKS_PLATFORM_UPDATE=%s writes nothing", (value) => {
  const file = recorded("kept", ["A"]);
  setEnvironment({ EKS_PLATFORM_UPDATE: value });
  expect(() => addressesUnchanged(stack(["B"]), file)).toThrow(CheckFailed);
  expect(readFileSync(file, "utf8")).toBe("aws_subnet.A\nmodule.network\n");
});

test("a file that is not there or empty proves nothing", () => {
  const file = join(folder, "none");
  expect(() => addressesUnchanged(stack(["A"]), file)).toThrow(
    new Error(`${file} is not recorded yet; run the test once with EKS_PLATFORM_UPDATE=1, and commit the file`),
  );
  writeFileSync(file, "\n");
  expect(() => addressesUnchanged(stack(["A"]), file)).toThrow(
    new Error(`${file} has no address in it; renew it with EKS_PLATFORM_UPDATE=1`),
  );
});

test("in CI nothing is recorded", () => {
  const file = recorded("ci", ["A"]);
  setEnvironment({ EKS_PLATFORM_UPDATE: "1", CI: "1" });
  expect(() => addressesUnchanged(stack(["B"]), file)).toThrow(
    new Error("EKS_PLATFORM_UPDATE must not be set in CI: renew recorded files on your machine, and commit them"),
  );
  setEnvironment({ EKS_PLATFORM_UPDATE: "0", CI: "1" });
  expect(() => addressesUnchanged(stack(["B"]), file)).toThrow(CheckFailed);
  expect(readFileSync(file, "utf8")).toContain("aws_subnet.A");
});

test("a link is replaced and what it leads to is left alone", () => {
  const [target, file] = [join(folder, "target"), join(folder, "link")];
  writeFileSync(target, "kept");
  symlinkSync(target, file);
  recorded("link", ["A"]);
  expect(readFileSync(target, "utf8")).toBe("kept");
  expect(lstatSync(file).isSymbolicLink()).toBe(false);
});

test.each([{}, { EKS_PLATFORM_UPDATE: "1" }])("with %j a folder or nothing is no file", (variables) => {
  setEnvironment(variables);
  expect(() => addressesUnchanged(stack(["A"]), folder)).toThrow(
    new Error(`${folder.slice(0, 100)} is a folder; name a file in it`),
  );
  for (const [file, got] of [
    [undefined, "nothing"],
    ["", '""'],
  ])
    expect(() => addressesUnchanged(stack(["A"]), file as string)).toThrow(
      new Error(`'file' must be the path of a recorded file, got ${got}`),
    );
});
