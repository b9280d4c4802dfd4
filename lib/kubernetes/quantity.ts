/**
 * A Kubernetes quantity, exact: `500m` of CPU, `20Gi` of memory.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export interface Quantity {
  /** The value in billionths: Kubernetes keeps nothing finer. */
  readonly nano: bigint;
  /** How it was written, and how Kubernetes writes it again. */
  readonly form: "binary" | "decimal" | "exponent";
}

const NANO_DIGITS = 9;
const NANO = 10n ** BigInt(NANO_DIGITS);
/** Larger ones are cut without a word. */
const LARGEST = (2n ** 63n - 1n) * NANO;
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const FORM = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,3})?$/;

/** Reads a quantity; undefined if the text is not one, or one that Kubernetes would round or cut. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, sign, number = "", suffix = ""] = match;
  const [whole = "", fraction = ""] = number.split(".");
  const { form, factor, exponent } = readSuffix(suffix);
  const digits = BigInt(whole + fraction) * factor;
  const nano = shift(digits, exponent - fraction.length + NANO_DIGITS);
  if (nano === undefined || nano > LARGEST) return undefined;
  return { nano: sign === "-" ? -nano : nano, form };
}

function readSuffix(suffix: string): { form: Quantity["form"]; factor: bigint; exponent: number } {
  if (BINARY.includes(suffix) && suffix !== "")
    return { form: "binary", factor: 1024n ** BigInt(BINARY.indexOf(suffix)), exponent: 0 };
  if (DECIMAL.includes(suffix))
    return { form: "decimal", factor: 1n, exponent: 3 * DECIMAL.indexOf(suffix) - NANO_DIGITS };
  return { form: "exponent", factor: 1n, exponent: Number(suffix.slice(1)) };
}

/** `digits` times ten to the power of `exponent`; undefined if a digit would be lost. */
function shift(digits: bigint, exponent: number): bigint | undefined {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return digits % divisor === 0n ? digits / divisor : undefined;
}

/** Below 0, 0 or above 0, as for `Array.sort`. */
export function compareQuantities(one: Quantity, other: Quantity): number {
  if (one.nano === other.nano) return 0;
  return one.nano < other.nano ? -1 : 1;
}

/** Whether it is a whole number of `unit`. */
export function isMultipleOf(quantity: Quantity, unit: Quantity): boolean {
  return quantity.nano % unit.nano === 0n;
}

/**
 * The quantity as the API server gives it back: without a fraction, with the largest suffix that needs none. What is written
 * otherwise (`1024Mi`, `0.5`) shows as a change in every plan where the provider compares the text.
 */
export function formatQuantity({ nano, form }: Quantity): string {
  if (nano === 0n) return "0";
  const size = nano < 0n ? -nano : nano;
  if (form === "binary" && size >= 1024n * NANO && size % NANO === 0n) {
    const [number, index] = reduce(nano / NANO, 1024n);
    return `${number}${BINARY[index]}`;
  }
  const [number, index] = reduce(nano, 1000n);
  if (form !== "exponent") return `${number}${DECIMAL[index]}`;
  const exponent = 3 * index - NANO_DIGITS;
  return exponent === 0 ? `${number}` : `${number}e${exponent}`;
}

/** Takes a factor out as often as it goes. */
function reduce(value: bigint, factor: bigint): [bigint, number] {
  let number = value;
  let times = 0;
  while (number % factor === 0n) {
    number /= factor;
    times += 1;
  }
  return [number, times];
}
