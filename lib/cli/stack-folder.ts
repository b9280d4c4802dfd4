import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readSynthJson } from "../render/stack/synth-json";
import { CommandError } from "./command-error";
import { isInterrupt, runInteractively, runTool, type ToolResult } from "./run-tool";

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface StackJson {
  readonly terraform: {
    readonly backend?: { readonly s3?: { readonly bucket: string; readonly key: string; readonly region: string } };
  };
  readonly resource?: Readonly<Record<string, Bodies>>;
}

/** https://developer.hashicorp.com/terraform/language/files/override */
const OVERRIDE = "_override.tf.json";

/** A synthesised stack, and Terraform in its folder. The stack's own file is never changed: overrides lie beside it for a while. */
export class StackFolder {
  readonly folder: string;
  readonly json: StackJson;

  constructor(
    out: string,
    readonly stack: string,
  ) {
    this.folder = resolve(out, "stacks", stack);
    const file = join(this.folder, "cdk.tf.json");
    if (!existsSync(file)) throw new CommandError(`there is no stack "${stack}" in ${out}`, "run: npx cdktf synth");
    // A run that was killed leaves its overrides behind.
    for (const file of readdirSync(this.folder).filter((name) => name.endsWith(OVERRIDE)))
      rmSync(join(this.folder, file));
    this.json = readSynthJson(file) as StackJson;
  }

  /** Where the stack's state belongs. */
  get backend(): { bucket: string; key: string; region: string } {
    const s3 = this.json.terraform.backend?.s3;
    if (!s3)
      throw new CommandError(`the stack "${this.stack}" has no S3 backend`, "only stacks with one can be bootstrapped");
    return s3;
  }

  /** The bodies of all resources of a type, by logical id. */
  resources(type: string): Bodies {
    return this.json.resource?.[type] ?? {};
  }

  /** Lays a file over the stack until `remove` is called */
  override(name: string, content: object): { remove(): void } {
    const file = join(this.folder, `${name}${OVERRIDE}`);
    writeFileSync(file, JSON.stringify(content, undefined, 2));
    return { remove: () => rmSync(file, { force: true }) };
  }

  /** Runs Terraform quietly. */
  ask(...args: string[]): ToolResult {
    return runTool(terraformBinary(), args, this.folder);
  }

  /** Runs Terraform before the user's eyes; stops the command if it fails. */
  async terraform(...args: string[]): Promise<void> {
    const exitCode = await runInteractively(terraformBinary(), args, this.folder);
    if (exitCode === 0) return;
    if (isInterrupt(exitCode))
      throw new CommandError(`terraform ${args[0]} was interrupted`, "run the same command again", exitCode);
    throw new CommandError(`terraform ${args[0]} failed`, "mend what it says above and run the same command again");
  }
}

function terraformBinary(): string {
  return process.env.TERRAFORM_BINARY_NAME ?? "terraform";
}
