import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const charts = resolve(__dirname, "..", "..", "..", "charts");

test.each(readdirSync(charts))("helm lint --strict has nothing to say of the chart %s", (chart) => {
  const output = execFileSync(process.env.EKS_PLATFORM_HELM ?? "helm", ["lint", "--strict", join(charts, chart)], {
    encoding: "utf8",
  });
  expect(output).toContain("1 chart(s) linted, 0 chart(s) failed");
});
