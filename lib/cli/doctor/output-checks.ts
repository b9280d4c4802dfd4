import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Check, type Finding, ok, warn } from "./check";
import type { Stack } from "./stack";

/** Whether what was synthesised is what the sources say now. */
export function outputChecks(stack: Stack, project: string): Check[] {
  return [
    { name: `stack ${stack.name}`, run: () => checkAge(stack, project) },
    { name: "provider lock", run: () => checkProviderLock(stack) },
  ];
}

function checkAge({ file }: Stack, project: string): Finding {
  const synthesised = statSync(file).mtimeMs;
  const newer = sources(project).find((source) => statSync(join(project, source)).mtimeMs > synthesised);
  return newer ? warn(`is older than ${newer}`, "run: npx cdktf synth") : ok("is synthesised");
}

function sources(project: string): string[] {
  const stacks = existsSync(join(project, "stacks")) ? readdirSync(join(project, "stacks")) : [];
  return ["main.ts", ...stacks.map((name) => join("stacks", name))].filter(
    (source) => source.endsWith(".ts") && existsSync(join(project, source)),
  );
}

/** @see https://developer.hashicorp.com/terraform/language/files/dependency-lock */
function checkProviderLock({ folder, providers }: Stack): Finding {
  const file = join(folder, ".terraform.lock.hcl");
  const fix = "keep terraform.lock.hcl in Git beside cdktf.json, and run: npx cdktf synth";
  if (!existsSync(file)) return warn("is missing: Terraform takes the providers that it gets", fix);
  const locked = readFileSync(file, "utf8");
  const open = providers.filter((source) => !locked.includes(`/${source.split("/").at(-1)}"`));
  return open.length === 0 ? ok("is there") : warn(`does not name ${open.join(", ")}`, fix);
}
