#!/usr/bin/env node
import { Command } from "commander";
import { bootstrap } from "./bootstrap";
import { teardown } from "./bootstrap-teardown";
import { CommandError } from "./command-error";

const program = new Command("eks-platform").description("What a platform needs besides `cdktf deploy`.");

program
  .command("bootstrap")
  .description("makes an account's state store, and moves the state of that very stack into it")
  .argument("[stack]", "the bootstrap stack", "bootstrap")
  .option("--out <folder>", "what `cdktf synth` wrote", "cdktf.out")
  .option("--auto-approve", "apply without asking", false)
  .action(bootstrap);

program
  .command("bootstrap-teardown")
  .description("destroys an account's state store, its copies included; refuses while a stack has resources")
  .argument("[stack]", "the bootstrap stack", "bootstrap")
  .requiredOption("--bucket <name>", "name of the state bucket, typed out: everything in it is lost")
  .option("--out <folder>", "what `cdktf synth` wrote", "cdktf.out")
  .action(teardown);

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommandError)) throw error;
  console.error(`eks-platform: ${error.message}`);
  process.exitCode = 1;
});
