import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HELM_VARIABLE } from "../../lib/render/helm/helm";

/** What `helm template` makes of a chart's folder and documents of values; throws with Helm's words if it refuses. */
export function helmTemplate(chart: string, ...layers: readonly string[]): string {
  return helmTemplateAs("release", chart, ...layers);
}

/** The same for a release of another name. */
export function helmTemplateAs(release: string, chart: string, ...layers: readonly string[]): string {
  const binary = process.env[HELM_VARIABLE];
  if (!binary) throw new Error(`${HELM_VARIABLE} is not set: helm-setup.ts sets it before all tests`);
  const folder = mkdtempSync(join(tmpdir(), "helm-template-"));
  const files = layers.map((_, index) => join(folder, `${index}.yaml`));
  const env = { PATH: process.env.PATH, HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
  try {
    for (const [index, file] of files.entries()) writeFileSync(file, layers[index] ?? "");
    const values = files.flatMap((file) => ["--values", file]);
    const args = ["template", release, chart, ...values, "--kube-version", "1.35.0"];
    return execFileSync(binary, args, { encoding: "utf8", env, stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a chart gets from documents of values. */
export function valuesAsHelmReads(...layers: readonly string[]): unknown {
  const rendered = helmTemplate("__tests__/fixtures/charts/print-values", ...layers);
  const printed = /^values: (\S+)$/m.exec(rendered)?.[1];
  return JSON.parse(Buffer.from(String(printed), "base64").toString("utf8"));
}

/** What Terraform makes of a string of the configuration that refers to nothing. */
export function terraformReads(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
