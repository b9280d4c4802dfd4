import type { AskTool } from "./ask-tool";
import { type Finding, fail, ok } from "./check";

export interface TerraformBinary {
  readonly command: string;
  readonly flavour: "Terraform" | "OpenTofu";
  readonly version: string;
}

/** The variable by which the cdktf CLI, too, finds its Terraform. */
export const TERRAFORM_BINARY_VARIABLE = "TERRAFORM_BINARY_NAME";

/**
 * Write-only attributes need 1.11; 1.15.0 and 1.15.1 are left out on purpose, as in `required_version` of the stacks.
 *
 * @see https://github.com/hashicorp/terraform/issues/38479
 */
export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (major > 1 || (major === 1 && minor >= 11)) && version !== "1.15.0" && version !== "1.15.1";
}

/** What a command says of itself; undefined if it is no Terraform. */
export async function askTerraform(ask: AskTool, command: string): Promise<TerraformBinary | "silent" | undefined> {
  // A configuration file that is not there would only add warnings to the answer.
  const env = { TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: "1" };
  const answer = await ask(command, ["version"], { env });
  if (answer.kind === "silent") return "silent";
  const said = answer.kind === "ended" ? /^(Terraform|OpenTofu) v(\S+)/m.exec(answer.output) : undefined;
  const [, flavour, version] = said ?? [];
  if (!flavour || !version) return undefined;
  return { command, flavour: flavour as TerraformBinary["flavour"], version };
}

/** The Terraform that a deploy would run. */
export async function checkTerraform(ask: AskTool, env: NodeJS.ProcessEnv): Promise<Finding> {
  const command = env[TERRAFORM_BINARY_VARIABLE] || "terraform";
  const found = await askTerraform(ask, command);
  if (found === "silent")
    return fail(`gave no answer to "${command} version"`, "run it yourself to see what it waits for");
  if (!found) return notFound(ask, command);
  const shown = found.flavour === "Terraform" ? found.version : `${found.version} (OpenTofu)`;
  if (isSupported(found.version)) return ok(shown);
  const why = /^1\.15\.[01]$/.test(found.version) ? "breaks cdktf deploy with a lock table" : "is too old";
  return fail(`${shown} ${why}`, "install 1.11.0 or later, but not 1.15.0 or 1.15.1");
}

async function notFound(ask: AskTool, command: string): Promise<Finding> {
  const missing = `not found as "${command}": needed for everything`;
  const tofu = await askTerraform(ask, "tofu");
  const usable = tofu && tofu !== "silent" && isSupported(tofu.version);
  if (usable) return fail(missing, `OpenTofu ${tofu.version} is here: export ${TERRAFORM_BINARY_VARIABLE}=tofu`);
  return fail(missing, "install Terraform or OpenTofu, 1.11.0 or later but not 1.15.0 or 1.15.1");
}
