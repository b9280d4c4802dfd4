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
  const got = value === undefined ? "" : `, got ${JSON.stringify(value)}`;
  return `'${property}' ${rule}${got} at ${path}${fix ? `; ${fix}` : ""}`;
}
