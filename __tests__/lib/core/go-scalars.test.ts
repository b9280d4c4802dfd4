import { parse } from "yaml";
import { GO_SCALARS } from "../../../lib/core/go-scalars";
import { valuesAsHelmReads } from "../../support/helm";

const scalars: readonly (readonly [string, unknown])[] = [
  ["y", true],
  ["n", false],
  ["yes", true],
  ["Yes", true],
  ["YES", true],
  ["no", false],
  ["on", true],
  ["off", false],
  ["OFF", false],
  ["true", true],
  ["False", false],
  ["tRue", "tRue"],
  ["~", null],
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["", null],
  ["0", 0],
  ["00", 0],
  ["1", 1],
  ["+5", 5],
  ["-5", -5],
  ["0644", 420],
  ["-0644", -420],
  ["0o17", 15],
  ["0O17", 15],
  ["-0o17", -15],
  ["08", 8],
  ["018", 18],
  ["0o8", "0o8"],
  ["0_7", 7],
  ["07_", 7],
  ["0x1F", 31],
  ["-0x1f", -31],
  ["0X_F", 15],
  ["0xG", "0xG"],
  ["0x", "0x"],
  ["0b101", 5],
  ["-0b1", -1],
  ["0b2", "0b2"],
  ["1_000", 1000],
  ["1__0", 10],
  ["1_", 1],
  ["_1", "_1"],
  ["1_000.5", 1000.5],
  ["1.5", 1.5],
  ["1.", 1],
  [".5", 0.5],
  ["+.5", 0.5],
  ["._5", "._5"],
  [".", "."],
  ["0644.5", 644.5],
  ["1e3", 1000],
  ["1E+3", 1000],
  ["1.5e-3", 0.0015],
  [".5e2", 50],
  ["1e", "1e"],
  ["e3", "e3"],
  ["1f", "1f"],
  ["+", "+"],
  ["+-1", "+-1"],
  ["0x1p-2", "0x1p-2"],
  ["1,000", "1,000"],
  ["1.2.3", "1.2.3"],
  ["v1", "v1"],
  ["22:22", "22:22"],
  ["190:20:30", "190:20:30"],
  ["2001-12-14", "2001-12-14"],
  ["2001-12-14T21:59:43Z", "2001-12-14T21:59:43Z"],
  ["nan", "nan"],
  ["inf", "inf"],
  ["Infinity", "Infinity"],
  ["9007199254740991", 9007199254740991],
  ["=", "="],
  ["<<x", "<<x"],
  ['"0644"', "0644"],
  ["'yes'", "yes"],
  ["!!str 0644", "0644"],
];

function asRead(text: string): unknown {
  return parse(text, { schema: "failsafe", customTags: GO_SCALARS });
}

test.each(scalars)("%s is read as %j", (text, value) => {
  expect(asRead(`value: ${text}\n`)).toEqual({ value });
});

test("Helm itself reads them so", () => {
  const text = scalars.map(([scalar], index) => `scalar${index}: ${scalar}\n`).join("");
  expect(valuesAsHelmReads(text)).toEqual(
    Object.fromEntries(scalars.map(([, value], index) => [`scalar${index}`, value])),
  );
});

test.each([".inf", "-.Inf", ".nan", ".NaN"])("%s is no number that a chart could get: Helm refuses it", (text) => {
  expect(asRead(`value: ${text}\n`)).toEqual({ value: Number.NaN });
  expect(() => valuesAsHelmReads(`value: ${text}\n`)).toThrow("json: unsupported value");
});
