import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { helmBinary } from "../../e2e/engines/helm-binary";
import { runHelm } from "../../lib/render/helm/run-helm";
import { readYaml } from "../../lib/render/objects/kubernetes-yaml";
import type { Check } from "./check";

/** Kubernetes to render for: a chart's `kubeVersion` must let it pass. */
const KUBERNETES = "1.35.0";

export type RunHelm = (args: readonly string[]) => ReturnType<typeof runHelm>;

/** Lends a real Helm in an environment of its own. */
export async function withHelm<T>(use: (run: RunHelm) => Promise<T>): Promise<T> {
  const command = await helmBinary();
  const home = mkdtempSync(join(tmpdir(), "chart-lint-"));
  const env = { PATH: process.env.PATH, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
  try {
    return await use((args) => runHelm(command, args, { env }));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/**
 * `helm lint --strict` and `helm template` with the defaults and with each file of values. A chart that has such files may refuse its
 * defaults, in words of its own or of its schema: there are values that only its user knows.
 */
export async function helmChecks(run: RunHelm, folder: string, files: readonly string[]): Promise<Check[]> {
  const checks: Check[] = [];
  for (const file of [undefined, ...files]) {
    const mayAsk = file === undefined && files.length > 0;
    const values = file === undefined ? [] : ["--values", file];
    const title = file === undefined ? "defaults" : short(file, folder);
    const version = ["--kube-version", KUBERNETES];
    const linted = await run(["lint", "--strict", folder, ...version, ...values]);
    const lintFaults = linted.exitCode === 0 ? [] : linesOf(linted.output, /^\[(ERROR|WARNING)\]|^\s*- /);
    checks.push(outcome(`helm lint --strict, ${title}`, lintFaults, mayAsk && lintFaults.every(asksInLint)));
    const rendered = await run(["template", "release", folder, ...version, ...values]);
    const faults = rendered.exitCode === 0 ? documentFaults(rendered.output) : linesOf(rendered.errors, /./);
    checks.push(outcome(`helm template, ${title}`, faults, mayAsk && asks(rendered.errors)));
  }
  return checks;
}

function outcome(name: string, faults: readonly string[], mayAsk: boolean): Check {
  if (faults.length === 0 || !mayAsk) return { name, faults };
  return { name, faults: [], leftOut: `the chart asks for more: ${faults.join(" ").replaceAll(/\s+/g, " ")}` };
}

/** The schema speaks, or a template by `fail` or `required`; of a broken template Helm says otherwise. */
function asks(errors: string): boolean {
  return /values don't meet the specifications of the schema|^Error: execution error at \(/m.test(errors);
}

/** Of the schema `helm lint` shows the value and what is wrong with it. */
function asksInLint(line: string): boolean {
  return /^- [^:]+: |^\[ERROR\] (values\.yaml: - |templates\/: values don't meet the specifications of the schema)/.test(
    line,
  );
}

/** A key twice in a map, which Helm and the API server take without a word. */
function documentFaults(rendered: string): string[] {
  return readYaml(rendered).flatMap(({ value, error, repeatedKey }) => {
    const name = (value as { readonly kind?: string } | undefined)?.kind ?? "a document";
    if (error !== undefined) return [`${name}: ${error}`];
    return repeatedKey === undefined ? [] : [`${name}: the key ${repeatedKey} is there twice in a map`];
  });
}

function linesOf(text: string, wanted: RegExp): string[] {
  const lines = text.split("\n").filter((line) => wanted.test(line) && !/--debug flag/.test(line));
  return lines.length > 0 ? lines.map((line) => line.trim()) : [text.trim()];
}

function short(file: string, folder: string): string {
  return file.startsWith(folder) ? file.slice(folder.length + 1) : file;
}
