import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { untar } from "../../../../lib/render/helm/tar";
import { removeTemporaryFolders, temporaryFolder } from "../../../support/render";

afterAll(removeTemporaryFolders);

const long = `${"folder-with-a-long-name/".repeat(9)}${"file".repeat(30)}.yaml`;
const contents = { "chart/Chart.yaml": "name: a\n", "chart/empty.yaml": "", [`chart/${long}`]: "x".repeat(1500) };

test.each(["ustar", "gnu", "posix"])("reads what tar writes in the format %s, as far as names fit", (format) => {
  const folder = temporaryFolder();
  // The oldest format has no room for the long one.
  const files = Object.entries(contents).filter(([name]) => format !== "ustar" || name.length < 100);
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  execFileSync("tar", [`--format=${format}`, "-czf", "a.tgz", "chart"], { cwd: folder });
  const read = [...untar(readFileSync(join(folder, "a.tgz")))].map(([name, content]) => [name, content.toString()]);
  expect(read.sort()).toEqual(files.sort());
  expect(files.length).toBeGreaterThan(1);
});
