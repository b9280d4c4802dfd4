import { rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { nameOf } from "../../examples/account-per-environment/delivery-stack";
import { type Delivery, deliveries, store } from "../../examples/account-per-environment/environments";
import { addStacks } from "../../examples/account-per-environment/stacks";
import { policyJson, type Statement } from "../../lib/core/policy-document";
import { copyProviderLocks } from "../../lib/core/provider-locks";
import { stateKey, stateLocation } from "../../lib/state/state-location";
import type { Engines } from "../engines/engines";
import { type Environment, makeRunFolder } from "../engines/folders";
import { leftovers } from "../engines/leftovers";
import { succeeded, type Terraform } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect, expectSame } from "../expect";
import { expectNoChanges, terraformOf } from "../stack";
import { type EvaluatedIam, startEvaluatedIam } from "./evaluated-iam";

const outdir = join(makeRunFolder(), "account-per-environment");
const { bucketName, keyAlias } = stateLocation(store.account, store.prefix);
const regions = [store.account.region, store.copyRegion];

/**
 * The example with one account for each environment, in an AWS that evaluates IAM: made in the order of its README, by whoever it says. The
 * pipeline of dev makes dev whole with its two roles and is refused everything of prod, and so is whoever has its deploy role.
 */
export async function accountPerEnvironment(engines: Engines): Promise<string> {
  const [dev, prod] = deliveries;
  if (!dev || !prod) throw new Error("the example has two environments");
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir });
  addStacks(app, { EKS_PLATFORM_IN_CLUSTER_OFF: dev.config.name });
  app.synth();
  copyProviderLocks(app);

  const iam = await startEvaluatedIam(engines);
  try {
    const admin = iam.rootOf(store.account.accountId);
    const of = (stack: string, env: Environment) =>
      terraformOf(engines, stack, { env, folder: join(outdir, "stacks", stack) });
    const accounts = deliveries.map(({ config }) => of(`account-${config.name}`, admin));
    const delivery = of("delivery", admin);
    const before = await leftovers(admin, regions);
    const byHand = [...(await beforeTheFirstDeploy(iam)), ...(await makeStore(admin))];
    await applied(delivery);
    await Promise.all(accounts.map(applied));

    const pipeline = await pipelineOf(iam, dev);
    const terraform = of(dev.config.name, pipeline);
    await applied(terraform);
    const resources = await terraform.stateList();
    const again = await expectNoChanges(terraform);
    await anotherEnvironmentIsRefused(iam, dev, prod, of(prod.config.name, pipeline));
    const refused = await moreRightsAreRefused(
      iam,
      dev,
      await iam.sessionOf(dev.config.account.deployRoleArn, pipeline),
    );

    succeeded(await terraform.destroy());
    await Promise.all(accounts.map(async (each) => succeeded(await each.destroy())));
    succeeded(await delivery.destroy());
    await nothingIsLeft(iam, [...before, ...byHand]);
    return `${resources.length} resources of dev by its pipeline, second plan: ${again}; prod and ${refused} ways to more rights are refused`;
  } finally {
    await iam.stop();
  }
}

/** What is there before the library: the runners of CI, and an administrator's way into each account, as AWS Organizations makes it. */
function beforeTheFirstDeploy(iam: EvaluatedIam): Promise<string[]> {
  const trusted = rootOf(store.account.accountId);
  const roles = deliveries.flatMap(({ adminRoleArn, runners }) => [
    makeRole(iam, adminRoleArn, trusted, "*"),
    ...runners.map((runner) => makeRole(iam, runner, trusted, "sts:AssumeRole")),
  ]);
  return Promise.all(roles);
}

/**
 * A bucket and a key by the names of the store. `bootstrap` makes more of it, in a step of its own; above all a bucket policy that refuses plain
 * HTTP, which is all that the emulators speak. Answers what `leftovers` says of them.
 */
async function makeStore(env: Environment): Promise<string[]> {
  const { region } = store.account;
  const configuration = ["--create-bucket-configuration", `LocationConstraint=${region}`];
  await mustRun("aws", ["s3api", "create-bucket", "--bucket", bucketName, ...configuration], { env });
  const asked = ["kms", "create-key", "--query", "KeyMetadata.KeyId", "--output", "text"];
  const keyId = (await mustRun("aws", asked, { env })).trim();
  const alias = `alias/${keyAlias}`;
  await mustRun("aws", ["kms", "create-alias", "--alias-name", alias, "--target-key-id", keyId], { env });
  return [`${region} KMS key ${keyId}`, `${region} KMS alias ${alias}`, `S3 bucket ${bucketName}`];
}

/** Nowhere anything but what is known. */
async function nothingIsLeft(iam: EvaluatedIam, known: readonly string[]): Promise<void> {
  const accounts = [store.account, ...deliveries.map(({ config }) => config.account)];
  const left = await Promise.all(accounts.map(({ accountId }) => leftovers(iam.rootOf(accountId), regions)));
  const stayed = left.flat().filter((line) => !known.includes(line));
  expectSame(stayed, [], "what is left");
}

