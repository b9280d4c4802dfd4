import { Token } from "cdktf";
import { type Fault, ValidationError } from "./validation-error";

/**
 * Collects the faults of one object, so that the user sees all of them at once.
 *
 * Every check skips a value that is undefined (the compiler asks for what is required) and, but for `literal`,
 * a value that is only known at apply (a token).
 */
export class Faults {
  private readonly found: Fault[] = [];

  constructor(private readonly path: string) {}

  get all(): readonly Fault[] {
    return [...this.found];
  }

  add(property: string, rule: string, value?: unknown, fix?: string): this {
    this.found.push({ property, rule, value, fix });
    return this;
  }

  /** Adds a fault unless the condition holds. */
  check(holds: boolean, property: string, rule: string, value?: unknown, fix?: string): this {
    return holds ? this : this.add(property, rule, value, fix);
  }

  /** The value must be known at synth: it becomes part of a name, an address or a command line. */
  literal(property: string, value: unknown): this {
    const unresolved = value !== undefined && Token.isUnresolved(value);
    return this.check(
      !unresolved,
      property,
      "must be known at synth, got a token",
      undefined,
      "write the value itself instead of another resource's attribute",
    );
  }

  matches(property: string, value: string | undefined, pattern: RegExp, rule: string, fix?: string): this {
    return isOpen(value) ? this : this.check(pattern.test(value), property, rule, value, fix);
  }

  /** Between `min` and `max` characters. */
  length(property: string, value: string | undefined, min: number, max: number): this {
    if (isOpen(value)) return this;
    const holds = value.length >= min && value.length <= max;
    return this.check(holds, property, `must have ${min} to ${max} characters, has ${value.length}`, value);
  }

  /** A whole number from `min` to `max`. */
  integer(property: string, value: number | undefined, min: number, max = Number.POSITIVE_INFINITY): this {
    if (isOpen(value)) return this;
    const holds = Number.isInteger(value) && value >= min && value <= max;
    const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
    return this.check(holds, property, `must be a whole number ${range}`, value);
  }

  oneOf(property: string, value: string | number | undefined, allowed: readonly (string | number)[]): this {
    if (isOpen(value)) return this;
    const list = allowed.map((item) => JSON.stringify(item)).join(", ");
    return this.check(allowed.includes(value), property, `must be one of ${list}`, value);
  }

  unique(property: string, values: readonly string[]): this {
    const twice = values.filter((value, index) => values.indexOf(value) !== index);
    return this.check(twice.length === 0, property, "must not repeat a value", twice[0], "remove the second one");
  }

  /** Throws one ValidationError with everything found so far. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new ValidationError(this.path, this.found);
  }
}

function isOpen<T>(value: T | undefined): value is undefined {
  return value === undefined || Token.isUnresolved(value);
}
