/** How a declaration differs from the recorded one. */
export interface ApiChange {
  /** For example `interface KeyProps`. */
  readonly declaration: string;
  /** Whether code that was right may be wrong now. */
  readonly breaks: boolean;
  /** Lines that went, with `-`, and lines that came, with `+`. */
  readonly lines: readonly string[];
}

/** Line before a declaration that no entry has, but that one which an entry has speaks of. */
export const NOT_EXPORTED = "(not exported)";

/** Line before a class that is only a type to users: the library makes its objects. */
export const TYPE_ONLY = "(type only)";

const MARKS: readonly string[] = [NOT_EXPORTED, TYPE_ONLY];

const HEAD = /^(?:abstract )?(?:class|interface|type|const|function|enum) [\w$]+/;

/**
 * What changed between two reports. Only what is sure to be one counts as an addition: a new declaration, a member of a class, an optional
 * property of an interface, a name that entries have now.
 */
export function compareReports(before: string, after: string): ApiChange[] {
  const [old, now] = [declarations(before), declarations(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((declaration) => {
    const [was = [], is = []] = [old.get(declaration), now.get(declaration)];
    const gone = without(was, is);
    const come = without(is, was);
    if (gone.length === 0 && come.length === 0) return [];
    const keepsAll = gone.every((line) => MARKS.includes(line));
    const adds = was.length === 0 || (keepsAll && come.every((line) => isHarmless(declaration, line)));
    const lines = [...gone.map((line) => `- ${line}`), ...come.map((line) => `+ ${line}`)];
    return [{ declaration, breaks: !adds, lines }];
  });
}

function isHarmless(declaration: string, line: string): boolean {
  if (declaration.startsWith("class ")) return /^ {2}\S/.test(line);
  return declaration.startsWith("interface ") && /^ {2}(readonly )?[\w$]+\?:/.test(line);
}

/** Lines by declaration; declarations of one name from several files stand together. */
function declarations(report: string): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const block of report.split("\n\n").filter((text) => text.trim() !== "")) {
    const lines = block.trimEnd().split("\n");
    const head = lines.find((line) => !MARKS.includes(line)) ?? "";
    const declaration = HEAD.exec(head)?.[0] ?? head;
    found.set(declaration, [...(found.get(declaration) ?? []), ...lines]);
  }
  return found;
}

/** Lines of one list that the other has not, or has less often. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
