import { Faults } from "../../../lib/core/faults";
import { checkStatements } from "../../../lib/core/statement-checks";
import { ValidationError } from "../../../lib/core/validation-error";
import { aListToken, aToken } from "../../support/tokens";

function told(statements: unknown): string[] {
  const faults = new Faults("");
  checkStatements(faults, "statements", statements);
  return faults.all.map((fault) => new ValidationError("test", [fault]).message);
}

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reads/*" };
const TEXTS = "must be text or a list of texts, none empty, got";
const CONDITION = `'statements[0].Condition' must be operators, each with its keys at test; for example { StringEquals: { "aws:ResourceTag/Team": "genomics" } }`;

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["the least", {}],
  ["lists", { Action: ["s3:GetObject", "s3:ListBucket"], Resource: ["*"] }],
  ["tokens", { Action: aToken(), Resource: aListToken() }],
  ["tokens everywhere", { Sid: aToken(), Effect: aToken(), Condition: { StringEquals: aToken() } }],
  ["an operator that is left out", { Condition: { StringEquals: undefined } }],
  ["all but what is named", { Action: undefined, NotAction: ["iam:*"], Resource: undefined, NotResource: "*" }],
  ["a name and a condition", { Sid: "Read1", Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ["what is left out in so many words", { Sid: undefined, Condition: undefined, Principal: undefined }],
])("takes %s", (_, parts) => {
  expect(told([{ ...read, ...parts }])).toEqual([]);
});

test.each<[string, unknown, string[]]>([
  ["no list", "s3:GetObject", [`'statements' must be a list of statements, got "s3:GetObject" at test`]],
  ["nothing", undefined, ["'statements' must be a list of statements, got null at test"]],
  [
    "what is no statement, and a hole",
    [undefined, [], "s3:GetObject", ...new Array(1)],
    [
      "'statements[0]' must be a statement, got null at test",
      "'statements[1]' must be a statement, got [] at test",
      `'statements[2]' must be a statement, got "s3:GetObject" at test`,
      "'statements[3]' must be a statement, got null at test",
    ],
  ],
  ["a hole alone", new Array(1), ["'statements[0]' must be a statement, got null at test"]],
  [
    "keys in lower case",
    [{ effect: "Allow", actions: ["s3:GetObject"], resources: ["*"] }],
    [
      `'statements[0].effect' is not a key of a statement at test; did you mean "Effect"?`,
      `'statements[0].actions' is not a key of a statement at test; did you mean "Action"?`,
      `'statements[0].resources' is not a key of a statement at test; did you mean "Resource"?`,
      `'statements[0].Effect' must be one of "Allow", "Deny", got null at test`,
      "'statements[0].Action' must be given at test",
      "'statements[0].Resource' must be given at test",
    ],
  ],
  [
    "a key that is none",
    [{ ...read, Version: "2012-10-17" }],
    [
      "'statements[0].Version' is not a key of a statement at test; known are Sid, Effect, Action, NotAction, Resource, NotResource, Condition",
    ],
  ],
  [
    "a principal",
    [{ ...read, Principal: "*" }],
    ["'statements[0].Principal' must not be set: the role that has the policy is its principal at test"],
  ],
  [
    "an effect that is none",
    [{ ...read, Effect: "allow" }],
    [`'statements[0].Effect' must be one of "Allow", "Deny", got "allow" at test`],
  ],
  [
    "one of each pair beside the other",
    [{ ...read, NotAction: "s3:*", NotResource: "*" }],
    [
      "'statements[0].Action' must not be given beside 'NotAction' at test",
      "'statements[0].Resource' must not be given beside 'NotResource' at test",
    ],
  ],
  [
    "what is empty",
    [{ ...read, Action: [], Resource: [""] }],
    [`'statements[0].Action' ${TEXTS} [] at test`, `'statements[0].Resource' ${TEXTS} [""] at test`],
  ],
  [
    "what is no text",
    [{ Effect: "Allow", NotAction: null, Resource: [undefined] }],
    [`'statements[0].NotAction' ${TEXTS} null at test`, `'statements[0].Resource' ${TEXTS} [null] at test`],
  ],
  [
    "a name with a dash",
    [{ ...read, Sid: "read-logs" }],
    [`'statements[0].Sid' must be letters and digits, got "read-logs" at test`],
  ],
  ["a condition without an operator", [{ ...read, Condition: { "aws:SecureTransport": "true" } }], [CONDITION]],
  ["a list of conditions", [{ ...read, Condition: [] }], [CONDITION]],
])("refuses %s", (_, statements, messages) => {
  expect(told(statements)).toEqual(messages);
});
