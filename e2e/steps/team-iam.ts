import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { iamArn } from "../../lib/core/account";
import type { Engines } from "../engines/engines";
import { type Environment, makeRunFolder } from "../engines/folders";
import { sessionOf } from "../engines/session";
import { succeeded } from "../engines/terraform";
import { capture, mustRun } from "../engines/tools";
import { expect, expectSame } from "../expect";
import { expectNoChanges, terraformOf } from "../stack";
import { contractFor, type Granted, PIPELINE, staging, state } from "./team-iam/records";
import { refusedRequests } from "./team-iam/refused-requests";
import { BY_HAND, type Facts, type Request } from "./team-iam/request";
import { grantedRequests, podRequests, returnedRequests, strangersRequest } from "./team-iam/requests";
import { podRoleName, writeStacks } from "./team-iam/stacks";

/** What no request of the table shows. */
const NOT_EVALUATED =
  "not evaluated: EC2 (moto asks nobody), whether principals of a trust policy exist, eks:TagResource for what has no tag yet (what is new, and anybody's association without tags)";

/**
 * AWS refuses what a team was not granted. The platform deploys for two teams, beside staging; one of them deploys with its own role, keeps
 * its state under its prefix, and then asks for what was granted and for what was not.
 */
export async function teamIsHeldByIam(engines: Engines): Promise<string> {
  const folder = join(makeRunFolder(), "team-iam");
  rmSync(folder, { recursive: true, force: true });
  const [own, other] = [contractFor("proteomics"), contractFor("imaging")];
  writeStacks(folder, own, other);
  const pipeline = await sessionOf(engines.env, PIPELINE);
  const inFolder = (stack: string, env?: Environment) =>
    terraformOf(engines, stack, { env, folder: join(folder, "stacks", stack) });
  const [platformSide, teamSide] = [inFolder("platform-side"), inFolder("team-side", pipeline)];
  const goBack = async () => [await teamSide.destroy(), await platformSide.destroy()];
  try {
    succeeded(await platformSide.init());
    succeeded(await platformSide.apply());
    succeeded(await teamSide.init());
    succeeded(await teamSide.apply());
    const plan = await expectNoChanges(teamSide);
    const made = await teamSide.stateList();
    const facts = { ...(await factsOf(engines.env, other)), own, other, body: bodyIn(folder) };
    const rows = await asked(engines, pipeline, facts);
    writeFileSync(join(folder, "requests.txt"), rows.join(""));
    for (const run of await goBack()) succeeded(run);
    const refused = rows.filter((row) => row.startsWith("refused")).length;
    return [
      `the team's Terraform: ${made.length} resources, state and lock under ${own.state.keyPrefix}, second plan: ${plan}`,
      `${rows.length} requests: ${rows.length - refused} granted, ${refused} end in AccessDenied`,
      NOT_EVALUATED,
    ].join("\n");
  } catch (error) {
    await goBack();
    throw error;
  } finally {
    const objects = `s3://${state.bucketName}/${own.state.keyPrefix}`;
    await mustRun("aws", ["s3", "rm", "--recursive", objects], { env: engines.env });
  }
}

/** Asks for everything, and answers a line for each request. */
async function asked({ env }: Engines, pipeline: Environment, facts: Facts): Promise<string[]> {
  const { own } = facts;
  const { iamPath } = own.identity.podRoles;
  const team = await sessionOf(pipeline, own.identity.deployRoleArn);
  const pod = await sessionOf(pipeline, iamArn(own.account, `role${iamPath}${podRoleName(own)}`));
  const stranger = await sessionOf(env, iamArn(own.account, "role/Stranger"));

  const rows = await inTurn(grantedRequests(facts), team);
  rows.push(...(await atOnce(refusedRequests(facts), team)));
  rows.push(...(await atOnce(podRequests(facts), pod)));
  rows.push(...(await atOnce([strangersRequest(facts)], stranger)));
  const listed = [
    "eks",
    "list-pod-identity-associations",
    ...CLUSTER,
    "--service-account",
    BY_HAND,
    "--namespace",
    own.team,
  ];
  const { associations } = JSON.parse(await mustRun("aws", [...listed, ...JSON_OUTPUT], { env })) as Associations;
  return [...rows, ...(await inTurn(returnedRequests(associations[0]?.associationId ?? ""), team))];
}

const CLUSTER = ["--cluster-name", staging.cluster.clusterName];
const JSON_OUTPUT = ["--output", "json"];

interface Associations {
  readonly associations: readonly { readonly associationId: string; readonly associationArn: string }[];
}

async function factsOf(env: Environment, other: Granted) {
  const listed = ["eks", "list-pod-identity-associations", ...CLUSTER, "--namespace", other.team, ...JSON_OUTPUT];
  const { associations } = JSON.parse(await mustRun("aws", listed, { env })) as Associations;
  const key = ["kms", "describe-key", "--key-id", state.keyAliasArn, ...JSON_OUTPUT];
  const { KeyMetadata } = JSON.parse(await mustRun("aws", key, { env })) as { KeyMetadata: { KeyId: string } };
  return {
    otherAssociationId: associations[0]?.associationId ?? "",
    otherAssociationArn: associations[0]?.associationArn ?? "",
    stateKeyId: KeyMetadata.KeyId,
  };
}

/** Requests that build on each other. */
async function inTurn(requests: readonly Request[], env: Environment): Promise<string[]> {
  const rows: string[] = [];
  for (const request of requests) rows.push(await answered(request, env));
  return rows;
}

const AT_ONCE = 4;

/** Requests that change nothing. */
async function atOnce(requests: readonly Request[], env: Environment): Promise<string[]> {
  const rows: string[] = [];
  for (let at = 0; at < requests.length; at += AT_ONCE) {
    const some = requests.slice(at, at + AT_ONCE);
    rows.push(...(await Promise.all(some.map((request) => answered(request, env)))));
  }
  return rows;
}

/** Ends the step if the answer is another than it should be. */
async function answered({ what, args, refused }: Request, env: Environment): Promise<string> {
  const { exitCode, stderr } = await capture("aws", args, { env });
  const answer = exitCode === 0 ? "granted" : stderr.trim();
  if (refused === undefined) expectSame(answer, "granted", what);
  else {
    const isDenied = /An error occurred \(AccessDenied(Exception)?\)/.test(answer);
    expect(isDenied && answer.includes(`perform: ${refused} `), `"${what}" to be refused as ${refused}`, answer);
  }
  return `${refused === undefined ? "granted" : "refused"} ${(refused ?? "").padEnd(36)} ${what}\n`;
}

function bodyIn(folder: string): string {
  const file = join(folder, "body");
  writeFileSync(file, "{}");
  return file;
}
