import { rmSync } from "node:fs";
import { type Engines, startEngines, stopEngines } from "./engines/engines";
import { leftovers } from "./engines/leftovers";
import { bootstrapFolder, synth } from "./programs";
import { Report } from "./report";
import { settings } from "./settings";
import { expectNoChanges, terraformOf } from "./stack";
import { accountPerEnvironment } from "./steps/account-per-environment";
import { bootstrapAgain, bootstrapInterrupted, bootstrapToTheEnd, teardown } from "./steps/bootstrap";
import { addZone, changeTag } from "./steps/changes";
import { teamDeploys } from "./steps/consumer";
import { customPlatform } from "./steps/custom-platform";
import { deployStaging, destroyStaging, initStaging, lookIntoCluster } from "./steps/deploy";
import { endpointDown, wrongAccountIsRefused } from "./steps/faults";
import { sideBySide } from "./steps/hand-written/side-by-side";
import { interruptedApplyConverges } from "./steps/interrupt";
import { chartsOutOfReach, localEnvironment } from "./steps/local";
import { secondDeployIsRefused } from "./steps/lock";
import { missingToolsAreNamed } from "./steps/missing-tools";
import { deployRegistry, destroyRegistry, pushChart } from "./steps/registry";
import { sharedClusters } from "./steps/shared-clusters";
import { teamIsHeldByIam } from "./steps/team-iam";
import { twentyApplications } from "./steps/twenty-applications";

const needed = { needed: true };
const LOCAL = "eks-platform deploy local";
const SHARED = "environments that share a cluster";
const SIDE_BY_SIDE = "twenty applications, by hand and by the library";

/** `npm run e2e`: every promise about deploying, on real Terraform with the real AWS provider. */
async function main(): Promise<void> {
  const report = new Report();
  await stopEngines();
  rmSync(bootstrapFolder, { recursive: true, force: true });
  await report.step("npm start without Terraform, without Python", missingToolsAreNamed);
  const engines = await startEngines({ ...settings, inCluster: "auto", log: (line) => console.log(`    ${line}`) });
  for (const line of engines.describe()) console.log(`    ${line}`);
  try {
    await everything(engines, report);
  } finally {
    report.print();
    await stopEngines();
  }
  if (report.failed > 0) process.exitCode = 1;
}

async function everything(engines: Engines, report: Report): Promise<void> {
  const { env, inCluster } = engines;
  await synth(env, inCluster);
  await report.step("Ctrl-C during bootstrap", () => bootstrapInterrupted(engines));
  await report.step("bootstrap", () => bootstrapToTheEnd(engines), needed);
  await report.step("bootstrap again: no changes", () => bootstrapAgain(engines));
  const store = await leftovers(env, settings.regions);

  await report.step("cdktf deploy registry", () => deployRegistry(engines), needed);
  await report.step("push-chart", () => pushChart(engines));
  await report.step("destroy registry", () => destroyRegistry(engines, store), needed);

  await report.step("cdktf deploy staging", () => deployStaging(engines), needed);
  await report.step("terraform init in its folder", () => initStaging(engines), needed);
  await report.step("second plan", () => expectNoChanges(terraformOf(engines, "staging")));
  await report.step("a team's own repository", () => teamDeploys(engines));
  if (!inCluster) report.leftOut("the application of the README", engines.reasonInClusterOff ?? "");
  await report.step("a team asks for more than it was granted", () => teamIsHeldByIam(engines));
  if (inCluster) {
    await report.step("in the cluster", () => lookIntoCluster(engines));
    await report.step("twenty applications", () => twentyApplications(engines));
    const { kubeconfig } = engines;
    if (kubeconfig) await report.step(SIDE_BY_SIDE, () => sideBySide(engines, kubeconfig));
    else report.leftOut(SIDE_BY_SIDE, "a container for each cluster: there is no kubeconfig of an administrator");
    const away = await chartsOutOfReach();
    if (away === undefined) await report.step(LOCAL, () => localEnvironment(engines));
    else report.leftOut(LOCAL, away);
  } else {
    const reason = engines.reasonInClusterOff ?? "";
    report.leftOut("in the cluster", reason);
    report.leftOut("twenty applications", reason);
    report.leftOut(SIDE_BY_SIDE, reason);
    report.leftOut(LOCAL, reason);
  }
  await report.step("a new zone only adds", () => addZone(engines));
  await report.step("a tag change touches what takes tags", () => changeTag(engines));
  await report.step("a second deploy while the lock is held", () => secondDeployIsRefused(engines));
  await report.step("a role of another account", () => wrongAccountIsRefused(engines));
  await report.step("an endpoint that is down", () => endpointDown(engines));
  await report.step("destroy", () => destroyStaging(engines, store), needed);

  await report.step("a platform of one's own parts", () => customPlatform(engines));
  if (inCluster) await report.step(SHARED, () => sharedClusters(engines));
  else report.leftOut(SHARED, engines.reasonInClusterOff ?? "");
  await report.step("an account for each environment", () => accountPerEnvironment(engines));

  await report.step("SIGINT during apply", () => interruptedApplyConverges(engines, "SIGINT"));
  await report.step("destroy after SIGINT", () => destroyStaging(engines, store), needed);
  await report.step("SIGTERM during apply", () => interruptedApplyConverges(engines, "SIGTERM"));
  await report.step("destroy after SIGTERM", () => destroyStaging(engines, store), needed);

  await report.step("bootstrap teardown", () => teardown(engines), needed);
  await report.step("an empty account", async () => {
    const left = await leftovers(env, settings.regions);
    if (left.length > 0) throw new Error(`left: ${left.join(", ")}`);
    return "nothing but keys pending deletion";
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
