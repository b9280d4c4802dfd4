import { join } from "node:path";
import type { Engines } from "./engines/engines";
import { type Environment, makeRunFolder } from "./engines/folders";
import { succeeded, Terraform } from "./engines/terraform";
import { expect } from "./expect";
import { stackFolder } from "./programs";

/** Terraform in the folder of a synthesised stack, against the engines. */
export function terraformOf(
  engines: Engines,
  stack: string,
  {
    env = {},
    folder = stackFolder(stack),
    onLine,
  }: { env?: Environment; folder?: string; onLine?: (line: string) => void } = {},
): Terraform {
  return new Terraform({
    command: engines.terraform.command,
    cwd: folder,
    env: { ...engines.env, ...env },
    logFile: join(makeRunFolder(), `terraform-${stack}.log`),
    onLine,
  });
}

/** The second plan: nothing to do. */
export async function expectNoChanges(terraform: Terraform): Promise<string> {
  const plan = succeeded(await terraform.plan());
  expect(plan.exitCode === 0 && plan.changes.length === 0, "no changes", plan.changes);
  return `No changes, ${plan.seconds.toFixed(1)} s`;
}

/** The state as it lies in the bucket, in bytes that change with every write. */
export async function pullState(terraform: Terraform): Promise<string> {
  return JSON.stringify(await terraform.show());
}
