import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chartFault, chartHash } from "../../../lib/helm/chart-folder";

let root: string;
let chart: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "chart-folder-"));
  chart = join(root, "chart");
  mkdirSync(join(chart, "templates"), { recursive: true });
  writeFileSync(join(chart, "Chart.yaml"), "name: chart\n");
  writeFileSync(join(chart, "templates", "a.yaml"), "a: 1\n");
  writeFileSync(join(chart, "templates", "b.yaml"), "b: 2\n");
});

afterEach(() => rmSync(root, { recursive: true }));

test("the hash is 32 hexadecimal digits and pinned: the way it is made is part of every release's path", () => {
  expect(chartHash(chart)).toBe("951fa9c1713b4c38ed6fa7615059b403");
});

test("the hash does not depend on where the folder lies, nor on when its files were written", () => {
  const before = chartHash(chart);
  const elsewhere = join(root, "elsewhere");
  cpSync(chart, elsewhere, { recursive: true });
  utimesSync(join(elsewhere, "templates", "a.yaml"), 1, 1);
  expect(chartHash(elsewhere)).toBe(before);
});

test.each<[string, () => void]>([
  ["a template's content", () => writeFileSync(join(chart, "templates", "a.yaml"), "a: 2\n")],
  ["a template's name", () => renameSync(join(chart, "templates", "a.yaml"), join(chart, "templates", "c.yaml"))],
  ["a new file", () => writeFileSync(join(chart, "templates", "c.yaml"), "")],
  ["a file that is gone", () => rmSync(join(chart, "templates", "b.yaml"))],
  [
    "contents that change places",
    () => {
      writeFileSync(join(chart, "templates", "a.yaml"), "b: 2\n");
      writeFileSync(join(chart, "templates", "b.yaml"), "a: 1\n");
    },
  ],
  [
    "a line that moves to the next file",
    () => {
      writeFileSync(join(chart, "templates", "a.yaml"), "");
      writeFileSync(join(chart, "templates", "b.yaml"), "a: 1\nb: 2\n");
    },
  ],
])("the hash changes with %s", (_, change) => {
  const before = chartHash(chart);
  change();
  expect(chartHash(chart)).not.toBe(before);
});

test("the hash stays when a file is written anew with the same content", () => {
  const before = chartHash(chart);
  rmSync(join(chart, "templates", "a.yaml"));
  writeFileSync(join(chart, "templates", "a.yaml"), "a: 1\n");
  expect(chartHash(chart)).toBe(before);
});

test("a chart is a folder with a Chart.yaml", () => {
  expect(chartFault(chart)).toBeUndefined();
  expect(chartFault(join(chart, "templates"))).toBe("must be a folder with a Chart.yaml");
  expect(chartFault(join(chart, "Chart.yaml"))).toBe("must be a folder that exists");
  expect(chartFault(join(root, "missing"))).toBe("must be a folder that exists");
});
