import type { Body, Resources } from "./stack-file";

export interface TerraformText {
  /** Escapes undone, and what the same stack says filled in. */
  readonly text: string;
  /** What only Terraform knows, as it is written; it stands in the text unchanged. */
  readonly unknown: readonly string[];
}

/** Reads a string of `cdk.tf.json` as Terraform does: `$${` means `${`, and a reference means what the resource says. */
export function terraformText(source: string, resources: Resources): TerraformText {
  const unknown: string[] = [];
  let text = "";
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at, at + 3);
    if (rest === "$${" || rest === "%%{") {
      text += rest.slice(1);
      at += 3;
    } else if (rest.startsWith("${") || rest.startsWith("%{")) {
      const end = endOfTemplate(source, at + 2);
      const template = source.slice(at, end);
      const value = rest.startsWith("$") ? referredValue(template.slice(2, -1).trim(), resources) : undefined;
      if (value === undefined) unknown.push(template);
      text += value ?? template;
      at = end;
    } else {
      text += source[at];
      at += 1;
    }
  }
  return { text, unknown };
}

/** Where a template ends: behind the brace that closes it. Braces in its own texts do not count. */
function endOfTemplate(source: string, start: number): number {
  let depth = 1;
  let quoted = false;
  for (let at = start; at < source.length; at += 1) {
    const mark = source[at];
    if (quoted && mark === "\\") at += 1;
    else if (mark === '"') quoted = !quoted;
    else if (!quoted && mark === "{") depth += 1;
    else if (!quoted && mark === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}

const REFERENCE = /^([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)((?:\.[a-z0-9_]+|\[\d+\])+)$/;

/** `<type>.<id>.metadata[0].name` of a resource in the same stack, if it is plain text there. */
function referredValue(expression: string, resources: Resources): string | undefined {
  if (expression === "path.module" || expression === "path.root") return ".";
  const [, type = "", id = "", path = ""] = REFERENCE.exec(expression) ?? [];
  let value: unknown = resources[type]?.[id];
  for (const [, name, index] of path.matchAll(/\.([a-z0-9_]+)|\[(\d+)\]/g)) {
    if (value === undefined || value === null) return undefined;
    // A block that may stand only once is an object or a list of one.
    if (name !== undefined) value = (value as Body)[name];
    else if (Array.isArray(value)) value = value[Number(index)];
    else if (index !== "0") return undefined;
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const { text, unknown } = terraformText(value, resources);
  return unknown.length === 0 ? text : undefined;
}
