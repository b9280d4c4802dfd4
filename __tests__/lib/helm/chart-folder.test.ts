import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chartFault, chartHash, hasCrdFolder } from "../../../lib/helm/chart-folder";

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

test("the hash changes with what a link leads to: a copy of the chart holds that", () => {
  const shared = join(root, "shared");
  mkdirSync(shared);
  writeFileSync(join(shared, "c.yaml"), "c: 1\n");
  symlinkSync(shared, join(chart, "templates", "shared"));
  symlinkSync(join(shared, "c.yaml"), join(chart, "templates", "c.yaml"));
  const before = chartHash(chart);
  const copy = join(root, "copy");
  cpSync(chart, copy, { recursive: true, dereference: true });
  expect(chartHash(copy)).toBe(before);
  writeFileSync(join(shared, "c.yaml"), "c: 2\n");
  expect(chartHash(chart)).not.toBe(before);
});

test("the hash stays when a file is written anew with the same content", () => {
  const before = chartHash(chart);
  rmSync(join(chart, "templates", "a.yaml"));
  writeFileSync(join(chart, "templates", "a.yaml"), "a: 1\n");
  expect(chartHash(chart)).toBe(before);
});

test("values for lint change no release, as long as Helm does not get them", () => {
  const add = () => {
    mkdirSync(join(chart, "ci"));
    writeFileSync(join(chart, "ci", "full-values.yaml"), "a: 1\n");
  };
  writeFileSync(join(chart, ".helmignore"), "# not packaged\nci/\n");
  const ignored = chartHash(chart);
  add();
  expect(chartHash(chart)).toBe(ignored);
  rmSync(join(chart, "ci"), { recursive: true });
  writeFileSync(join(chart, ".helmignore"), "# not packaged\n");
  const kept = chartHash(chart);
  add();
  expect(chartHash(chart)).not.toBe(kept);
});

test("a README changes no release: Helm does not render it", () => {
  const before = chartHash(chart);
  writeFileSync(join(chart, "README.md"), "# chart\n");
  expect(chartHash(chart)).toBe(before);
});

test.each<[string, () => void]>([
  ["in a template's folder", () => writeFileSync(join(chart, "templates", "README.md"), "# chart\n")],
  [
    "that a template may read",
    () => {
      writeFileSync(join(chart, "templates", "a.yaml"), '{{ .Files.Get "README.md" }}\n');
      writeFileSync(join(chart, "README.md"), "# chart\n");
    },
  ],
  [
    "that a subchart's template may read",
    () => {
      mkdirSync(join(chart, "charts"));
      writeFileSync(join(chart, "charts", "library-1.0.0.tgz"), "bytes");
      writeFileSync(join(chart, "README.md"), "# chart\n");
    },
  ],
])("the hash changes with a README %s", (_, make) => {
  make();
  const before = chartHash(chart);
  for (const folder of ["", "templates"]) {
    const readme = join(chart, folder, "README.md");
    if (existsSync(readme)) writeFileSync(readme, "# another\n");
  }
  expect(chartHash(chart)).not.toBe(before);
});

test("the hash of an archive is that of its bytes, whatever it is called", () => {
  writeFileSync(join(root, "a-1.0.0.tgz"), "bytes");
  writeFileSync(join(root, "b.tgz"), "bytes");
  writeFileSync(join(root, "c.tgz"), "other bytes");
  expect(chartHash(join(root, "a-1.0.0.tgz"))).toBe("277089d91c0bdf4f2e6862ba7e4a0760");
  expect(chartHash(join(root, "b.tgz"))).toBe("277089d91c0bdf4f2e6862ba7e4a0760");
  expect(chartHash(join(root, "c.tgz"))).not.toBe("277089d91c0bdf4f2e6862ba7e4a0760");
});

test("a chart is a folder with a Chart.yaml, or an archive", () => {
  writeFileSync(join(root, "chart.tgz"), "bytes");
  mkdirSync(join(root, "folder.tgz"));
  expect(chartFault(chart)).toBeUndefined();
  expect(chartFault(join(root, "chart.tgz"))).toBeUndefined();
  expect(chartFault(join(chart, "templates"))).toBe("must be a folder with a Chart.yaml");
  expect(chartFault(join(chart, "Chart.yaml"))).toBe("must be a folder that exists, or a .tgz archive");
  expect(chartFault(join(root, "missing"))).toBe("must be a folder that exists, or a .tgz archive");
  expect(chartFault(join(chart, "Chart.yaml", "below"))).toBe("must be a folder that exists, or a .tgz archive");
  expect(chartFault(join(root, "missing.tgz"))).toBe("must be an archive that exists");
  expect(chartFault(join(root, "folder.tgz"))).toBe("must be an archive that exists");
});

test("a folder shows whether it has CRDs that Helm never upgrades, an archive does not", () => {
  expect(hasCrdFolder(chart)).toBe(false);
  mkdirSync(join(chart, "crds"));
  expect(hasCrdFolder(chart)).toBe(true);
  expect(hasCrdFolder(join(root, "chart.tgz"))).toBe(false);
});
