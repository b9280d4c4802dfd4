import type { ChartObject } from "../objects/manifests";

/** What stands for a part of a text that is different each time. */
const RANDOM = "random";
/** The same where only base64 is allowed. */
const RANDOM_BYTES = Buffer.from(RANDOM).toString("base64");
const SEPARATORS = /([\s\-._:,"']+)/;

/**
 * Takes out of a chart's objects what is different each time it renders, passwords and certificates, so that the same input gives the same
 * output. A date is not seen if both were rendered on the same day.
 *
 * @param once The objects.
 * @param again The same, rendered a second time.
 */
export function withoutRandom(once: readonly ChartObject[], again: readonly ChartObject[]): ChartObject[] {
  return once.map(({ file, object }, index) => {
    const bytes = object.kind === "Secret" ? object.data : undefined;
    return { file, object: settled(object, again[index]?.object, bytes) as ChartObject["object"] };
  });
}

/** @param bytes The map whose texts are base64. */
function settled(once: unknown, again: unknown, bytes: unknown, isBytes = false): unknown {
  if (typeof once === "string" && typeof again === "string" && once !== again) {
    return isBytes ? RANDOM_BYTES : settledText(once, again);
  }
  if (Array.isArray(once) && Array.isArray(again)) {
    return once.map((item, index) => settled(item, again[index], bytes, isBytes));
  }
  if (!isRecord(once) || !isRecord(again)) return once;
  const entries = Object.entries(once).map(([key, value]) => {
    return [key, settled(value, again[key], bytes, once === bytes || key === "caBundle")];
  });
  return Object.fromEntries(entries);
}

/** The words around the first and the last that differ stay: of `job-x1f` it is `job-random`. */
function settledText(once: string, again: string): string {
  const [words, others] = [once.split(SEPARATORS), again.split(SEPARATORS)];
  if (words.length !== others.length) return RANDOM;
  const differing = words.flatMap((word, index) => (word === others[index] ? [] : [index]));
  const [first = 0, last = first] = [differing[0], differing.at(-1)];
  return [...words.slice(0, first), RANDOM, ...words.slice(last + 1)].join("");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
