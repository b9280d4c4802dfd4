import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSameChart } from "../../lib/cli/packaged-chart";
import { ociHost } from "../../lib/registry/registry-address";
import { platform } from "../../stacks/environments";
import type { Engines } from "../engines/engines";
import { makeRunFolder } from "../engines/folders";
import { helmBinary } from "../engines/helm-binary";
import { leftovers } from "../engines/leftovers";
import { succeeded } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect, expectSame } from "../expect";
import { cdktfDeploy, installed, PROJECT, stackFolder } from "../programs";
import { settings } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

/** The registry that the repository deploys, and a chart of it. */
function record() {
  const [registry] = platform.registries ?? [];
  const [chart] = registry?.charts ?? [];
  if (!registry || !chart) throw new Error("stacks/environments.ts must describe a registry with a chart");
  return { registry, chart };
}

/** Before any environment: the stack needs nothing but the state store. */
export async function deployRegistry(engines: Engines): Promise<string> {
  const { id, images, charts } = record().registry;
  const { seconds } = await cdktfDeploy(engines.env, id, engines.inCluster);
  const terraform = terraformOf(engines, id);
  succeeded(await terraform.init(["-reconfigure"]));
  const resources = await terraform.stateList();
  const repositories = await repositoriesIn(engines);
  expectSame(repositories, [...images, ...charts.map((name) => `charts/${name}`)].sort(), "the repositories");
  return `${resources.length} resources in ${seconds.toFixed(0)} s; second plan: ${await expectNoChanges(terraform)}`;
}

/**
 * A chart goes to the registry by the command that users call, and comes back by Helm as it was. MiniStack keeps what is pushed in the
 * repositories that Terraform made, and refuses a tag that is there, as ECR does. It asks for no login.
 */
export async function pushChart(engines: Engines): Promise<string> {
  const { chart } = record();
  const work = join(makeRunFolder(), "push-chart");
  rmSync(work, { recursive: true, force: true });
  const folder = join(work, chart);
  cpSync(join(PROJECT, "charts", chart), folder, { recursive: true });
  const to = `oci://${new URL(engines.env.AWS_ENDPOINT_URL ?? "").host}/charts`;

  const { pushed, digest, chart: named } = await pushedChart(engines, folder, to);
  expect(pushed, "the chart to be pushed", digest);
  const args = ["ecr", "describe-images", "--repository-name", `charts/${chart}`, "--output", "json"];
  const { imageDetails } = JSON.parse(await mustRun("aws", args, { env: engines.env })) as { imageDetails: Image[] };
  const kept = imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags]);
  expectSame(kept, [[digest, [named.version]]], "what ECR has");
  await comesBack(engines, work, to, named, digest);

  const again = await pushedChart(engines, folder, to);
  expectSame({ pushed: again.pushed, digest: again.digest }, { pushed: false, digest }, "the same content again");
  await isRefusedWhenChanged(engines, work, folder, to);
  return `${named.name} ${named.version} is ${digest.slice(0, 19)}, a changed one under the same version is refused`;
}

/** The guard holds. With it off, everything goes, with the charts in it. */
export async function destroyRegistry(engines: Engines, before: readonly string[]): Promise<string> {
  const { id } = record().registry;
  const terraform = terraformOf(engines, id);
  const refused = await terraform.destroy();
  const said = refused.tail.join("\n");
  expect(refused.exitCode !== 0 && said.includes("prevent_destroy"), "a guard against destroy", said);
  const override = join(stackFolder(id), "guards_override.tf.json");
  writeFileSync(override, JSON.stringify({ resource: withoutGuards(await terraform.stateList()) }));
  try {
    succeeded(await terraform.apply());
    succeeded(await terraform.destroy());
  } finally {
    rmSync(override);
  }
  const state = await terraform.stateList();
  expectSame(state, [], "the state");
  expectSame(await repositoriesIn(engines), [], "the repositories");
  const after = await leftovers(engines.env, settings.regions);
  const stayed = after.filter((line) => !before.includes(line));
  expectSame(stayed, [], "what is left in the account");
  return "refused while it is guarded; then state empty, no repository left";
}

const lifecycle = { prevent_destroy: false };
const GUARDS: Readonly<Record<string, object>> = {
  aws_ecr_repository: { force_delete: true, lifecycle },
  aws_kms_key: { lifecycle },
};

/** What an override file says wins over the stack's own file. */
function withoutGuards(addresses: readonly string[]): object[] {
  return addresses.flatMap((address) => {
    const [type = "", name = ""] = address.split(".");
    const off = GUARDS[type];
    return off ? [{ [type]: { [name]: off } }] : [];
  });
}

interface Image {
  readonly imageDigest: string;
  readonly imageTags: readonly string[];
}

interface Pushed {
  readonly digest: string;
  readonly pushed: boolean;
  readonly chart: { readonly name: string; readonly version: string };
}

async function repositoriesIn({ env }: Engines): Promise<string[]> {
  const asked = ["ecr", "describe-repositories", "--query", "repositories[].repositoryName", "--output", "json"];
  return (JSON.parse(await mustRun("aws", asked, { env })) as string[]).sort();
}

async function command(engines: Engines, folder: string, to: string) {
  const args = ["lib/cli/eks-platform.ts", "push-chart", folder, "--to", to, "--helm", await helmBinary(), "--json"];
  return capture(installed("tsx"), args, { cwd: PROJECT, env: engines.env });
}

async function pushedChart(engines: Engines, folder: string, to: string): Promise<Pushed> {
  const { exitCode, stdout, stderr } = await command(engines, folder, to);
  expect(exitCode === 0, "the chart in the registry", stderr);
  return JSON.parse(stdout) as Pushed;
}

/** By its version and by its digest. */
async function comesBack(
  { env }: Engines,
  work: string,
  to: string,
  { name, version }: Pushed["chart"],
  digest: string,
): Promise<void> {
  const helm = await helmBinary();
  const archives: string[] = [];
  for (const [kind, reference] of [
    ["version", [`${to}/${name}`, "--version", version]],
    ["digest", [`${to}/${name}@${digest}`]],
  ] as const) {
    const folder = join(work, `by-${kind}`);
    mkdirSync(folder);
    await mustRun(helm, ["pull", ...reference, "--plain-http", "--destination", folder], { env });
    archives.push(join(folder, readdirSync(folder)[0] ?? ""));
  }
  const packaged = join(work, "packaged");
  await mustRun(helm, ["package", join(work, name), "--destination", packaged], { env });
  const own = join(packaged, readdirSync(packaged)[0] ?? "");
  for (const archive of archives) expect(isSameChart(archive, own), "the chart as it was", archive);
}

/** The command refuses it; and so does the registry, for whoever pushes in another way. */
async function isRefusedWhenChanged(engines: Engines, work: string, folder: string, to: string): Promise<void> {
  appendFileSync(join(folder, "values.yaml"), "# changed\n");
  const { exitCode, stderr } = await command(engines, folder, to);
  const last = stderr.trim().split("\n").at(-1) ?? "";
  expect(exitCode === 1 && last.endsWith("raise the version in Chart.yaml"), "a changed chart to be refused", stderr);
  const helm = await helmBinary();
  const changed = join(work, "changed");
  await mustRun(helm, ["package", folder, "--destination", changed], { env: engines.env });
  const push = ["push", join(changed, readdirSync(changed)[0] ?? ""), to, "--plain-http"];
  const pushed = await capture(helm, push, { env: engines.env });
  expect(pushed.exitCode !== 0 && pushed.stderr.includes("400"), `${ociHost(to)} to refuse it`, pushed);
}
