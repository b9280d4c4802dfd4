import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Annotations, App, Aspects, TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { StackUnderTest } from "../../../../lib/testing/stack/stack-under-test";
import { synthesize, synthesizeAll } from "../../../../lib/testing/stack/synthesize";
import { testApp, testStack } from "../../../support/synth";

const folder = mkdtempSync(join(tmpdir(), "testing-synthesize-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a stack is what Terraform reads, with aspects applied and references resolved", () => {
  const stack = testStack();
  const key = new KmsKey(stack, "Key", { description: "data" });
  new TerraformOutput(stack, "key", { value: key.arn });
  Aspects.of(stack).add({
    visit: (node) => {
      if (node instanceof KmsKey) node.enableKeyRotation = true;
    },
  });
  const tested = synthesize(stack);
  expect(tested.name).toBe("test");
  expect(tested.addresses).toEqual(["aws_kms_key.Key"]);
  expect(tested.census).toEqual({ aws_kms_key: 1 });
  expect(tested.only("aws_kms_key")).toMatchObject({ description: "data", enable_key_rotation: true });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
  expect(tested.json.output).toEqual({ key: { value: "${aws_kms_key.Key.arn}" } });
  expect(synthesize(tested)).toBe(tested);
});

test("all faults of validations are told, a line for each, and nothing is written", () => {
  const stack = testStack();
  stack.node.addValidation({ validate: () => ["'name' must be short, got a long one", "'size' is at test"] });
  expect(() => synthesize(stack)).toThrow(
    new Error("test cannot be synthesised:\n'name' must be short, got a long one at test\n'size' is at test"),
  );
});

test("an error annotation and a validation of the app fail as in synth", () => {
  const stack = testStack();
  Annotations.of(stack).addError("no");
  stack.node.root.node.addValidation({ validate: () => ["never"] });
  expect(() => synthesize(stack)).toThrow(new Error("test cannot be synthesised:\nno at test\nnever"));
});

test("of an app one stack is meant; a reference to another one is an output there", () => {
  const app = testApp();
  const [one, other] = ["one", "other"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
  new AwsProvider(one, "Aws", { region: "eu-west-3" });
  const key = new KmsKey(one, "Key", {});
  new TerraformOutput(other, "key", { value: key.arn });
  expect(() => synthesize(app)).toThrow(new Error("say which stack; there are: one, other"));
  expect(() => synthesize(app, "third")).toThrow(new Error('the app has no stack "third"; there are: one, other'));
  expect(Object.keys(synthesize(app, "one").json.output as object)).toEqual(["cross-stack-output-aws_kms_keyKeyarn"]);
  expect(Object.keys(synthesizeAll(app))).toEqual(["one", "other"]);
  expect(() => synthesize(new App({ outdir: folder }))).toThrow(new Error("say which stack; there are: none"));
});

test("a written output, a folder of a stack, a file and the JSON are the same stack", () => {
  const json = { "//": { metadata: { stackName: "staging" } }, resource: { aws_vpc: { Vpc: {} } } };
  const stackFolder = join(folder, "out", "stacks", "staging");
  mkdirSync(stackFolder, { recursive: true });
  writeFileSync(join(stackFolder, "cdk.tf.json"), JSON.stringify(json));
  for (const path of [join(folder, "out"), stackFolder, join(stackFolder, "cdk.tf.json")]) {
    expect(synthesize(path)).toEqual(new StackUnderTest("staging", json, { folder: stackFolder }));
  }
  expect(synthesize(json)).toEqual(new StackUnderTest("staging", json));
  expect(() => synthesize(join(folder, "out"), "prod")).toThrow(
    new Error(`no stack "prod" of ${join(folder, "out")}; there are: staging`),
  );
  expect(() => synthesize("nowhere")).toThrow(new Error("there is nothing at nowhere; run: npx cdktf synth"));
});

test("a single stack must have the name that is asked for", () => {
  const stack = testStack();
  const file = join(folder, "single.json");
  const json = { "//": { metadata: { stackName: "test" } }, resource: {} };
  writeFileSync(file, JSON.stringify(json));
  for (const input of [stack, synthesize(stack), json, file]) {
    expect(synthesize(input, "test").name).toBe("test");
    expect(() => synthesize(input, "other")).toThrow(new Error('the stack is "test", and not "other"'));
  }
  expect(synthesize({ resource: {} }, "any").name).toBe("the stack");
});

test("a file that is no stack is refused", () => {
  const file = join(folder, "words.json");
  writeFileSync(file, JSON.stringify({ resource: "hello" }));
  expect(() => synthesize(file)).toThrow(new Error(`${file} is not the JSON of a stack`));
});

test("what is no stack is refused", () => {
  const message = "what is tested must be a stack, an app, the path of an output, or the JSON of a stack, got ";
  const words = [
    { data: "hello" },
    { resource: [] },
    { resource: { aws_vpc: "a" } },
    { resource: { aws_vpc: { A: 1 } } },
  ];
  for (const input of [{}, { vpc: {} }, ...words])
    expect(() => synthesize(input)).toThrow(new Error(`${message}an object`));
  expect(() => synthesize([])).toThrow(new Error(`${message}[]`));
  expect(() => synthesize(undefined as never)).toThrow(new Error(`${message}nothing`));
});

test("only one of a type must be one", () => {
  const tested = synthesize({ resource: { aws_vpc: { One: {}, Other: {} } } });
  expect(() => tested.only("aws_vpc")).toThrow(new Error("there must be one aws_vpc in the stack, but there are 2"));
  expect(() => tested.only("aws_eip")).toThrow(new Error("there must be one aws_eip in the stack, but there are none"));
});

test("the text that Testing.synth answers is the stack, and is never shown", () => {
  const stack = testStack();
  new KmsKey(stack, "Key", { description: "of 111122223333" });
  const text = Testing.synth(stack);
  expect(synthesize(text).addresses).toEqual(["aws_kms_key.Key"]);
  expect(() => synthesize(text.slice(0, -9))).toThrow(
    new Error(`the text of a stack must be whole JSON, and its ${text.length - 9} characters are not`),
  );
  expect(() => synthesize('{ "vpc": {} }')).toThrow(
    new Error("what is tested must be a stack, an app, the path of an output, or the JSON of a stack, got an object"),
  );
  expect(() => synthesize("a".repeat(200))).toThrow(
    new Error(`there is nothing at ${"a".repeat(100)}...; run: npx cdktf synth`),
  );
});

test.each<[unknown, string]>([
  ["cdktf.out", '"cdktf.out"'],
  [undefined, "nothing"],
  [{ resource: {} }, "an object"],
])("of %j there is no app", (app, got) => {
  expect(() => synthesizeAll(app as App)).toThrow(
    new Error(`'app' must be an App of cdktf, got ${got}; of an output, take each stack: synthesize(output, name)`),
  );
});

test("a fault that has its place gets no other one", () => {
  const stack = testStack();
  const inside = new Construct(stack, "C");
  stack.node.addValidation({
    validate: () => [
      "'name' must be short, got a long one at test/C; without it look at the page",
      "'size' must be small at test/Cc",
      "'size' must be known at test; use 1",
    ],
  });
  inside.node.addValidation({ validate: () => ["test is no name"] });
  Annotations.of(stack).addError("'kind' must be known at test/C");
  expect(() => synthesize(stack)).toThrow(
    new Error(`test cannot be synthesised:
'name' must be short, got a long one at test/C; without it look at the page
'size' must be small at test/Cc at test
'size' must be known at test; use 1
test is no name at test/C`),
  );
});

test("an annotation that has its place gets no other one", () => {
  const stack = testStack();
  const inside = new Construct(stack, "C");
  Annotations.of(stack).addError("'kind' must be known at test/C");
  Annotations.of(inside).addError("no test");
  expect(() => synthesize(stack)).toThrow(
    new Error("test cannot be synthesised:\n'kind' must be known at test/C\nno test at test/C"),
  );
});
