import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writtenBy } from "../../../lib/environment/written-by";
import { name, version } from "../../../package.json";

test("what writes a contract is this package", () => {
  expect(writtenBy()).toBe(`${name} ${version}`);
});

test("compiled code finds the package that it lies in, however deep", () => {
  const root = mkdtempSync(join(tmpdir(), "written-by-"));
  try {
    const folder = join(root, "node_modules", "platform", "dist", "lib", "environment");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(root, "package.json"), `{"name":"consumer","version":"9.9.9"}`);
    writeFileSync(join(root, "node_modules", "platform", "package.json"), `{"name":"platform","version":"1.2.3"}`);
    expect(writtenBy(folder)).toBe("platform 1.2.3");
  } finally {
    rmSync(root, { recursive: true });
  }
});
