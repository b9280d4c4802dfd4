import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Environment } from "./folders";
import { capture } from "./tools";

export interface TerraformOptions {
  /** Program to run, as `findTerraform` found it. */
  readonly command: string;
  /** Folder with the configuration. */
  readonly cwd: string;
  /** Laid over the environment of this process; TF_DATA_DIR and variables belong here. */
  readonly env?: Environment;
  /** Everything Terraform says goes here, one run after the other. Default: `terraform.log` in the folder. */
  readonly logFile?: string;
  readonly onLine?: (line: string) => void;
}

export interface TerraformRun {
  readonly command: string;
  readonly exitCode: number;
  readonly seconds: number;
  readonly tail: readonly string[];
  /** The signal that was passed on while it ran, if any. */
  readonly signalled?: NodeJS.Signals;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  /** As Terraform writes it: ["create"], ["update"], ["delete", "create"], …; never ["no-op"] or ["read"]. */
  readonly actions: readonly string[];
}

export interface TerraformPlan extends TerraformRun {
  /** Empty also when the plan failed: look at the exit code (0 no changes, 2 changes, 1 failed). */
  readonly changes: readonly ResourceChange[];
}

const quiet = ["-no-color", "-input=false"];

/** Terraform in one working directory. Methods answer what happened and do not throw; `succeeded` does. */
export class Terraform {
  readonly logFile: string;
  private running?: ChildProcess;
  private signalled?: NodeJS.Signals;

  constructor(private readonly options: TerraformOptions) {
    this.logFile = options.logFile ?? join(options.cwd, "terraform.log");
  }

  init(args: readonly string[] = []): Promise<TerraformRun> {
    return this.run(["init", ...quiet, ...args]);
  }

  /** Exit code 2 means changes. The plan file stays at `out`, or is `tfplan` beside the log. */
  async plan(options: { out?: string; args?: readonly string[] } = {}): Promise<TerraformPlan> {
    const out = options.out ?? join(dirname(this.logFile), "tfplan");
    const run = await this.run(["plan", ...quiet, "-detailed-exitcode", `-out=${out}`, ...(options.args ?? [])]);
    return { ...run, changes: run.exitCode === 1 ? [] : await this.changesOf(out) };
  }

  /** Applies without asking; a plan file can be among the arguments. */
  apply(args: readonly string[] = []): Promise<TerraformRun> {
    return this.run(["apply", ...quiet, "-auto-approve", ...args]);
  }

  destroy(args: readonly string[] = []): Promise<TerraformRun> {
    return this.run(["destroy", ...quiet, "-auto-approve", ...args]);
  }

  /** Addresses in the state. */
  async stateList(): Promise<string[]> {
    const { exitCode, stdout, stderr } = await this.ask(["state", "list"]);
    if (exitCode !== 0 && !stderr.includes("No state file was found")) {
      throw new Error(`terraform state list: ${stderr.trim()}`);
    }
    return stdout.split("\n").filter((line) => line !== "");
  }

  /** The state, or a plan file, as Terraform's JSON. */
  async show(planFile?: string): Promise<unknown> {
    const args = planFile === undefined ? [] : [planFile];
    const { exitCode, stdout, stderr } = await this.ask(["show", "-json", ...args]);
    if (exitCode !== 0) {
      throw new Error(`terraform show: ${stderr.trim()}`);
    }
    return JSON.parse(stdout);
  }

  /**
   * Signals the run under way; says whether there was one. SIGINT and SIGTERM let Terraform finish and save; SIGKILL
   * takes its providers along, as a machine that dies would.
   */
  signal(signal: NodeJS.Signals): boolean {
    const pid = this.running?.pid;
    if (pid === undefined) {
      return false;
    }
    this.signalled = signal;
    process.kill(signal === "SIGKILL" ? -pid : pid, signal);
    return true;
  }

  /** Any other command, with its output in the log. */
  async run(args: readonly string[]): Promise<TerraformRun> {
    if (this.running !== undefined) {
      throw new Error(`Terraform runs already in ${this.options.cwd}`);
    }
    mkdirSync(dirname(this.logFile), { recursive: true });
    const begun = process.hrtime.bigint();
    const tail: string[] = [];
    const log = createWriteStream(this.logFile, { flags: "a" });
    log.write(`$ terraform ${args.join(" ")}\n`);
    // A group of its own: Ctrl-C then reaches Terraform once, through us, and not its providers beside it.
    const child = spawn(this.options.command, args, {
      cwd: this.options.cwd,
      detached: true,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running = child;
    this.signalled = undefined;
    const pass = (signal: NodeJS.Signals) => this.signal(signal);
    process.on("SIGINT", pass).on("SIGTERM", pass);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        log.write(`${line}\n`);
        this.options.onLine?.(line);
        if (line.trim() !== "") {
          tail.push(line);
        }
        tail.splice(0, tail.length - 30);
      });
    }
    try {
      const exitCode = await ended(child);
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      return { command: args[0] ?? "", exitCode, seconds, tail, signalled: this.signalled };
    } finally {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      this.running = undefined;
      await new Promise<void>((done) => log.end(done));
    }
  }

  private async changesOf(planFile: string): Promise<ResourceChange[]> {
    const plan = (await this.show(planFile)) as { resource_changes?: PlannedChange[] };
    return (plan.resource_changes ?? [])
      .map(({ address, type, change }) => ({ address, type, actions: change.actions }))
      .filter(({ actions }) => !actions.every((action) => action === "no-op" || action === "read"));
  }

  private ask(args: readonly string[]) {
    return capture(this.options.command, args, { cwd: this.options.cwd, env: this.environment(), seconds: 120 });
  }

  private environment(): Environment {
    return { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...this.options.env };
  }
}

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[] };
}

/** 128 + n for a run that a signal ended, as shells say it. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code, signal) => done(code ?? (signal === "SIGKILL" ? 137 : 143)));
  });
}

/** Throws with the end of the output unless the run succeeded (for a plan: with or without changes). */
export function succeeded<T extends TerraformRun>(run: T): T {
  if (run.exitCode === 0 || (run.command === "plan" && run.exitCode === 2)) {
    return run;
  }
  throw new Error(`terraform ${run.command} failed (${run.exitCode}):\n${run.tail.join("\n")}`);
}