/** A role as somebody makes it by hand. Answers what `leftovers` says of it. */
async function makeRole(iam: EvaluatedIam, roleArn: string, trusted: string, action: string): Promise<string> {
  const env = iam.rootOf(roleArn.split(":")[4] ?? "");
  const role = ["--role-name", nameOf(roleArn)];
  const trust = allow({ Principal: { AWS: trusted }, Action: "sts:AssumeRole" });
  await mustRun("aws", ["iam", "create-role", ...role, "--assume-role-policy-document", trust], { env });
  const policy = ["--policy-name", "Own", "--policy-document", allow({ Action: action, Resource: "*" })];
  await mustRun("aws", ["iam", "put-role-policy", ...role, ...policy], { env });
  return `IAM role ${nameOf(roleArn)}`;
}

function allow(statement: Omit<Statement, "Effect">): string {
  return policyJson([{ Effect: "Allow", ...statement }]);
}

/** What a pipeline runs with: its runner's role, and with that its own. */
async function pipelineOf(iam: EvaluatedIam, { ciRoleArn, runners }: Delivery): Promise<Environment> {
  const [runner = ""] = runners;
  return iam.sessionOf(ciRoleArn, await iam.sessionOf(runner, iam.rootOf(store.account.accountId)));
}

async function applied(terraform: Terraform): Promise<void> {
  succeeded(await terraform.init(["-reconfigure"]));
  succeeded(await terraform.apply());
}

/** Everything by which one environment's pipeline could reach the other. */
async function anotherEnvironmentIsRefused(
  iam: EvaluatedIam,
  dev: Delivery,
  prod: Delivery,
  terraform: Terraform,
): Promise<void> {
  const admin = iam.rootOf(store.account.accountId);
  const runner = await iam.sessionOf(dev.runners[0] ?? "", admin);
  const pipeline = await iam.sessionOf(dev.ciRoleArn, runner);
  const assume = (roleArn = "") => ["sts", "assume-role", "--role-session-name", "e2e", "--role-arn", roleArn];
  const others = [prod.config.state.roleArn, prod.config.account.deployRoleArn, prod.adminRoleArn];
  await Promise.all([
    isRefused(assume(prod.ciRoleArn), runner),
    ...others.map((roleArn) => isRefused(assume(roleArn), pipeline)),
  ]);

  const state = await iam.sessionOf(dev.config.state.roleArn ?? "", pipeline);
  const object = (environment: string) => ["--bucket", bucketName, "--key", stateKey(environment)];
  const read = (environment: string) => ["s3", "cp", `s3://${bucketName}/${stateKey(environment)}`, "-"];
  const own = JSON.parse(await mustRun("aws", read(dev.config.name), { env: state })) as { resources: object[] };
  expect(own.resources.length > 0, "the state of its own environment", own);
  await mustRun("aws", ["s3api", "put-object", ...object(prod.config.name)], { env: admin });
  await mustRun("aws", read(prod.config.name), { env: admin });
  const never = [
    read(prod.config.name),
    ["s3api", "put-object", ...object(prod.config.name)],
    ["s3api", "delete-object", ...object(dev.config.name)],
  ];
  await Promise.all(never.map((args) => isRefused(args, state)));

  const { exitCode, tail } = await terraform.init(["-reconfigure"]);
  const said = tail.join("\n");
  expect(exitCode !== 0 && said.includes("AccessDenied"), "Terraform to be refused the other environment", said);
}

