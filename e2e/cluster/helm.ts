import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackFile } from "../../lib/render/stack/stack-file";
import type { StackRelease } from "../../lib/render/stack/stack-releases";
import { clusterRunFolder } from "../engines/folders";
import type { Output } from "../engines/tools";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import type { Person } from "./kubernetes-http";

/** What Helm is told of a release. */
export interface HelmPlan {
  readonly releaseName: string;
  readonly namespace: string;
  /** Folder or archive. */
  readonly chart: string;
  /** YAML, which JSON is. */
  readonly values: string;
  /** Of install and upgrade. */
  readonly flags: readonly string[];
  /** Of upgrade alone. */
  readonly upgradeFlags: readonly string[];
  /** Who does it. @default - the administrator */
  readonly as?: Person;
}

export interface Revision {
  readonly revision: number;
  readonly status: string;
  readonly description: string;
}

/** A release as the Helm provider of Terraform would make it: from the attributes of `helm_release`. */
export function planOf(stack: StackFile, { releaseName, namespace, chart, values, source }: StackRelease): HelmPlan {
  if (!("path" in chart)) throw new Error(`${source} has no chart in the repository`);
  const body = Object.values(stack.resources.helm_release ?? {}).find((each) => {
    const note = (each["//"] as { eksPlatform?: { namespace: string } } | undefined)?.eksPlatform;
    return each.name === releaseName && note?.namespace === namespace;
  });
  if (!body) throw new Error(`there is no helm_release ${source}`);
  return {
    releaseName,
    namespace,
    chart: chart.path,
    values,
    flags: [
      ...(body.atomic === true ? ["--atomic"] : []),
      ...(body.wait === true ? ["--wait"] : []),
      ...(body.wait_for_jobs === true ? ["--wait-for-jobs"] : []),
      ...(body.skip_crds === true ? ["--skip-crds"] : []),
      `--timeout=${body.timeout ?? 300}s`,
    ],
    upgradeFlags: [
      ...(body.cleanup_on_fail === true ? ["--cleanup-on-fail"] : []),
      ...(body.max_history === undefined ? [] : [`--history-max=${body.max_history}`]),
    ],
  };
}

/** Helm with what it is told. What must succeed says why it did not. */
export class Helm {
  private files = 0;

  constructor(private readonly cluster: Cluster) {}

  install(plan: HelmPlan): Promise<Output> {
    return this.run(plan, "install", [plan.releaseName, plan.chart, ...this.valuesOf(plan), ...plan.flags]);
  }

  upgrade(plan: HelmPlan, values = plan.values): Promise<Output> {
    const { releaseName, chart, flags, upgradeFlags } = plan;
    const args = [releaseName, chart, ...this.valuesOf({ ...plan, values }), ...flags, ...upgradeFlags];
    return this.run(plan, "upgrade", args);
  }

  rollback(plan: HelmPlan, revision: number): Promise<Output> {
    return this.run(plan, "rollback", [plan.releaseName, String(revision), "--wait", "--timeout=60s"]);
  }

  uninstall(plan: HelmPlan): Promise<Output> {
    return this.run(plan, "uninstall", [plan.releaseName, "--wait", "--timeout=120s"]);
  }

  async history(plan: HelmPlan): Promise<Revision[]> {
    return JSON.parse(succeeded(await this.run(plan, "history", [plan.releaseName, "--output=json"])));
  }

  private run({ namespace, as }: HelmPlan, command: string, args: readonly string[]): Promise<Output> {
    const groups = as?.groups.map((group) => `--kube-as-group=${group}`) ?? [];
    const person = as ? [`--kube-as-user=${as.user}`, ...groups] : [];
    return this.cluster.helm(command, ...args, "--namespace", namespace, ...person);
  }

  private valuesOf({ values, releaseName }: HelmPlan): string[] {
    const folder = join(clusterRunFolder, "values");
    mkdirSync(folder, { recursive: true });
    this.files += 1;
    const file = join(folder, `${releaseName}-${this.files}.yaml`);
    writeFileSync(file, values);
    return ["--values", file];
  }
}

export function succeeded({ exitCode, stdout, stderr }: Output): string {
  expect(exitCode === 0, "Helm to succeed", stderr.trim());
  return stdout;
}

/** The reason of what must fail. */
export function failed({ exitCode, stderr }: Output, what: string): string {
  expect(exitCode !== 0, `${what} to fail`, "it succeeded");
  return stderr.trim();
}
