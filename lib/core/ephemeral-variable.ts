import { TerraformStack, TerraformVariable, VariableType } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { Faults } from "./faults";
import { ValidationError } from "./validation-error";

/**
 * Names that every shell can set as `TF_VAR_<name>`. The longest word is shorter than most keys and tokens: who writes a secret instead of
 * a name is told so.
 */
const NAME = /^[a-z][a-z0-9]{0,23}(_[a-z0-9]{1,24})*$/;
const NAME_MAX_LENGTH = 128;

/** @see https://developer.hashicorp.com/terraform/language/block/variable */
const RESERVED = ["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"];

/**
 * A text that whoever runs Terraform gives as `TF_VAR_<name>`, for write-only arguments. It is in no code, plan or state; Terraform asks for
 * it at every plan, apply and destroy, and refuses one that is empty.
 *
 * Creates the `variable` block of exactly that name. A stack has each variable once, whoever asks for it.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral
 */
export class EphemeralVariable extends TerraformVariable {
  /**
   * The stack's variable of a name; makes it if it is not there.
   *
   * @throws {ValidationError} if the name is none, or the stack has something else of that name. Synth fails if another `variable` block
   * gets the name later.
   */
  static named(scope: Construct, variableName: string): EphemeralVariable {
    const faults = new Faults(scope.node.path);
    checkVariableName(faults, "variableName", variableName);
    checkVariableFree(faults, "variableName", scope, variableName);
    faults.throwIfAny();
    const stack = TerraformStack.of(scope);
    const made = stack.node.tryFindChild(variableName);
    return made instanceof EphemeralVariable ? made : new EphemeralVariable(stack, variableName);
  }

  // Directly in the stack: there the id of a construct is the name of its block.
  private constructor(stack: TerraformStack, variableName: string) {
    super(stack, variableName, {
      description: `Given as TF_VAR_${variableName}. In no code, plan or state.`,
      type: VariableType.STRING,
      sensitive: true,
      nullable: false,
    });
    // cdktf has no argument for it; an override reaches every form of output.
    this.addOverride("ephemeral", true);
    this.addValidation({
      condition: `\${length(trimspace(var.${variableName})) > 0}`,
      errorMessage: `${variableName} must not be empty. Give it as TF_VAR_${variableName}.`,
    });
    this.node.addValidation({
      validate: () => {
        // Two blocks of one name would be merged without a word.
        const other = stack.node.findAll().find((node) => node !== this && isVariable(node, variableName));
        const rule = "must not be that of another variable";
        return other
          ? [new ValidationError(other.node.path, [{ property: "variable", rule, value: variableName }]).message]
          : [];
      },
    });
  }
}

function isVariable(node: IConstruct, variableName: string): boolean {
  return node instanceof TerraformVariable && node.friendlyUniqueId === variableName;
}

/** Adds what is wrong with the name of a variable. What is no name is not repeated: it may be the secret itself. */
export function checkVariableName(faults: Faults, property: string, variableName: unknown): void {
  const holds = typeof variableName === "string" && variableName.length <= NAME_MAX_LENGTH && NAME.test(variableName);
  const rule =
    "must name a Terraform variable: words of lower-case letters and digits, at most 24 each, with '_' between, beginning with a letter";
  faults.check(holds, property, rule, undefined, "write the name, and give the value as TF_VAR_<name>");
  if (typeof variableName === "string" && RESERVED.includes(variableName))
    faults.add(property, "must not be a word that Terraform keeps for itself", variableName);
}

/** Adds a fault if the stack has something else of the variable's name. */
export function checkVariableFree(faults: Faults, property: string, scope: Construct, variableName: string): void {
  const taken = TerraformStack.of(scope).node.children.find(({ node }) => node.id === variableName);
  const free = taken === undefined || taken instanceof EphemeralVariable;
  faults.check(free, property, "must not be the name of something else in the stack", taken?.node.path);
}
