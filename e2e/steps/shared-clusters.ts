import { rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type Clusters, clusters, pipelineOf, recordName } from "../../examples/shared-clusters/environments";
import { addStacks } from "../../examples/shared-clusters/stacks";
import { copyProviderLocks } from "../../lib/core/provider-locks";
import { deployRoleArn } from "../../lib/platform/team-names";
import type { Engines } from "../engines/engines";
import { type Environment, makeRunFolder } from "../engines/folders";
import { leftovers } from "../engines/leftovers";
import { sessionOf } from "../engines/session";
import { succeeded } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect, expectSame } from "../expect";
import { settings } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

const { accountId, region, clusterName } = settings;
const LOWER = recordName("lower");
const BUCKET = `eks-platform-tfstate-${accountId}-${region}`;
const stateOf = (environment: string) => `teams/${environment}/${LOWER}/${environment}/terraform.tfstate`;

/**
 * Two environments in one cluster: the cluster is deployed, then dev and qa, each by its own pipeline; what is done with the one leaves the other
 * alone. The third environment there, and the other clusters with theirs, are only synthesised. The cluster bears the name of the one that
 * the engines have: no other environment may have it then.
 */
export async function sharedClusters(engines: Engines): Promise<string> {
  const { env } = engines;
  const before = await leftovers(env, settings.regions);
  const outdir = join(makeRunFolder(), "shared-clusters");
  synthesize(outdir);
  const stack = (name: string, as: Environment = env) =>
    terraformOf(engines, name, { env: as, folder: join(outdir, "stacks", name) });
  const pipeline = await sessionOf(env, pipelineOf("dev"));
  const [lower, dev, qa] = [stack(LOWER), stack("dev", pipeline), stack("qa", await sessionOf(env, pipelineOf("qa")))];

  succeeded(await lower.init());
  const { seconds } = succeeded(await lower.apply());
  // At the same time: neither waits for a lock of the other.
  await Promise.all(
    [dev, qa].map(async (environment) => {
      succeeded(await environment.init());
      succeeded(await environment.apply());
    }),
  );
  const resources = await dev.stateList();
  expectSame((await qa.stateList()).length, resources.length, "entries in the state of qa");
  await Promise.all([staysApart(pipeline), expectNoChanges(lower)]);

  succeeded(await dev.destroy());
  const untouched = await expectNoChanges(qa);
  succeeded(await qa.destroy());
  succeeded(await lower.destroy());
  const after = await leftovers(env, settings.regions);
  const stayed = after.filter((line) => !before.includes(line));
  expect(stayed.length === 0, "nothing left in the account", stayed);
  return `${LOWER} in ${seconds.toFixed(0)} s; dev and qa, ${resources.length} entries in each state; qa once dev is gone: ${untouched}`;
}

function synthesize(outdir: string): void {
  rmSync(outdir, { recursive: true, force: true });
  const environments = clusters.environments.map((record) =>
    record.name === LOWER ? { ...record, cluster: { ...record.cluster, clusterName } } : record,
  );
  const onEngines: Clusters = { ...clusters, environments };
  const app = new App({ outdir });
  addStacks(app, onEngines);
  app.synth();
  copyProviderLocks(app);
}

/** What the pipeline of dev and the role that it deploys with may do: everything of the kind in dev, and nothing in qa. */
async function staysApart(pipeline: Environment): Promise<void> {
  const roleOf = (environment: string) => deployRoleArn({ accountId, region }, LOWER, environment);
  const role = await sessionOf(pipeline, roleOf("dev"));
  const assume = (environment: string) => [
    "sts",
    "assume-role",
    "--role-arn",
    roleOf(environment),
    "--role-session-name",
    "e2e",
  ];
  const read = (environment: string) => [
    "s3api",
    "get-object",
    "--bucket",
    BUCKET,
    "--key",
    stateOf(environment),
    "/dev/null",
  ];
  const found = {
    "assume the role of dev": await allowed(assume("dev"), pipeline),
    "assume the role of qa": await allowed(assume("qa"), pipeline),
    "read the state of dev": await allowed(read("dev"), role),
    "read the state of qa": await allowed(read("qa"), role),
    "deploy in the namespace dev": await canDeploy("dev", pipeline, roleOf("dev")),
    "deploy in the namespace qa": await canDeploy("qa", pipeline, roleOf("dev")),
  };
  const expected = Object.fromEntries(Object.keys(found).map((what) => [what, what.endsWith("dev")]));
  expectSame(found, expected, "what dev may do");
}

/** Whether AWS lets it be done; any other answer than yes or AccessDenied ends the step. */
async function allowed(args: readonly string[], env: Environment): Promise<boolean> {
  const { exitCode, stderr } = await capture("aws", args, { env });
  expect(exitCode === 0 || stderr.includes("AccessDenied"), "an answer or AccessDenied", stderr);
  return exitCode === 0;
}

/** Asked of the cluster, by a login with the role. */
async function canDeploy(namespace: string, env: Environment, roleArn: string): Promise<boolean> {
  const login = ["eks", "get-token", "--cluster-name", clusterName, "--role-arn", roleArn, "--output", "json"];
  const { status } = JSON.parse(await mustRun("aws", login, { env })) as { status: { token: string } };
  const about = ["eks", "describe-cluster", "--name", clusterName, "--query", "cluster.endpoint", "--output", "text"];
  const server = (await mustRun("aws", about, { env })).trim();
  const access = [
    "--kubeconfig=/dev/null",
    "--insecure-skip-tls-verify",
    `--server=${server}`,
    `--token=${status.token}`,
  ];
  const question = ["auth", "can-i", "create", "deployments", `--namespace=${namespace}`];
  const { stdout, stderr } = await capture("kubectl", [...access, ...question], { env });
  expect(/^(yes|no)\n/.test(stdout), "yes or no", stderr);
  return stdout === "yes\n";
}
