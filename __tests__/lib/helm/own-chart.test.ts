import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ownChart } from "../../../lib/helm/own-chart";

test("charts of the package lie beside its package.json", () => {
  expect(ownChart("custom-resources")).toBe(resolve("charts", "custom-resources"));
});

test.each(["lib/helm", "dist/lib/helm"])(
  "they are found from %s, whatever folders are called charts on the way",
  (from) => {
    const root = mkdtempSync(join(tmpdir(), "own-chart-"));
    try {
      mkdirSync(join(root, "charts"));
      writeFileSync(join(root, "package.json"), "{}");
      mkdirSync(join(root, from, "charts"), { recursive: true });
      cpSync("lib/helm/own-chart.ts", join(root, from, "own-chart.ts"));
      const copy = require(join(root, from, "own-chart.ts")) as typeof import("../../../lib/helm/own-chart");
      expect(copy.ownChart("a")).toBe(join(root, "charts", "a"));
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);

test("a copy of the code without the package says what is missing", () => {
  const root = mkdtempSync(join(tmpdir(), "own-chart-"));
  try {
    cpSync("lib/helm/own-chart.ts", join(root, "own-chart.ts"));
    const copy = require(join(root, "own-chart.ts")) as typeof import("../../../lib/helm/own-chart");
    expect(() => copy.ownChart("a")).toThrow(`no folder above ${root} has a package.json and charts`);
  } finally {
    rmSync(root, { recursive: true });
  }
});
