#!/usr/bin/env node
import { Command, Option } from "commander";
import { RenderError } from "../render/render-error";
import { bootstrap } from "./bootstrap";
import { teardown } from "./bootstrap-teardown";
import { CommandError } from "./command-error";
import { CONTRACT_HELP, contract } from "./contract";
import { deploy } from "./deploy";
import { DIFF_FORMATS, DIFF_HELP, diff, parseAskable } from "./diff";
import { doctor, parseSeconds } from "./doctor";
import { PUSH_CHART_HELP, pushChart } from "./push-chart";
import { parseConcurrency, parseKubernetesVersion, RENDER_HELP, render } from "./render";

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

program
  .command("doctor")
  .description("says what is missing before a deploy: tools, logins, state, cluster; changes nothing")
  .argument("[environment]", "the stack to deploy; without it only the tools are looked at")
  .option("--out <folder>", "what `cdktf synth` wrote", "cdktf.out")
  .option("--json", "the same for programs", false)
  .option("--timeout <seconds>", "how long one question may take", parseSeconds, 20)
  .action(doctor);

program
  .command("deploy")
  .description("synthesises, checks as doctor does, logs in to registries of charts, and runs `cdktf deploy`")
  .argument("<environment>", "the stack to deploy")
  .option("--auto-approve", "apply without asking", false)
  .option("--out <folder>", "where `cdktf synth` writes", "cdktf.out")
  .option("--skip-synth", "deploy what was synthesised before", false)
  .option("--skip-provider-lock", "do not let cdktf look up checksums of providers", false)
  .option("--timeout <seconds>", "how long one question of a check may take", parseSeconds, 20)
  .action(deploy);

program
  .command("render")
  .description("shows what an environment brings into its cluster: every object, checked, each in a file of its own")
  .argument("<environment>", "the stack to render")
  .option("--out <folder>", "what `cdktf synth` wrote", "cdktf.out")
  .option("--to <folder>", "where the objects go, in a folder for each environment", "rendered")
  .option("--helm <program>", "the Helm to render with (default: EKS_PLATFORM_HELM, else helm)")
  .option(
    "--kubernetes-version <minor>",
    "render for this version instead of the cluster's, for example 1.36",
    parseKubernetesVersion,
  )
  .option("--concurrency <number>", "Helm processes at once (default: one for each processor)", parseConcurrency)
  .option("--json", "the result and all findings for programs", false)
  .option("--no-cache", "render and pull everything anew, and keep nothing of it")
  .option("--fail-on-warning", "take warnings for errors", false)
  .option("--verbose", "show notices too, and look for values that other values switch off", false)
  .addHelpText("after", RENDER_HELP)
  .action(render);

program
  .command("diff")
  .description(
    "shows what a change does in the cluster: two synthesised outputs, rendered and compared object by object",
  )
  .argument("<environment>", "the stack to compare")
  .requiredOption("--base <folder>", "what `cdktf synth` wrote before the change")
  .option("--out <folder>", "what `cdktf synth` wrote with the change", "cdktf.out")
  .addOption(new Option("--format <format>", "how to show it").choices(DIFF_FORMATS).default("text"))
  .option("--helm <program>", "the Helm to render with (default: EKS_PLATFORM_HELM, else helm)")
  .option("--fail-on <names>", "what needs an explicit yes besides the usual, with commas", parseAskable)
  .option("--allow <names>", "the explicit yes, with commas", parseAskable)
  .addHelpText("after", DIFF_HELP)
  .action(diff);

program
  .command("push-chart")
  .description("packages a chart and pushes it to a registry, each version once")
  .argument("<folder>", "the chart")
  .option("--to <address>", "where charts go: oci://<host>/<path>, without the chart's own name")
  .option("--helm <program>", "the Helm to push with (default: EKS_PLATFORM_HELM, else helm)")
  .option("--json", "the same for programs", false)
  .addHelpText("after", PUSH_CHART_HELP)
  .action(pushChart);

program
  .command("contract")
  .description("writes what an environment promises a team to a file, for the team's own repository")
  .argument("<environment>", "the environment")
  .option("--team <team>", "whose contract; can be left out if only one team has one")
  .option("--out <folder>", "what `cdktf synth` wrote", "cdktf.out")
  .option("--file <file>", "where to write it, - for standard output (default: contracts/<environment>.json)")
  .addOption(new Option("--ssm", "read it from SSM, by the AWS CLI").default(false).conflicts("out"))
  .option("--region <region>", "the environment's region, for --ssm (default: the AWS CLI's own)")
  .option("--check", "write nothing; say what differs, and end with 1 if anything does", false)
  .addHelpText("after", CONTRACT_HELP)
  .action(contract);

// A reader that went away, as `head` or a closed terminal, is no reason to stop.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommandError || error instanceof RenderError)) throw error;
  console.error(`eks-platform: ${error.message}`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
});