/** What whoever has the deploy role could do to get more; answers how many ways were tried. */
async function moreRightsAreRefused(iam: EvaluatedIam, dev: Delivery, deploy: Environment): Promise<number> {
  const { account, cluster } = dev.config;
  const { accountId, deployRoleArn, iamPath = "", permissionsBoundaryArn = "" } = account;
  const admin = iam.rootOf(accountId);
  const trust = [
    "--assume-role-policy-document",
    allow({ Principal: { AWS: rootOf(accountId) }, Action: "sts:AssumeRole" }),
  ];
  const made = ["--role-name", "more", ...trust];
  const everything = "arn:aws:iam::aws:policy/AdministratorAccess";
  const nodes = ["--role-name", `${cluster.clusterName}-general-nodes`];
  const ofIam = [
    ["create-role", ...made, "--path", iamPath],
    ["create-role", ...made, "--permissions-boundary", permissionsBoundaryArn],
    ["attach-role-policy", "--role-name", nameOf(deployRoleArn), "--policy-arn", everything],
    ["delete-role-permissions-boundary", ...nodes],
    ["put-role-permissions-boundary", ...nodes, "--permissions-boundary", everything],
    ["create-policy-version", "--policy-arn", permissionsBoundaryArn, "--policy-document", "{}"],
    ["create-user", "--user-name", "more"],
  ].map((args) => ["iam", ...args]);

  const others = await madeByOthers(admin);
  const ofOthers = others.keyIds.flatMap((keyId) => keyRequests(keyId));
  const logs = ["logs", "delete-log-group", "--log-group-name", TRAIL];
  const tried = [...ofIam, ...ofOthers, logs, ["kms", "create-key"]];
  await Promise.all(tried.map((args) => isRefused(args, deploy)));

  const bounded = [...made, "--path", iamPath, "--permissions-boundary", permissionsBoundaryArn];
  await mustRun("aws", ["iam", "create-role", ...bounded], { env: deploy });
  const rights = ["--policy-name", "Own", "--policy-document", allow({ Action: "*", Resource: "*" })];
  await mustRun("aws", ["iam", "put-role-policy", ...made.slice(0, 2), ...rights], { env: deploy });
  const own = `arn:aws:iam::${accountId}:role${iamPath}more`;
  const pod = await iam.sessionOf(own, admin);
  // Its own kind it may become: what refuses the others is the boundary.
  await iam.sessionOf(own, pod);
  const association = ["--cluster-name", cluster.clusterName, "--namespace", "more", "--service-account", "more"];
  const provider = `arn:aws:iam::${accountId}:oidc-provider/example.com`;
  const within = [
    ["sts", "assume-role", "--role-session-name", "e2e", "--role-arn", others.roleArn],
    ["eks", "create-pod-identity-association", ...association, "--role-arn", others.roleArn],
    [
      "iam",
      "remove-client-id-from-open-id-connect-provider",
      "--open-id-connect-provider-arn",
      provider,
      "--client-id",
      "x",
    ],
    ["iam", "deactivate-mfa-device", "--user-name", "any", "--serial-number", `arn:aws:iam::${accountId}:mfa/any`],
    ["iam", "create-role", "--role-name", "another", ...trust],
  ];
  await Promise.all(within.map((args) => isRefused(args, pod)));
  await mustRun("aws", ["iam", "delete-role-policy", ...made.slice(0, 2), ...rights.slice(0, 2)], { env: deploy });
  await mustRun("aws", ["iam", "delete-role", ...made.slice(0, 2)], { env: deploy });
  await others.takeAway();
  return tried.length + within.length;
}

/** A log group of somebody else. */
const TRAIL = "aws-cloudtrail-logs-example";

/** What gives rights over a key. */
function keyRequests(keyId: string): string[][] {
  const key = ["--key-id", keyId];
  const own = ["--tags", "TagKey=ManagedBy,TagValue=terraform"];
  const policy = ["--policy-name", "default", "--policy", allow({ Principal: "*", Action: "kms:*", Resource: "*" })];
  const grant = ["--grantee-principal", "arn:aws:iam::111122223333:root", "--operations", "Decrypt"];
  return [
    ["put-key-policy", ...key, ...policy],
    ["create-grant", ...key, ...grant],
    ["schedule-key-deletion", ...key],
    ["tag-resource", ...key, ...own],
    ["create-alias", "--alias-name", "alias/more", "--target-key-id", keyId],
  ].map((args) => ["kms", ...args]);
}

/** Keys, logs and a role that lie in the account and are nothing of the environment's: the role trusts the whole account. */
async function madeByOthers(admin: Environment) {
  const run = (args: readonly string[]) => mustRun("aws", args, { env: admin });
  const caller = (await run(["sts", "get-caller-identity", "--query", "Account", "--output", "text"])).trim();
  const alias = ["--alias-name", "alias/other/tfstate"];
  const makeKey = async (managedBy: string) => {
    const tags = ["--tags", `TagKey=ManagedBy,TagValue=${managedBy}`];
    return (await run(["kms", "create-key", ...tags, "--query", "KeyMetadata.KeyId", "--output", "text"])).trim();
  };
  const keyIds = [await makeKey("hand"), await makeKey("terraform")];
  await run(["kms", "create-alias", ...alias, "--target-key-id", keyIds[1] ?? ""]);
  await run(["logs", "create-log-group", "--log-group-name", TRAIL]);
  const role = ["--role-name", "Administrator"];
  const trust = allow({ Principal: { AWS: rootOf(caller) }, Action: "sts:AssumeRole" });
  await run(["iam", "create-role", ...role, "--assume-role-policy-document", trust]);
  return {
    keyIds,
    roleArn: `arn:aws:iam::${caller}:role/Administrator`,
    takeAway: async () => {
      await run(["iam", "delete-role", ...role]);
      await run(["logs", "delete-log-group", "--log-group-name", TRAIL]);
      await run(["kms", "delete-alias", ...alias]);
      await Promise.all(keyIds.map((keyId) => run(["kms", "schedule-key-deletion", "--key-id", keyId])));
    },
  };
}

function rootOf(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

async function isRefused(args: readonly string[], env: Environment): Promise<void> {
  const { exitCode, stdout, stderr } = await capture("aws", args, { env });
  const refused = exitCode !== 0 && /AccessDenied|Forbidden/.test(stderr);
  expect(refused, `aws ${args.join(" ")} to be refused`, stderr || stdout);
}
