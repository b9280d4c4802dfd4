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

test("what looks like an expression of Terraform stays text", () => {
  const contract = { ...smallContract, tags: { Note: `\${var.a} %{if}` } };
  const stack = synthesizeWith((scope) => {
    new PublishedContract(scope, "Contract", { contract });
  });
  expect(contractText(contract)).toContain(`"Note": "\${var.a} %{if}"`);
  expect(stack.only("aws_ssm_parameter").insecure_value).toContain(`"Note": "$\${var.a} %%{if}"`);
});

test("a contract of 4096 bytes is the largest there is; a letter may have several", () => {
  const padded = (letters: string) => ({ ...smallContract, tags: { ...smallContract.tags, Note: letters } });
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
    "'contract' must be known at synth, got a token at test/Contract; write the value itself instead of another resource's attribute",
  );
});
