import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { applicationsStack } from "../../examples/twenty-applications/stack";
import { awsEnvironments } from "../../lib/environment/aws-environments";
import { isOff } from "../../lib/environment/in-cluster";
import type { TeamConfig } from "../../lib/environment/in-cluster-config";
import { withDeployRoles } from "../../lib/environment/team-in-cluster";
import { type RenderTools, withRenderTools } from "../../lib/render/helm/render-tools";
import { renderEnvironment } from "../../lib/render/render-environment";
import { platformObjects } from "../../lib/render/stack/platform-objects";
import { readStack } from "../../lib/render/stack/stack-file";
import { platform } from "../../stacks/environments";
import { clusterRunFolder } from "../engines/folders";
import { mustRun } from "../engines/tools";
import { expect } from "../expect";
import { installed, PROJECT } from "../programs";
import type { Environment } from "./environment";

/** Beside what users have: a deploy under way keeps its own. */
export const out = join(clusterRunFolder, "cdktf.out");
const files = join(clusterRunFolder, "rendered");
const exampleOut = join(clusterRunFolder, "example", "cdktf.out");

/** Writes all stacks, as `npx cdktf synth` does, and the example with twenty applications. */
export async function synthAll(signal: AbortSignal): Promise<string> {
  const env = { CDKTF_OUTDIR: out, EKS_PLATFORM_IN_CLUSTER_OFF: undefined };
  rmSync(out, { recursive: true, force: true });
  await mustRun(installed("tsx"), ["main.ts"], { cwd: PROJECT, env, signal, seconds: 180 });
  rmSync(exampleOut, { recursive: true, force: true });
  mkdirSync(join(exampleOut, ".."), { recursive: true });
  const app = new App({ outdir: exampleOut });
  applicationsStack(app);
  app.synth();
  return [...platform.environments.map(({ name }) => name), "the example with twenty applications"].join(", ");
}

/** Renders every environment of AWS whose in-cluster part is on by `eks-platform render`, and the example. Nothing comes from a cache. */
export async function renderAll(helm: string, signal: AbortSignal): Promise<Environment[]> {
  rmSync(files, { recursive: true, force: true });
  return withRenderTools({ helm, cache: false }, async (tools) => {
    const environments: Environment[] = [];
    for (const config of awsEnvironments(platform)) {
      const { name, inCluster } = config;
      if (isOff(inCluster)) continue;
      environments.push(await rendered(tools, out, name, withDeployRoles(config, inCluster).teams ?? []));
      const args = ["render", name, "--out", out, "--to", files, "--helm", helm, "--no-cache"];
      await mustRun(installed("tsx"), ["lib/cli/eks-platform.ts", ...args], { cwd: PROJECT, signal, seconds: 600 });
    }
    return environments;
  });
}

/** An environment whose charts lie elsewhere: what Terraform itself makes of it. */
export function withoutReleases(name: string): Environment {
  const stack = readStack(out, name);
  const { objects, findings } = platformObjects(stack.resources);
  expect(findings.length === 0, `${name} to be read whole`, findings);
  return { name, teams: [], stack, releases: [], objects, files: join(files, name) };
}

/** Releases of many applications at once. */
export function renderExample(helm: string): Promise<Environment> {
  return withRenderTools({ helm, cache: false }, (tools) => rendered(tools, exampleOut, "applications", []));
}

async function rendered(
  tools: RenderTools,
  folder: string,
  name: string,
  teams: readonly TeamConfig[],
): Promise<Environment> {
  const stack = readStack(folder, name);
  const { objects, releases, findings, complete } = await renderEnvironment(stack, tools);
  const errors = findings.filter(({ severity }) => severity === "error");
  const lines = errors.map(({ source, object, path, message }) => `${source} ${object ?? ""} ${path ?? ""} ${message}`);
  expect(complete && errors.length === 0, `${name} to be rendered without errors`, lines.join("\n"));
  return { name, teams, stack, releases, objects, files: join(files, name) };
}
