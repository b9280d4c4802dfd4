/** One broken rule: which property, what it must be, what it is, and what to write instead. */
export interface Fault {
  /** The property as the user wrote it, with its path inside the props object, for example `nodeGroups.genomics.scaling`. */
  readonly property: string;
  /** The rule, as it follows the property in a sentence: `must be a prefix from /16 to /28`. */
  readonly rule: string;
  /** The value that broke the rule; left out of the message when undefined. */
  readonly value?: unknown;
  /** What to write instead. */
  readonly fix?: string;
}

/**
 * Bad input, found at synth. Carries every fault of one object; the message has a line for each, such as
 * `'cidrBlock' must have a prefix from /16 to /28, got "10.0.0.0/8" at staging/Vpc; use "10.0.0.0/16"`.
 */
export class ValidationError extends Error {
  /** The construct path, or the name of the record, that the faults belong to. */
  readonly path: string;
  readonly faults: readonly Fault[];

  constructor(path: string, faults: readonly Fault[]) {
    super(faults.map((fault) => describe(path, fault)).join("\n"));
    this.name = "ValidationError";
    this.path = path;
    this.faults = [...faults];
  }

  /** The property of the first fault. */
  get property(): string | undefined {
    return this.faults[0]?.property;
  }

  /** The value of the first fault. */
  get value(): unknown {
    return this.faults[0]?.value;
  }

  /** The fix of the first fault. */
  get fix(): string | undefined {
    return this.faults[0]?.fix;
  }
}

function describe(path: string, { property, rule, value, fix }: Fault): string {
  const got = value === undefined ? "" : `, got ${told(value)}`;
  return `'${property}' ${rule}${got} at ${path}${fix ? `; ${fix}` : ""}`;
}

/** A value as JSON; what JSON does not know by its text, or by what it is an instance of. A check must not fail at what it refuses. */
function told(value: unknown): string {
  const text = notJson(value);
  if (text !== undefined) return text;
  try {
    return JSON.stringify(value, (_, each: unknown) => notJson(each) ?? each) ?? instanceName(value);
  } catch {
    // What contains itself, as a construct does.
    return instanceName(value);
  }
}

function notJson(value: unknown): string | undefined {
  if (typeof value === "function") return instanceName(value);
  const isOdd = typeof value === "bigint" || typeof value === "symbol";
  return isOdd || (typeof value === "number" && !Number.isFinite(value)) ? String(value) : undefined;
}

function instanceName(value: unknown): string {
  const name: unknown = Object(value).constructor?.name;
  return typeof name === "string" && name !== "" ? name : "Object";
}
