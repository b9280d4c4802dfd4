import { compileExamples, findExamples } from "../support/examples";

const WRONG = [
  { place: "a.ts:1", code: 'new Key(this, "Key", { account, alias: "a" });' },
  { place: "b.ts:1", code: 'import { Vpc } from "cdktf-eks-platform/kms";' },
];

test("every example of a doc comment compiles against the public API, and one that is wrong is found", () => {
  const examples = findExamples("lib", "stacks");
  expect(examples.length).toBeGreaterThan(15);
  expect(compileExamples([...examples, ...WRONG])).toEqual([
    "a.ts:1: Argument of type '{ account: AwsAccount; alias: string; }' is not assignable to parameter of type 'KeyProps'.   Property 'description' is missing in type '{ account: AwsAccount; alias: string; }' but required in type 'KeyProps'.",
    `b.ts:1: Module '"cdktf-eks-platform/kms"' has no exported member 'Vpc'.`,
  ]);
}, 120_000);
