import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "../../../examples/twenty-applications/applications";
import type { Kubeconfig } from "../../../lib/kubernetes/kubeconfig";
import { writeYaml } from "../../../lib/render/objects/kubernetes-yaml";
import { providerVersions } from "../../engines/provider-mirrors";
import { block, Expression } from "./hcl";

export interface HandWritten {
  readonly folder: string;
  readonly kubeconfig: Kubeconfig;
  readonly applications: readonly Application[];
  /** Folder of the chart. */
  readonly chart: string;
  /** Blocks beside the releases. @default - a bare namespace for each team */
  readonly objects?: readonly string[];
}

/** Terraform's name for the folder of the configuration. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform's language
const MODULE = "${path.module}";

/** What a person writes for the same applications: `main.tf`, and a file of values for each. Answers the lines of it. */
export function writeByHand({ folder, kubeconfig, applications, chart, objects }: HandWritten): number {
  const teams = [...new Set(applications.map(({ team }) => team))];
  const main = [
    ...settings(kubeconfig),
    ...(objects ?? teams.flatMap(bareNamespace)),
    ...applications.flatMap(release),
  ];
  mkdirSync(join(folder, "values"), { recursive: true });
  cpSync(chart, join(folder, "chart"), { recursive: true });
  const values = applications.map(({ name, team, values }) => ({ name, text: writeYaml({ ...values, team }) }));
  for (const { name, text } of values) writeFileSync(join(folder, "values", `${name}.yaml`), text);
  writeFileSync(join(folder, "main.tf"), `${main.join("\n")}\n`);
  return sourceLines(main.join("\n")) + values.reduce((sum, { text }) => sum + sourceLines(text), 0);
}

/** Lines that are not empty. */
export function sourceLines(text: string): number {
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

/** Name of a resource in `main.tf`. */
export function identifier(name: string): string {
  return name.replaceAll("-", "_");
}

function settings({ path, context }: Kubeconfig): string[] {
  const provider = (name: "helm" | "kubernetes") => [
    `    ${name} = {`,
    `      source  = "hashicorp/${name}"`,
    `      version = "${providerVersions[name]}"`,
    "    }",
  ];
  const connection = { config_path: path, config_context: context };
  return [
    "terraform {",
    "  required_providers {",
    ...provider("kubernetes"),
    ...provider("helm"),
    "  }",
    "}",
    "",
    ...block('provider "kubernetes"', connection),
    "",
    'provider "helm" {',
    "  kubernetes = {",
    ...Object.entries(connection).map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`),
    "  }",
    "}",
  ];
}

function bareNamespace(team: string): string[] {
  const metadata = { name: team, labels: { "managed-by": "terraform" } };
  return ["", ...block(`resource "kubernetes_namespace_v1" "${identifier(team)}"`, { metadata })];
}

/** Release and values as such a configuration has them: values in a file, the chart beside it, after its namespace. */
function release({ name, team }: Application): string[] {
  const namespace = `kubernetes_namespace_v1.${identifier(team)}`;
  return [
    "",
    ...block(`resource "helm_release" "${identifier(name)}"`, {
      name,
      chart: new Expression(`"${MODULE}/chart"`),
      namespace: new Expression(`${namespace}.metadata[0].name`),
      values: [new Expression(`file("${MODULE}/values/${name}.yaml")`)],
      create_namespace: false,
      wait: true,
      timeout: 600,
      depends_on: [new Expression(namespace)],
    }),
  ];
}
