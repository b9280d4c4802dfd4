import type { TerraformBinary } from "../../lib/cli/doctor/terraform";
import { startAws } from "./aws";
import { prepareControlPlane, runControlPlane } from "./control-plane/run";
import { type EnginesRecord, exclusively, readRecord, removeRecord, writeRecord } from "./engines-record";
import type { Environment, Log } from "./folders";
import { planKubernetes } from "./in-cluster";
import { listProcesses, stopProcesses } from "./processes";
import { providerNames } from "./provider-mirrors";
import { findProviders, type Providers } from "./providers";
import { findPython } from "./python";
import { findTerraform } from "./terraform-binary";
import { answers } from "./waiting";

export interface EnginesOptions {
  readonly accountId: string;
  readonly region: string;
  /** The cluster whose logins the control plane takes. */
  readonly clusterName: string;
  /** "auto": with Kubernetes behind the cluster where this machine can do it. */
  readonly inCluster: "auto" | "off";
  /** What the stacks want to be told by the environment: `TF_VAR_...`. */
  readonly variables: Environment;
  readonly log: Log;
}

/** Engines that run. */
export interface Engines {
  /** Laid over `process.env` for Terraform, the AWS CLI and the program under test; undefined takes a variable away. */
  readonly env: Environment;
  /** True when Kubernetes is behind the cluster and the helm and kubernetes providers can be had. */
  readonly inCluster: boolean;
  readonly reasonInClusterOff?: string;
  /** Administrator of the control plane; not there with a container for each cluster, which has its own. */
  readonly kubeconfig?: string;
  readonly terraform: TerraformBinary & Providers;
  describe(): string[];
}

/** Starts everything, or reuses what runs with the same account, region and cluster. On failure nothing stays. */
export function startEngines(options: EnginesOptions): Promise<Engines> {
  return exclusively(async () => {
    const running = await healthyRecord();
    if (running !== undefined) {
      checkSame(running, options);
      options.log("the engines run already");
      return asEngines(running, options.inCluster);
    }
    await stopAll();
    const terraform = await findTools();
    try {
      const record = await start(options, terraform);
      writeRecord(record);
      return asEngines(record, options.inCluster);
    } catch (error) {
      await stopAll();
      throw error;
    }
  });
}

/** The engines that another program started, or undefined when none run or one of them does not answer. */
export async function attachEngines(): Promise<Engines | undefined> {
  const record = await healthyRecord();
  return record === undefined ? undefined : asEngines(record, "auto");
}

/** Stops what was started here or by another program of this project; answers the names. */
export function stopEngines(): Promise<string[]> {
  return exclusively(stopAll);
}

async function stopAll(): Promise<string[]> {
  removeRecord();
  return stopProcesses();
}

/** Everything that can be missing is looked at before the first process starts. */
async function findTools(): Promise<TerraformBinary & Providers> {
  const python = await findPython();
  if ("problem" in python) {
    throw new Error(python.problem);
  }
  const binary = await findTerraform();
  return { ...binary, ...(await findProviders(binary)) };
}

async function start(options: EnginesOptions, terraform: TerraformBinary & Providers): Promise<EnginesRecord> {
  const { accountId, region, clusterName, log } = options;
  const plan = await planKubernetes(options.inCluster, terraform, log);
  if (plan.kind === "none") {
    log(`without the in-cluster part: ${plan.reason}`);
  }
  const programs = plan.kind === "control-plane" ? await plan.programs() : undefined;
  const prepared = programs === undefined ? undefined : await prepareControlPlane(clusterName);
  log("starting the AWS emulators");
  const cluster = prepared?.endpoint ?? (plan.kind === "k3s" ? "k3s" : undefined);
  const aws = await startAws({ accountId, region, cluster, log });
  if (programs !== undefined && prepared !== undefined) {
    log("starting the Kubernetes control plane");
    const logins = { gateway: aws.gateway, accountId };
    await runControlPlane({ folder: programs, prepared, logins, region, log });
  }
  return {
    accountId,
    region,
    clusterName,
    requested: options.inCluster,
    gateway: aws.gateway,
    ec2: aws.ec2,
    kubernetes: plan.kind,
    reasonInClusterOff: plan.kind === "none" ? plan.reason : undefined,
    kubeconfig: prepared?.kubeconfig,
    env: { ...aws.env, TF_CLI_CONFIG_FILE: terraform.configFile, ...noClusterOfTheUser, ...options.variables },
    terraform,
    processes: listProcesses().map(({ name }) => name),
  };
}

/** The helm and kubernetes providers read these where a stack says nothing: no cluster of the user's is ever meant. */
const noClusterOfTheUser: Environment = Object.fromEntries(
  ["KUBECONFIG", "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS", "KUBE_CTX", "KUBE_HOST", "KUBE_TOKEN"].map((name) => [
    name,
    undefined,
  ]),
);

async function healthyRecord(): Promise<EnginesRecord | undefined> {
  const record = readRecord();
  if (record === undefined) {
    return undefined;
  }
  const running = new Set(listProcesses().map(({ name }) => name));
  if (!record.processes.every((name) => running.has(name))) {
    return undefined;
  }
  const healthy = await Promise.all(
    [`${record.gateway}/_ministack/health`, `${record.ec2}/moto-api/data.json`].map((url) =>
      // Their processes are there: a busy machine gets time, before engines that run are given up with all they hold.
      answers(url, 20).catch(() => false),
    ),
  );
  return healthy.every(Boolean) ? record : undefined;
}

function checkSame(running: EnginesRecord, wanted: EnginesOptions): void {
  const about = ({ accountId, region, clusterName }: EnginesOptions | EnginesRecord) =>
    `account ${accountId}, ${region}, cluster ${clusterName}`;
  if (about(running) !== about(wanted)) {
    throw new Error(`engines run for ${about(running)}; stop them first to have ${about(wanted)}`);
  }
  if (wanted.inCluster === "auto" && running.requested === "off") {
    throw new Error("engines run without the in-cluster part; stop them first to have it");
  }
}

function asEngines(record: EnginesRecord, wanted: "auto" | "off"): Engines {
  const inCluster = wanted === "auto" && record.kubernetes !== "none";
  const reason = wanted === "off" ? "the in-cluster part was not asked for" : record.reasonInClusterOff;
  return {
    env: record.env,
    inCluster,
    reasonInClusterOff: inCluster ? undefined : reason,
    kubeconfig: record.kubeconfig,
    terraform: record.terraform,
    describe: () => describe(record),
  };
}

function describe(record: EnginesRecord): string[] {
  const { terraform } = record;
  const kubernetes = {
    "control-plane": `real control plane on loopback, nodes played by kwok; kubeconfig ${record.kubeconfig}`,
    k3s: "a k3s container for each cluster",
    none: `none (${record.reasonInClusterOff})`,
  }[record.kubernetes];
  return [
    `AWS         MiniStack ${record.gateway}, EC2 by moto ${record.ec2}, account ${record.accountId}, ${record.region}`,
    `Kubernetes  ${kubernetes}`,
    `${terraform.flavour.padEnd(11)} ${terraform.version} (${terraform.command})`,
    ...providerNames.map((name) => `provider    ${name}: ${terraform.from[name] ?? "not to be had here"}`),
  ];
}
