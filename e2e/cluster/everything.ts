import { which } from "../engines/tools";
import type { Report } from "../report";
import { applicationIsTested } from "./application-health";
import { applicationLives } from "./application-life";
import type { Cluster } from "./cluster";
import { customResourcesLive } from "./custom-resources";
import type { Environment } from "./environment";
import { renderAll, renderExample, synthAll, withoutReleases } from "./load";
import { doctorOfLocal } from "./local";
import type { Made } from "./made";
import { applyPlatform } from "./platform";
import { podSecurityAgrees } from "./pod-security";
import { quantitiesAgree } from "./quantities";
import { quotasHold } from "./quota";
import { failingUpgradeIsTakenBack, releaseLives } from "./release-life";
import { releasesAreAdmitted } from "./releases";
import { releasesInstalled } from "./releases-installed";
import { customSchemasAgree, schemasAgree, servedKindsAgree } from "./schemas";
import { noTokenMounted } from "./service-account-token";
import { oneDefaultClass, storedAsRendered } from "./stored";
import { teamAdmissionHolds } from "./team-admission";
import { appPlan, deployRoleDeploys } from "./team-deploys";
import { canIAgrees, teamsAreApart } from "./team-matrix";

const needed = { needed: true };

/** All steps, one environment after the other, and nothing left between them. */
export async function everything(report: Report, cluster: Cluster, made: Made): Promise<void> {
  const { helm, signal } = cluster.options;
  let environments: Environment[] = [];
  await report.step("synth of all environments", () => synthAll(signal), needed);
  const render = async () => {
    environments = await renderAll(helm, signal);
    return environments
      .map(({ name, objects, releases }) => `${name}: ${releases.length} releases, ${objects.length} objects`)
      .join("\n");
  };
  await report.step("render of all environments", render, needed);

  for (const environment of environments) {
    await inEnvironment(report, cluster, made, environment);
    const { name } = environment;
    await report.step(`${name}: taken away`, async () => `namespaces ${(await made.remove()).join(", ")}`, needed);
  }

  await inLocal(report, cluster, made);
  await inExample(report, cluster, made);

  await report.step("Pod Security: the check and the server agree", () => podSecurityAgrees(cluster, made));
  await report.step("schemas: the check and the server agree", () => schemasAgree(cluster, made));
  if (cluster.own) await report.step("schemas of custom resources: the same", () => customSchemasAgree(cluster, made));
  else report.leftOut("schemas of custom resources: the same", NOT_OURS);
  await report.step("served kinds: the same", () => servedKindsAgree(cluster));
  await report.step("quantities: the same", () => quantitiesAgree(cluster, made));
}

const NOT_OURS = "it makes what has no namespace, and the cluster is not ours";

async function inEnvironment(report: Report, cluster: Cluster, made: Made, environment: Environment): Promise<void> {
  const { name } = environment;
  const applied = await report.step(`${name}: the platform's objects`, () => applyPlatform(cluster, made, environment));
  if (!applied) return;
  await report.step(`${name}: stored as rendered`, () => storedAsRendered(cluster, environment));
  if (cluster.own) await report.step(`${name}: one default class`, () => oneDefaultClass(cluster, environment));
  else report.leftOut(`${name}: one default class`, NOT_OURS);
  await report.step(`${name}: the releases' objects`, () => releasesAreAdmitted(cluster, made, environment));
  await report.step(`${name}: quotas and limits`, () => quotasHold(cluster, environment));
  await report.step(`${name}: tokens of pods`, () => noTokenMounted(cluster, made, environment));
  await report.step(`${name}: teams, asked of the authorizer`, () => teamsAreApart(cluster, environment));
  await report.step(`${name}: teams, asked by kubectl auth can-i`, () => canIAgrees(cluster, environment));
  if (name === LIVED_IN) await withHelm(report, cluster, made, environment);
}

/** An environment by kubeconfig. Its charts lie on the internet: `npm run e2e` tries them where they can be had. */
async function inLocal(report: Report, cluster: Cluster, made: Made): Promise<void> {
  const environment = withoutReleases("local");
  await report.step("local: what doctor says", () => doctorOfLocal(cluster));
  const applied = await report.step("local: the platform's objects", () => applyPlatform(cluster, made, environment));
  if (applied) await report.step("local: stored as rendered", () => storedAsRendered(cluster, environment));
  await report.step("local: taken away", async () => `namespaces ${(await made.remove()).join(", ")}`, needed);
}

/** Many applications at once. Their images are not to be had, so that only a control plane without nodes of its own can run them. */
async function inExample(report: Report, cluster: Cluster, made: Made): Promise<void> {
  let environment: Environment | undefined;
  const render = async () => {
    environment = await renderExample(cluster.options.helm);
    const { releases, objects } = environment;
    return `${releases.length} releases, ${objects.length} objects`;
  };
  await report.step("twenty applications: rendered", render);
  if (!environment) return;
  const example = environment;
  const applied = await report.step("twenty applications: namespaces", () => applyPlatform(cluster, made, example));
  if (applied) {
    await report.step("twenty applications: stored as rendered", () => storedAsRendered(cluster, example));
    await report.step("twenty applications: admitted", () => releasesAreAdmitted(cluster, made, example));
    await report.step("twenty applications: quotas and limits", () => quotasHold(cluster, example));
    if (cluster.own) await report.step("twenty applications: installed", () => releasesInstalled(cluster, example));
    else report.leftOut("twenty applications: installed", NOT_OURS);
  }
  await report.step("twenty applications: taken away", async () => (await made.remove()).join(", "), needed);
}

/** What Helm does in one environment it does in all. */
const LIVED_IN = "staging";

async function withHelm(report: Report, cluster: Cluster, made: Made, environment: Environment): Promise<void> {
  const { name } = environment;
  await report.step(`${name}: a release lives`, () => releaseLives(cluster, environment));
  await report.step(`${name}: a failing upgrade is taken back`, () =>
    failingUpgradeIsTakenBack(cluster, appPlan(environment)),
  );
  await report.step(`${name}: the deploy role deploys`, () => deployRoleDeploys(cluster, environment));
  await withApplication(report, cluster, environment);
  if (cluster.own) {
    await report.step(`${name}: what reaches beyond a team is refused`, () => teamAdmissionHolds(cluster, environment));
    await report.step(`${name}: all releases of our charts`, () => releasesInstalled(cluster, environment));
    await report.step(`${name}: custom resources live`, () => customResourcesLive(cluster, made));
  } else {
    report.leftOut(`${name}: what reaches beyond a team is refused`, NOT_OURS);
    report.leftOut(`${name}: all releases of our charts`, NOT_OURS);
    report.leftOut(`${name}: custom resources live`, NOT_OURS);
  }
}

/** Its image is not to be had: a control plane of ours plays its pods. */
async function withApplication(report: Report, cluster: Cluster, environment: Environment): Promise<void> {
  const lives = `${environment.name}: an application with a migration lives`;
  const tested = `${environment.name}: helm test of an application`;
  if (!cluster.own) {
    for (const name of [lives, tested]) report.leftOut(name, "its image is not to be had, and the nodes are not ours");
    return;
  }
  await report.step(lives, () => applicationLives(cluster, environment));
  const python = which("python3");
  if (python) await report.step(tested, () => applicationIsTested(cluster, environment, python));
  else report.leftOut(tested, "python3 is needed");
}
