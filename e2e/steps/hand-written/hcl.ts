/** Maps whose keys are data: an attribute with braces, where everything else that has members is a block. */
const MAPS = new Set(["labels", "annotations", "match_labels", "hard", "default", "default_request", "max", "min"]);

/** A block of Terraform's own language, laid out as `terraform fmt` does but for the alignment of `=`. */
export function block(head: string, body: Readonly<Record<string, unknown>>, indent = ""): string[] {
  const inner = `${indent}  `;
  const lines = Object.entries(body).flatMap(([name, value]) => member(name, value, inner));
  // As people write an empty block, for example a selector of all pods.
  return lines.length === 0 ? [`${indent}${head} {}`] : [`${indent}${head} {`, ...lines, `${indent}}`];
}

/** Text that is not quoted: a reference or a call. */
export class Expression {
  constructor(readonly text: string) {}
}

function member(name: string, value: unknown, indent: string): string[] {
  if (value === undefined) return [];
  if (value instanceof Expression || typeof value !== "object") return [`${indent}${name} = ${literal(value)}`];
  if (Array.isArray(value)) {
    const blocks = value.length > 0 && value.every((each) => typeof each === "object" && !(each instanceof Expression));
    if (blocks) return value.flatMap((each) => block(name, each, indent));
    return [`${indent}${name} = [${value.map(literal).join(", ")}]`];
  }
  if (!MAPS.has(name)) return block(name, value as Record<string, unknown>, indent);
  const entries = Object.entries(value as object).map(([key, each]) => `${indent}  ${word(key)} = ${literal(each)}`);
  return [`${indent}${name} = {`, ...entries, `${indent}}`];
}

function literal(value: unknown): string {
  return value instanceof Expression ? value.text : JSON.stringify(value);
}

function word(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key);
}
