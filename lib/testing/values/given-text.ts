const MAX_LENGTH = 100;

/** What somebody gave, as a message about the mistake shows it: short, and with nothing of an object that may hold secrets or accounts. */
export function givenText(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return isClass(value) ? `the class ${value.name}` : "a function";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "symbol") return "a symbol";
  if (typeof value !== "object" || value === null) return shortened(JSON.stringify(value));
  if (Array.isArray(value)) return value.some(isObject) ? "a list of objects" : `[${value.map(givenText).join(",")}]`;
  return isPlain(value) ? "an object" : `an instance of ${value.constructor?.name || "a class"}`;
}

/** A text of which a message shows no more than its beginning. */
export function shortened(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}

/** Whether something is an object as it is written out, or as JSON gives it, in whichever context of JavaScript it was made. */
export function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !Array.isArray(value) && (prototype === null || Object.getPrototypeOf(prototype) === null);
}

/** Whether something is a text with at least one character. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The prototype of a class cannot be replaced, as that of a function can. */
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}
