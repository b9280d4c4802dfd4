import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Document, type ErrorCode, parseDocument } from "yaml";
import type { Faults } from "../core/faults";
import { GO_SCALARS } from "../core/go-scalars";

/** What a file of values holds; an empty one holds nothing. Adds a fault with line and column for what cannot be read. */
export function readValuesFile(faults: Faults, property: string, file: string): object {
  let text: string;
  try {
    text = readFileSync(resolve(file), "utf8");
  } catch {
    faults.add(property, "must be a file that exists", file);
    return {};
  }
  const document = parseDocument(text, {
    schema: "failsafe",
    customTags: GO_SCALARS,
    resolveKnownTags: false,
    merge: true,
    uniqueKeys: true,
    stringKeys: true,
  });
  // A tag that nobody knows is a warning to the parser; the chart would get something else than what is written.
  const problems = [...document.errors, ...document.warnings];
  for (const { code, message, linePos } of problems) {
    const at = linePos ? `:${linePos[0].line}:${linePos[0].col}` : "";
    faults.add(property, ruleOf(code, message), `${file}${at}`);
  }
  return problems.length > 0 ? {} : contentOf(faults, property, file, document);
}

function contentOf(faults: Faults, property: string, file: string, document: Document): object {
  let data: unknown;
  try {
    data = document.toJS() ?? {};
  } catch {
    faults.add(property, "must be YAML whose aliases are few and stand after their anchors", file);
    return {};
  }
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return data;
  faults.add(property, "must hold keys and values", file);
  return {};
}

const RULES: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: "must be one document",
  NON_STRING_KEY: "must have text as keys",
  TAG_RESOLVE_FAILED: "must be YAML without tags of its own",
};

/** The parser's words up to where it repeats the text of the file: that may be a secret. */
function ruleOf(code: ErrorCode, message: string): string {
  const [words = ""] = message.split(/ at line |:\n|(?<! or ): /);
  return RULES[code] ?? `must be YAML: ${words}`;
}
