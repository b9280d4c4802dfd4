import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contractText } from "../../../lib/platform/contract-text";
import { Platform } from "../../../lib/platform/platform";
import { contract, teamStack } from "../../support/contract";
import { messageOf } from "../../support/errors";
import { synthesize } from "../../support/synth";

test("a lookup finds a contract in a file, which messages then name", () => {
  const folder = mkdtempSync(join(tmpdir(), "platform-"));
  const file = join(folder, "contract.json");
  writeFileSync(file, contractText(contract));
  const stack = teamStack();
  const platform = Platform.fromLookup(stack, "platform", { environment: "staging", file, region: "eu-west-3" });
  rmSync(folder, { recursive: true });
  expect(platform.contract).toEqual(contract);
  expect(JSON.stringify(synthesize(stack).json.check)).toContain(` --region eu-west-3 --file ${file}"`);
});

test("a lookup reads the environment's file, or another, and refuses what is not there", () => {
  const stack = teamStack();
  const missing = (file: string) =>
    `'file' must be there, got "${file}" at test/platform; copy it from the platform's repository, or write it with: npx eks-platform contract nowhere --ssm --team '<team>' --region '<region>' --file ${file}`;
  expect(messageOf(() => Platform.fromLookup(stack, "platform", { environment: "nowhere" }))).toBe(
    missing("contracts/nowhere.json"),
  );
  const file = "contracts/other.json";
  expect(messageOf(() => Platform.fromLookup(stack, "platform", { environment: "nowhere", file }))).toBe(missing(file));
  expect(messageOf(() => Platform.fromLookup(stack, "platform", { environment: "../staging" }))).toBe(
    `'environment' must be lower-case letters, digits and '-', got "../staging" at test/platform`,
  );
});

test.each<[string, object | undefined, string]>([
  ["no environment", {}, "'environment' must be given as text, got null at test/platform"],
  ["nothing", undefined, "'environment' must be given as text, got null at test/platform"],
  ["a name alone", "staging" as unknown as object, "'environment' must be given as text, got null at test/platform"],
  [
    "variables of CI that are empty",
    { environment: "staging", file: "", accountId: "", region: "" },
    [
      `'file' must be text that is not empty, got "" at test/platform`,
      `'accountId' must be twelve digits, got "" at test/platform`,
      `'region' must be an AWS region, got "" at test/platform; for example "eu-west-3"`,
    ].join("\n"),
  ],
  [
    "what is no account and no region",
    { environment: "staging", accountId: "1", region: "Paris" },
    [
      `'accountId' must be twelve digits, got "1" at test/platform`,
      `'region' must be an AWS region, got "Paris" at test/platform; for example "eu-west-3"`,
    ].join("\n"),
  ],
  [
    "keys that it does not have",
    { environment: "staging", path: "x.json", acountId: "111122223333" },
    [
      "'path' is not a known property at test/platform; use 'environment' or 'file' or 'accountId' or 'region'",
      "'acountId' is not a known property at test/platform; use 'accountId'",
    ].join("\n"),
  ],
  [
    "numbers and tokens, all at once",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as cdktf writes tokens
    { environment: "staging", accountId: 111122223333, region: "${TfToken[TOKEN.0]}", file: 1 },
    [
      "'file' must be text, got 1 at test/platform",
      "'accountId' must be text, got 111122223333 at test/platform",
      "'region' must be known at synth, got a token at test/platform; write the value itself instead of another resource's attribute",
    ].join("\n"),
  ],
])("a lookup of %s is refused", (_, lookup, message) => {
  expect(messageOf(() => Platform.fromLookup(teamStack(), "platform", lookup as { environment: string }))).toBe(
    message,
  );
});
