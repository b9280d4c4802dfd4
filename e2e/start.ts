import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import pc from "picocolors";
import { type Engines, startEngines } from "./engines/engines";
import { type Environment, makeRunFolder } from "./engines/folders";
import { cdktfDeploy, eksPlatform, PROJECT, synth } from "./programs";
import { Progress } from "./progress";
import { settings } from "./settings";

/** `npm start`: staging on this machine, without an account. */
async function start(): Promise<void> {
  say("engines");
  const engines = await startEngines({ ...settings, inCluster: "auto", log: (line) => console.log(`  ${line}`) });
  const { env, inCluster } = engines;

  say("synth");
  await synth(env, inCluster);

  say(`${settings.bootstrapStack}: state bucket, lock table, keys (about a minute: the provider waits for S3)`);
  const bootstrap = new Progress((line) => console.log(line));
  await eksPlatform(env, ["bootstrap", settings.bootstrapStack, "--auto-approve"], bootstrap.onLine);

  say("staging: cdktf deploy staging");
  const staging = new Progress((line) => console.log(line));
  await cdktfDeploy(env, "staging", inCluster, staging.onLine);

  say(pc.green(`staging is up: ${bootstrap.count + staging.count} resources made or changed`));
  for (const line of [...engines.describe(), ...howToLook(engines)]) console.log(`  ${line}`);
}

function howToLook({ env, inCluster, kubeconfig }: Engines): string[] {
  const file = join(makeRunFolder(), "env.sh");
  writeFileSync(file, shellLines(env), { mode: 0o600 });
  const kubectl =
    inCluster && kubeconfig ? [`kubectl --kubeconfig ${relative(PROJECT, kubeconfig)} get namespaces`] : [];
  return [
    "",
    "Look at it:",
    `  . ${relative(PROJECT, file)}    # this shell now talks to the emulators`,
    `  aws eks describe-cluster --name ${settings.clusterName}`,
    "  terraform -chdir=cdktf.out/stacks/staging output",
    ...kubectl.map((line) => `  ${line}`),
    "Change stacks/environments.ts and run `npm start` again. `npm stop` ends it.",
  ];
}

function shellLines(env: Environment): string {
  const line = ([name, value]: [string, string | undefined]) =>
    value === undefined ? `unset ${name}` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
  return `${Object.entries(env).map(line).join("\n")}\n`;
}

function say(what: string): void {
  console.log(pc.bold(`==> ${what}`));
}

start().catch((error: unknown) => {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
