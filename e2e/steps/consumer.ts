import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositories } from "../consumer/repository";
import type { Engines } from "../engines/engines";
import type { Environment } from "../engines/folders";
import { sessionOf } from "../engines/session";
import { succeeded, type Terraform } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect } from "../expect";
import { expectNoChanges, terraformOf } from "../stack";

const PIPELINE = "arn:aws:iam::111122223333:role/GenomicsPipeline";

/** A stack of the team that needs no cluster's providers: a role for its pods. */
const ROLE_ALONE = `import { App, TerraformStack } from "cdktf";
import { PodIdentity } from "cdktf-eks-platform/eks";
import { Platform } from "cdktf-eks-platform/platform";

const app = new App();
const stack = new TerraformStack(app, "variants-role");
const platform = Platform.fromLookup(stack, "platform", { environment: "staging" });
platform.useState();
new PodIdentity(stack, "Batch", {
  cluster: platform.cluster,
  namespace: "genomics-jobs",
  serviceAccount: "variants-batch",
  statements: [
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::genomics-reference-111122223333/*" },
  ],
});
app.synth();
`;

interface Contract {
  readonly namespaces: Readonly<Record<string, unknown>>;
  readonly network: { readonly traffic: { readonly loadBalancerCidrBlocks: readonly string[] } };
  readonly identity: { readonly deployRoleArn: string };
  readonly state: { readonly bucketName: string };
  readonly parameters: { readonly contract: string };
}

/**
 * The team's repository deploys beside the platform, by its own pipeline: its own state, its own role. It cannot read the platform's state, and its
 * plan stops where the platform no longer keeps what the contract says, and warns of what is new there. Where the engines have a cluster, the application of the README too.
 */
export async function teamDeploys(engines: Engines): Promise<string> {
  const { team } = await repositories();
  const contract = JSON.parse(readFileSync(join(team, "contracts", "staging.json"), "utf8")) as Contract;
  const pipeline = await sessionOf(engines.env, PIPELINE);
  writeFileSync(join(team, "role.ts"), ROLE_ALONE);
  await mustRun("npx", ["--no-install", "ts-node", "role.ts"], {
    cwd: team,
    env: { CDKTF_OUTDIR: "role.out" },
    seconds: 120,
  });
  const lines: string[] = [];
  const role = terraformIn(engines, pipeline, "variants-role", join(team, "role.out", "stacks", "variants-role"));
  const application = terraformIn(
    engines,
    pipeline,
    "variants-staging",
    join(team, "cdktf.out", "stacks", "variants-staging"),
  );
  const stacks = engines.inCluster ? [role, application] : [role];
  try {
    for (const stack of stacks) lines.push(await deployed(stack));
    await platformStateIsClosed(engines.env, pipeline, contract);
    lines.push("the platform's state: AccessDenied", await brokenPromiseStopsPlan(engines.env, role, contract));
    lines.push(await newZoneIsAWarning(engines.env, role, contract));
  } finally {
    for (const stack of stacks.reverse()) succeeded(await stack.destroy());
  }
  return lines.join("\n");
}

function terraformIn(engines: Engines, pipeline: Environment, stack: string, folder: string): Terraform {
  return terraformOf(engines, stack, { folder, env: pipeline });
}

async function deployed(stack: Terraform): Promise<string> {
  succeeded(await stack.init());
  const { seconds } = succeeded(await stack.apply());
  const resources = await stack.stateList();
  return `${resources.length} resources in ${seconds.toFixed(0)} s, second plan: ${await expectNoChanges(stack)}`;
}

async function platformStateIsClosed(env: Environment, pipeline: Environment, contract: Contract): Promise<void> {
  const { bucketName } = contract.state;
  const read = [
    "s3api",
    "get-object",
    "--bucket",
    bucketName,
    "--key",
    "stacks/staging/terraform.tfstate",
    "/dev/null",
  ];
  await mustRun("aws", read, { env });
  const asTeam = await sessionOf(pipeline, contract.identity.deployRoleArn);
  const { exitCode, stderr } = await capture("aws", read, { env: asTeam });
  expect(exitCode !== 0 && stderr.includes("AccessDenied"), "the platform's state to be closed to the team", stderr);
}

/** The platform takes a namespace away: the team's plan names it, and the command that renews the file. */
async function brokenPromiseStopsPlan(env: Environment, stack: Terraform, contract: Contract): Promise<string> {
  const { "genomics-jobs": _, ...namespaces } = contract.namespaces;
  return withPublished(env, contract, { namespaces }, async () => {
    const { exitCode, tail } = await stack.plan();
    const output = tail.join("\n");
    expect(
      exitCode === 1 && output.includes("namespaces.genomics-jobs: recorded"),
      "the plan to name the namespace",
      output,
    );
    return "a namespace taken away: the plan stops and names it";
  });
}

/** The platform gets a zone: the team's plan goes on, and warns that its policies do not know the zone's load balancers. */
async function newZoneIsAWarning(env: Environment, stack: Terraform, contract: Contract): Promise<string> {
  const { traffic } = contract.network;
  const more = { ...traffic, loadBalancerCidrBlocks: [...traffic.loadBalancerCidrBlocks, "10.0.104.0/24"] };
  return withPublished(env, contract, { network: { ...contract.network, traffic: more } }, async () => {
    const { exitCode, tail } = await stack.plan();
    const output = tail.join("\n");
    expect(
      exitCode === 0 && output.includes("network.traffic.loadBalancerCidrBlocks: 10.0.104.0/24 is new"),
      "the plan to go on, and to name the range",
      output,
    );
    return "a zone more: the plan warns and names its range";
  });
}

/** Publishes something else of a contract for the time of an action. */
async function withPublished<T>(
  env: Environment,
  { parameters }: Contract,
  change: Partial<Contract>,
  action: () => Promise<T>,
): Promise<T> {
  const name = parameters.contract;
  const put = (value: string) =>
    mustRun("aws", ["ssm", "put-parameter", "--overwrite", "--type", "String", "--name", name, "--value", value], {
      env,
    });
  const published = await mustRun(
    "aws",
    ["ssm", "get-parameter", "--name", name, "--query", "Parameter.Value", "--output", "json"],
    { env },
  );
  const value = JSON.parse(published) as string;
  await put(JSON.stringify({ ...JSON.parse(value), ...change }));
  try {
    return await action();
  } finally {
    await put(value);
  }
}
