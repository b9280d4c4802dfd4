import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { type App, TerraformStack } from "cdktf";

/** The provider checksums of the repository, beside `cdktf.json`. */
export const PROVIDER_LOCK_FILE = "terraform.lock.hcl";

/**
 * Puts the repository's provider checksums beside every stack, where Terraform looks for them: the folder of the output is not kept
 * in Git. Call it after `app.synth()`.
 */
export function copyProviderLocks(app: App, lockFile = PROVIDER_LOCK_FILE): void {
  if (!existsSync(lockFile)) return;
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) {
    copyFileSync(lockFile, join(app.outdir, "stacks", stack.node.id, ".terraform.lock.hcl"));
  }
}
