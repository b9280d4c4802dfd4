import { isSupported, TERRAFORM_BINARY_VARIABLE, type TerraformBinary } from "../../lib/cli/doctor/terraform";
import { capture } from "./tools";

/** Terraform by TERRAFORM_BINARY_NAME (the variable of the cdktf CLI too), else `terraform`, else `tofu`. */
export async function findTerraform(): Promise<TerraformBinary> {
  const named = process.env[TERRAFORM_BINARY_VARIABLE];
  const refused: string[] = [];
  for (const command of named === undefined || named === "" ? ["terraform", "tofu"] : [named]) {
    const found = await ask(command);
    if (found !== undefined && isSupported(found.version)) {
      return found;
    }
    refused.push(found === undefined ? `${command}: not found` : `${command}: ${found.version}`);
  }
  throw new Error(`Terraform >= 1.11.0 (not 1.15.0 or 1.15.1) or OpenTofu >= 1.11.0 is needed (${refused.join(", ")})`);
}

async function ask(command: string): Promise<TerraformBinary | undefined> {
  // A configuration file that is not there would only add warnings to the answer.
  const env = { TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: "1" };
  const { exitCode, stdout } = await capture(command, ["version", "-json"], { env });
  if (exitCode !== 0) {
    return undefined;
  }
  const version = (JSON.parse(stdout) as { terraform_version: string }).terraform_version;
  const plain = await capture(command, ["version"], { env });
  return { command, version, flavour: plain.stdout.startsWith("OpenTofu") ? "OpenTofu" : "Terraform" };
}
