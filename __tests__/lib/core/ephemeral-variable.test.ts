import { LocalBackend, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { checkVariableFree, checkVariableName, EphemeralVariable } from "../../../lib/core/ephemeral-variable";
import { Faults } from "../../../lib/core/faults";
import { messageOf, stackFaults } from "../../support/errors";
import { synthesize, testApp, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const open = "$" + "{";

test("a variable block of exactly that name, which keeps its value out of plan and state", () => {
  const stack = testStack();
  EphemeralVariable.named(new Construct(stack, "Deep"), "jwt_secret");
  expect(synthesize(stack).json.variable).toEqual({
    jwt_secret: {
      description: "Given as TF_VAR_jwt_secret. In no code, plan or state.",
      ephemeral: true,
      nullable: false,
      sensitive: true,
      type: "string",
      validation: [
        {
          condition: `${open}length(trimspace(var.jwt_secret)) > 0}`,
          error_message: "jwt_secret must not be empty. Give it as TF_VAR_jwt_secret.",
        },
      ],
    },
  });
});

test("it is ephemeral in HCL too", () => {
  const stack = testStack();
  EphemeralVariable.named(stack, "jwt_secret");
  expect(Testing.synthHcl(stack)).toMatch(/^variable "jwt_secret" \{[\s\S]*^ephemeral = true\n\}$/m);
});

test("a stack has it once, whoever asks; another stack has its own", () => {
  const stack = testStack();
  const variable = EphemeralVariable.named(new Construct(stack, "One"), "jwt_secret");
  expect(EphemeralVariable.named(new Construct(stack, "Two"), "jwt_secret")).toBe(variable);
  expect(EphemeralVariable.named(testStack(), "jwt_secret")).not.toBe(variable);
  expect(stackFaults(stack)).toEqual([]);
});

test("something else of its name in the stack is a fault", () => {
  const stack = new TerraformStack(testApp(), "test");
  new TerraformVariable(stack, "region", { type: "string" });
  new LocalBackend(stack, { path: "test.tfstate" });
  for (const name of ["region", "backend"])
    expect(messageOf(() => EphemeralVariable.named(stack, name))).toBe(
      `'variableName' must not be the name of something else in the stack, got "test/${name}" at test`,
    );
});

test("a later block of its name is a fault: the two would be merged", () => {
  const stack = testStack();
  EphemeralVariable.named(stack, "jwt_secret");
  const other = new TerraformVariable(new Construct(stack, "Later"), "Variable", { default: "open" });
  other.overrideLogicalId("jwt_secret");
  expect(stackFaults(stack)).toEqual([
    `'variable' must not be that of another variable, got "jwt_secret" at test/Later/Variable`,
  ]);
});

const NAME =
  "'password' must name a Terraform variable: words of lower-case letters and digits, at most 24 each, with '_' between, beginning with a letter at staging; write the name, and give the value as TF_VAR_<name>";

function fault(name: unknown): string {
  const faults = new Faults("staging");
  checkVariableName(faults, "password", name);
  return messageOf(() => faults.throwIfAny());
}

test.each<[string, unknown]>([
  ["a password", "correct horse battery staple"],
  ["a password of a generator", "xK9#mP2$vL5n"],
  ["a key in hexadecimal", "f34be427ebb29de8d88c107a71546019685ed8b241d8f2ed00c3df97ad2566f0"],
  ["a token of letters and digits", "hfabcdefghijklmnopqrstuvwxyz0123"],
  ["upper case", "JWT_SECRET"],
  ["'-', which no shell exports", "jwt-secret"],
  ["a digit first", "1st_key"],
  ["'_' first", "_key"],
  ["'_' twice", "jwt__secret"],
  ["a line more", "jwt_secret\n"],
  ["nothing", ""],
  ["more than 128 characters", Array.from({ length: 26 }, () => "part").join("_")],
  ["a token", aToken()],
  ["a number", 5],
  ["null", null],
  ["undefined", undefined],
])("refuses %s as a name, and does not repeat it", (_, name) => {
  expect(fault(name)).toBe(NAME);
});

test("refuses a word of Terraform's own", () => {
  expect(fault("version")).toBe(
    `'password' must not be a word that Terraform keeps for itself, got "version" at staging`,
  );
});

test.each(["a", "jwt_secret", "k8s_token_2", "openai_api_key", "abcdefghijklmnopqrstuvwx"])("takes %s", (name) => {
  const faults = new Faults("staging");
  checkVariableName(faults, "password", name);
  checkVariableFree(faults, "password", testStack(), name);
  expect(faults.all).toEqual([]);
});
