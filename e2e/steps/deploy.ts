import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engines } from "../engines/engines";
import { makeRunFolder } from "../engines/folders";
import { leftovers } from "../engines/leftovers";
import { succeeded } from "../engines/terraform";
import { mustRun } from "../engines/tools";
import { expect } from "../expect";
import { cdktfDeploy, stackFolder } from "../programs";
import { settings } from "../settings";
import { pullState, terraformOf } from "../stack";

/** The main job, through the CLI. */
export async function deployStaging(engines: Engines): Promise<string> {
  const { seconds } = await cdktfDeploy(engines.env, "staging", engines.inCluster);
  const terraform = terraformOf(engines, "staging");
  const resources = await terraform.stateList();
  const file = join(makeRunFolder(), "state-size.json");
  writeFileSync(file, await pullState(terraform));
  return `${resources.length} resources in ${seconds.toFixed(0)} s, state ${Math.round(statSync(file).size / 1024)} kB`;
}

/** What runs in the cluster is there, seen through a login of the deploy role. */
export async function lookIntoCluster({ env, kubeconfig }: Engines): Promise<string> {
  const access = kubeconfig ? ["--kubeconfig", kubeconfig] : [];
  const get = (...args: string[]) => mustRun("kubectl", [...access, "get", ...args], { env });
  const namespaces = await get("namespaces", "--selector", "managed-by=terraform", "--output", "name");
  const names = ["clinical-trials", "genomics", "genomics-jobs", "platform", "syndromic-surveillance"];
  const expected = names.map((name) => `namespace/${name}\n`);
  expect(namespaces === expected.join(""), "the namespaces of the record", namespaces);
  const info = await get(
    "configmap",
    "platform-info",
    "--namespace",
    "platform",
    "--output",
    "jsonpath={.data.environment}",
  );
  expect(info === "staging", "the release's ConfigMap", info);
  const api = ["--namespace", "syndromic-surveillance", "--output", "jsonpath={.status.readyReplicas}"];
  const ready = await get("deployment", "syndromic-surveillance-api", ...api);
  expect(Number(ready) >= 2, "two pods of the surveillance API or more", ready);
  return `${expected.length} namespaces, releases platform-info and syndromic-surveillance-api (${ready} pods ready)`;
}

/** Everything goes, and nothing of it stays in the emulators. */
export async function destroyStaging(engines: Engines, before: readonly string[]): Promise<string> {
  const terraform = terraformOf(engines, "staging");
  const { seconds } = succeeded(await terraform.destroy());
  const state = await terraform.stateList();
  expect(state.length === 0, "an empty state", state);
  const after = await leftovers(engines.env, settings.regions);
  const stayed = after.filter((line) => !before.includes(line));
  expect(stayed.length === 0, "nothing left in the account", stayed);
  return `state empty, nothing left but keys pending deletion, ${seconds.toFixed(0)} s`;
}

/** Prepares the stack's folder for Terraform itself. */
export async function initStaging(engines: Engines): Promise<string> {
  const { seconds } = succeeded(await terraformOf(engines, "staging").init(["-reconfigure"]));
  return `${stackFolder("staging").split("/").slice(-2).join("/")}, ${seconds.toFixed(1)} s`;
}
