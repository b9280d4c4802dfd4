import type { PlatformContract } from "../../../lib/platform/contract";
import { contractText } from "../../../lib/platform/contract-text";
import { PublishedContract } from "../../../lib/platform/published-contract";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";
import { smallContract, wholeContract } from "../../support/team-contract";
import { aToken } from "../../support/tokens";

test("the parameter has the bytes of the file, under the name that the contract says", () => {
  const stack = synthesizeWith((scope) => {
    new PublishedContract(scope, "Contract", { contract: wholeContract });
  });
  expect(stack.only("aws_ssm_parameter")).toEqual({
    name: "/eks-platform/staging/genomics/contract",
    description: "What staging promises genomics",
    type: "String",
    tier: "Standard",
    insecure_value: contractText(wholeContract),
  });
  expect(stack.census).toEqual({
    aws_ssm_parameter: 1, // the contract
  });
});

test("a contract of 4096 bytes is the largest there is; a letter may have several", () => {
  const padded = (letters: string) => ({ ...smallContract, writtenBy: letters });
  const room = 4096 - Buffer.byteLength(contractText(padded("")));
  const make = (letters: string) => () => new PublishedContract(testStack(), "Contract", { contract: padded(letters) });
  expect(make("a".repeat(room))).not.toThrow();
  expect(messageOf(make(`${"a".repeat(room - 1)}é`))).toBe(
    "'contract' must have at most 4096 bytes as text, has 4097 at test/Contract; grant the team fewer namespaces, or give it fewer tags",
  );
});

test("what is known only at apply cannot stand in a contract", () => {
  const contract = { ...smallContract, domain: aToken() };
  expect(messageOf(() => new PublishedContract(testStack(), "Contract", { contract }))).toBe(
    "'contract' must be known at synth, got a token at test/Contract; write it anew with: platformContract({ ... })",
  );
});

test.each<[string, unknown, string]>([
  [
    "no object",
    undefined,
    "'contract' must be an object at test/Contract; write it anew with: platformContract({ ... })",
  ],
  [
    "of another version",
    { ...smallContract, contractVersion: "2.0" },
    `'contractVersion' must be 1.x, got "2.0" at test/Contract; it is of a newer platform: update cdktf-eks-platform here`,
  ],
  [
    "without its network",
    { ...smallContract, network: undefined },
    "'network' must be given at test/Contract; write it anew with: platformContract({ ... })",
  ],
  [
    "about a namespace of Kubernetes itself",
    { ...smallContract, namespaces: { "kube-system": { podSecurityLevel: "privileged" } } },
    `'namespaces.kube-system' must not be a namespace of Kubernetes itself, got "kube-system" at test/Contract; write it anew with: platformContract({ ... })`,
  ],
  [
    "with something that Terraform would evaluate",
    { ...smallContract, tags: { Note: `\${var.a}` } },
    `'tags.Note' must hold no \${ or %{, which Terraform evaluates, and no control characters, got "\${var.a}" at test/Contract; write it anew with: platformContract({ ... })`,
  ],
])("refuses a contract that is %s", (_, contract, message) => {
  const props = { contract: contract as PlatformContract };
  expect(messageOf(() => new PublishedContract(testStack(), "Contract", props))).toBe(message);
});
