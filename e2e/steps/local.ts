import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isLocalChart } from "../../lib/helm/chart-source";
import { local } from "../../stacks/local-environment";
import type { Engines } from "../engines/engines";
import { type Environment, makeRunFolder } from "../engines/folders";
import { helmBinary } from "../engines/helm-binary";
import { succeeded } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect, expectSame } from "../expect";
import { localHome } from "../local-home";
import { eksPlatform } from "../programs";
import { secretVariables } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

/** Why the charts of the environment cannot be had here; undefined if they can. */
export async function chartsOutOfReach(): Promise<string | undefined> {
  const helm = await helmBinary();
  for (const { chart } of local.inCluster.releases) {
    if (isLocalChart(chart)) continue;
    const { repository, name, version } = chart;
    const where = repository.startsWith("oci://") ? [`${repository}/${name}`] : [name, "--repo", repository];
    const { exitCode } = await capture(helm, ["show", "chart", ...where, "--version", version], { seconds: 30 });
    if (exitCode !== 0) return `${repository} does not answer here with ${name} ${version}`;
  }
  return undefined;
}

/** `eks-platform deploy local`, as its guide has it: doctor, deploy, render, second plan, one more model, destroy; no secret anywhere. */
export async function localEnvironment(engines: Engines): Promise<string> {
  if (engines.kubeconfig === undefined) throw new Error("there is no kubeconfig");
  // Outside of the project: its own state, in terraform.local.tfstate, may be that of a cluster of the user's.
  const folder = mkdtempSync(join(tmpdir(), "eks-platform-local-"));
  const out = join(folder, "cdktf.out");
  const secrets = secretVariables(local.inCluster);
  const home = join(folder, "home");
  localHome(home, engines.kubeconfig);
  const env: Environment = { ...engines.env, ...secrets, HOME: home };
  const terraform = terraformOf(engines, "local", { env, folder: join(out, "stacks", "local") });
  await makeVolumes(engines.kubeconfig);
  try {
    const args = ["deploy", "local", "--out", out, "--auto-approve", "--skip-provider-lock"];
    const { seconds } = await eksPlatform(env, args);
    const resources = await terraform.stateList();
    const render = ["render", "local", "--out", out, "--to", join(folder, "rendered"), "--fail-on-warning"];
    await eksPlatform(env, [...render, "--helm", await helmBinary()]);
    const plan = await expectNoChanges(terraform);
    const state = readFileSync(join(folder, "terraform.local.tfstate"), "utf8");
    expectNoSecret(state, secrets, "the state");
    expectNoSecret(JSON.stringify(await terraform.show()), secrets, "what Terraform shows");
    const upgrade = await oneMoreModel(terraform, join(out, "stacks", "local", "cdk.tf.json"));
    succeeded(await terraform.destroy());
    expectSame(await terraform.stateList(), [], "the state after destroy");
    return `${resources.length} resources in ${seconds.toFixed(0)} s, ${plan}; ${upgrade}; no secret in the state (${Math.round(state.length / 1024)} kB)`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await mustRun("kubectl", ["--kubeconfig", engines.kubeconfig, "delete", "pv", "-l", VOLUMES, "--wait=false"]);
  }
}

/** One changed value is one release changed in place. */
async function oneMoreModel(terraform: ReturnType<typeof terraformOf>, file: string): Promise<string> {
  const before = readFileSync(file, "utf8");
  const changed = before.replace('\\"codellama\\"', '\\"codellama:7b\\"');
  expect(changed !== before, "the models among the values", "none");
  writeFileSync(file, changed);
  const { changes } = succeeded(await terraform.plan());
  writeFileSync(file, before);
  expectSame(
    changes.map(({ type, actions }) => [type, actions]),
    [["helm_release", ["update"]]],
    "the changes of another model",
  );
  return "another model is one change";
}

function expectNoSecret(text: string, secrets: Readonly<Record<string, string>>, where: string): void {
  for (const [name, value] of Object.entries(secrets)) {
    const base64 = Buffer.from(value).toString("base64");
    expect(!text.includes(value) && !text.includes(base64), `${where} not to hold ${name}`, "it does");
  }
}

const VOLUMES = "engines=local-volumes";

/** No controller makes volumes here: there are some already. */
async function makeVolumes(kubeconfig: string): Promise<void> {
  const [key = "", value] = VOLUMES.split("=");
  const volume = (size: string, index: number) => ({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `local-${index}`, labels: { [key]: value } },
    spec: {
      capacity: { storage: size },
      accessModes: ["ReadWriteOnce"],
      storageClassName: "gp3",
      hostPath: { path: "/nowhere" },
    },
  });
  const file = join(makeRunFolder(), "local-volumes.json");
  const items = ["1Gi", "5Gi", "8Gi", "30Gi"].map(volume);
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await mustRun("kubectl", ["--kubeconfig", kubeconfig, "apply", "-f", file]);
}
