import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { satisfies } from "semver";
import { HELM_VARIABLE } from "../../render/helm/helm";
import { HELM_NEEDED, HELM_SOURCE, isHelmSupported } from "../../render/helm/helm-version";
import type { AskTool } from "./ask-tool";
import { type Check, type Finding, fail, ok, warn } from "./check";
import type { Stack } from "./stack";
import { checkTerraform } from "./terraform";

/** What the machine must have for a stack; without one, for any. */
export function toolChecks(ask: AskTool, env: NodeJS.ProcessEnv, stack?: Stack): Check[] {
  const aws = { name: "AWS CLI", run: () => checkAwsCli(ask) };
  const gate = [
    { name: "curl", run: () => checkCurl(ask) },
    { name: "base64", run: () => checkBase64(ask) },
  ];
  return [
    { name: "Node", run: () => checkNode(process.versions.node) },
    { name: "Terraform", run: () => checkTerraform(ask, env) },
    ...(stack?.usesAws === false ? [] : [aws]),
    ...(stack && !stack.loginArguments ? [] : gate),
    { name: "Helm", run: () => checkHelm(ask, env[HELM_VARIABLE] || "helm") },
    { name: "kubectl", run: () => checkKubectl(ask) },
  ];
}

/** Whether a version of Node is one that this package is made for. */
export function checkNode(version: string): Finding {
  const range = enginesOfPackage();
  return satisfies(version, range) ? ok(version) : fail(`${version} is not ${range}`, `install Node ${range}`);
}

/** From `engines` of the package that this file belongs to, compiled or not. */
function enginesOfPackage(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const { engines } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { engines: { node: string } };
  return engines.node;
}

/**
 * From these on, `aws eks get-token` answers in `client.authentication.k8s.io/v1beta1` unasked, as the stacks expect.
 *
 * @see https://github.com/aws/aws-cli/pull/6940
 */
const AWS_CLI_RANGE = ">=2.7.0 || ^1.24.0";
const AWS_CLI_PURPOSE = "needed for logins to the cluster and for the state store";
const INSTALL_AWS_CLI =
  "install AWS CLI 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";

async function checkAwsCli(ask: AskTool): Promise<Finding> {
  const found = await versionOf(ask, "aws", ["--version"], /^aws-cli\/(\d+\.\d+\.\d+)/m);
  if (typeof found !== "string") return fail(`${found.problem}: ${AWS_CLI_PURPOSE}`, found.fix ?? INSTALL_AWS_CLI);
  if (!satisfies(found, AWS_CLI_RANGE)) return fail(`${found} is too old: ${AWS_CLI_PURPOSE}`, INSTALL_AWS_CLI);
  return found.startsWith("1.") ? warn(`${found} works, but has no "aws sso login"`, INSTALL_AWS_CLI) : ok(found);
}

async function checkCurl(ask: AskTool): Promise<Finding> {
  const found = await versionOf(ask, "curl", ["--version"], /^curl (\S+)/m);
  if (typeof found === "string") return ok(found);
  return fail(`${found.problem}: the readiness gate asks the cluster with it`, found.fix ?? "install curl");
}

/** Not every base64 has a version, so it shows what it can do. */
async function checkBase64(ask: AskTool): Promise<Finding> {
  const answer = await ask("base64", ["-d"], { input: "d29ya3M=" });
  if (answer.kind === "ended" && answer.output === "works") return ok("decodes");
  const problem = { missing: "not found", silent: "gave no answer", ended: 'does not know "-d"' }[answer.kind];
  return fail(
    `${problem}: the readiness gate reads certificates with it`,
    "install base64 of GNU coreutils or BusyBox",
  );
}

async function checkHelm(ask: AskTool, command: string): Promise<Finding> {
  const found = await versionOf(ask, command, ["version", "--template", "{{.Version}}"], /^v(\S+)/m);
  const fix = `get ${HELM_NEEDED}, from ${HELM_SOURCE}, or name one in ${HELM_VARIABLE}`;
  if (typeof found !== "string")
    return warn(`${found.problem}: charts cannot be rendered; no deploy needs it`, found.fix ?? fix);
  return isHelmSupported(found) ? ok(found) : warn(`${found} cannot render charts; no deploy needs it`, fix);
}

async function checkKubectl(ask: AskTool): Promise<Finding> {
  const found = await versionOf(ask, "kubectl", ["version", "--client"], /v(\d+\.\d+\.\S+)/);
  if (typeof found === "string") return ok(found);
  return warn(`${found.problem}: no deploy needs it`, found.fix ?? "install it to look into the cluster");
}

/** The version in what a tool says of itself. */
async function versionOf(
  ask: AskTool,
  program: string,
  args: readonly string[],
  pattern: RegExp,
): Promise<string | { readonly problem: string; readonly fix?: string }> {
  const answer = await ask(program, args);
  if (answer.kind === "missing") return { problem: "not found" };
  if (answer.kind === "silent")
    return { problem: `gave no answer within ${answer.seconds} s`, fix: "run it yourself to see what it waits for" };
  // AWS CLI 1 once wrote to the other stream.
  const version = pattern.exec(`${answer.output}\n${answer.errors}`)?.[1];
  return version ?? { problem: `does not tell its version (exit code ${answer.exitCode})` };
}
