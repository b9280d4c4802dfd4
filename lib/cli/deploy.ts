import { findCdktf, runCdktf } from "./cdktf-cli";
import { CommandError } from "./command-error";
import { examine, line } from "./doctor";
import type { Identities } from "./doctor/identities";
import { withRegistryLogin } from "./registry-login";
import { isInterrupt, runInteractively } from "./run-tool";

export interface DeployOptions {
  readonly out: string;
  readonly autoApprove: boolean;
  readonly skipSynth: boolean;
  readonly skipProviderLock: boolean;
  /** How long one question of a check may take. Unit: seconds. */
  readonly timeout: number;
}

/** Deploys an environment: synth, every check of `doctor`, logins to registries of charts, `cdktf deploy`. Nothing is deployed if a check fails. */
export async function deploy(environment: string, options: DeployOptions): Promise<void> {
  const { out, autoApprove, skipSynth, skipProviderLock, timeout } = options;
  const cdktf = findCdktf();
  if (!skipSynth) await synth(cdktf, out);
  const onResult = (result: Parameters<typeof line>[0]) => console.log(line(result));
  const { stack, identities, failed } = await examine(environment, { out, timeout, onResult });
  if (failed || !stack || !identities) {
    console.log(`${environment} is not deployed: mend what says FAIL`);
    process.exitCode = 1;
    return;
  }
  const args = [
    ...["deploy", environment, "--skip-synth", "--output", out],
    ...(autoApprove ? ["--auto-approve"] : []),
    ...(skipProviderLock ? ["--skip-provider-lock"] : []),
  ];
  // With a yes given before, nobody is there to be asked: Terraform would wait for an answer, and hold the lock.
  const input = autoApprove ? { TF_INPUT: "0" } : {};
  process.exitCode = await withRegistryLogin(
    stack.registries,
    await registryEnvironment(stack.registries, identities),
    (login) => runCdktf(cdktf, args, { env: { ...process.env, ...input, ...login }, asks: !autoApprove }),
  );
}

/** What is deployed is what the sources say now. */
async function synth(cdktf: string, out: string): Promise<void> {
  const exitCode = await runInteractively(cdktf, ["synth", "--output", out]);
  if (isInterrupt(exitCode)) throw new CommandError("cdktf synth was interrupted", "nothing is deployed", exitCode);
  if (exitCode !== 0) throw new CommandError("cdktf synth failed", "mend what it says above; nothing is deployed");
}

/** The environment of the AWS CLI, as the stack's provider. */
async function registryEnvironment(hosts: readonly string[], { deploy: asDeployer }: Identities) {
  if (hosts.length === 0) return process.env;
  const { answer } = await asDeployer();
  return { ...process.env, ...answer?.credentials };
}
