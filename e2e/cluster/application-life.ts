import { waitFor } from "../engines/waiting";
import { expect, expectSame } from "../expect";
import {
  everythingIn,
  imageOf,
  type Job,
  migrationOf,
  type Pod,
  podsOf,
  removeApplication,
  secretKeysOf,
  uidsOf,
} from "./application-objects";
import { applicationPlan, valuesWith } from "./application-plan";
import type { Cluster } from "./cluster";
import type { Environment } from "./environment";
import { failed, Helm, type HelmPlan, succeeded } from "./helm";

const PASSES = { exitCode: 0 };
const FAILS = { exitCode: 1 };
/** Longer than the second that times in Kubernetes are told by. */
const SLOW = { exitCode: 0, seconds: 3 };

/**
 * An application with a migration, in a namespace as the platform makes it: install, an upgrade whose migration fails, one that succeeds,
 * rollback, history, removal, and another install.
 */
export async function applicationLives(cluster: Cluster, environment: Environment): Promise<string> {
  const plan = applicationPlan(environment);
  const before = await everythingIn(cluster, plan.namespace);
  const life = new ApplicationLife(cluster, plan);
  try {
    const done = [await life.install(), await life.failingMigration(), await life.upgrade(), await life.rollback()];
    return [...done, await life.uninstall(before)].join("\n");
  } finally {
    await removeApplication(cluster, plan);
  }
}

class ApplicationLife {
  private readonly helm: Helm;

  constructor(
    private readonly cluster: Cluster,
    private readonly plan: HelmPlan,
  ) {
    this.helm = new Helm(cluster);
  }

  /** The migration has ended before there is a web pod. */
  async install(): Promise<string> {
    const values = valuesWith(this.plan, "1.0.0", SLOW);
    succeeded(await this.helm.install({ ...this.plan, values }));
    const [migration, web] = [await this.migration(), await this.web()];
    expectSame(conditionsOf(migration), ["SuccessCriteriaMet", "Complete"], "the migration");
    const ended = Date.parse(migration.status.completionTime ?? "");
    const seconds = (ended - Date.parse(migration.metadata.creationTimestamp)) / 1000;
    expect(seconds >= SLOW.seconds, `a migration of ${SLOW.seconds} s`, seconds);
    const first = Math.min(...web.map(({ metadata }) => Date.parse(metadata.creationTimestamp)));
    expect(web.length > 0 && first >= ended, "web pods after the migration", { first, ended, web: web.length });
    const pods = await podsOf(this.cluster, this.plan, "migrate");
    expectSame(
      pods.map(({ metadata }) => metadata.ownerReferences?.map(({ kind, uid }) => [kind, uid])),
      [[["Job", migration.metadata.uid]]],
      "the owner of the migration's pod",
    );
    const { serviceAccount } = JSON.parse(this.plan.values) as { serviceAccount: { name: string } };
    const accounts = [...pods, ...web].map(({ spec }) => spec.serviceAccountName);
    expectSame([...new Set(accounts)], [serviceAccount.name], "the account of all pods");
    const { database } = JSON.parse(this.plan.values) as {
      database: { existingSecret: { name: string; key: string } };
    };
    const { name, key } = database.existingSecret;
    expectSame([secretKeysOf(pods), secretKeysOf(web)], [[`${name} ${key}`], [`${name} ${key}`]], "what pods read");
    const secret = await this.cluster.http.get(`/api/v1/namespaces/${this.plan.namespace}/secrets/${name}`);
    expect(secret.status === 200, `the platform's Secret ${name}`, secret.message);
    return `installed: migration ${seconds} s, then ${web.length} web pods`;
  }

  /** Refused, and no web pod is another one. What failed can be read. */
  async failingMigration(): Promise<string> {
    const before = await this.web();
    const reason = failed(
      await this.helm.upgrade(this.plan, valuesWith(this.plan, "2.0.0", FAILS)),
      "an upgrade whose migration fails",
    );
    expect(reason.includes("pre-upgrade hooks failed"), "the hook to be named", reason);
    const after = await this.web();
    // The autoscaler may have added some.
    expectSame(uidsOf(after.filter(isOneOf(before))), uidsOf(before), "the web pods");
    expectTag(after, "1.0.0");
    const migration = await this.migration();
    const [condition] = (migration.status.conditions ?? []).filter(({ type }) => type === "Failed");
    expect(condition?.reason === "BackoffLimitExceeded", "a failed migration", migration.status);
    const pods = await podsOf(this.cluster, this.plan, "migrate");
    expectTag([migration.spec.template, ...pods], "2.0.0");
    expect(pods.length > 0 && pods.every(({ status }) => status.phase === "Failed"), "its failed pods", pods.length);
    await this.expectHistory(["superseded", "failed", "deployed"]);
    return `failing migration: refused, ${before.length} web pods untouched, Job and ${pods.length} pods stay`;
  }

  async upgrade(): Promise<string> {
    const before = await this.web();
    succeeded(await this.helm.upgrade(this.plan, valuesWith(this.plan, "2.0.1", PASSES)));
    await this.settled("2.0.1");
    const kept = (await this.web()).filter(isOneOf(before));
    expectSame(uidsOf(kept), [], "web pods of the old version");
    expectTag([(await this.migration()).spec.template], "2.0.1");
    return "upgrade: migrated, new pods";
  }

  /** The old version runs on what the new version's migration left. */
  async rollback(): Promise<string> {
    const before = await this.migration();
    succeeded(await this.helm.rollback(this.plan, 3));
    await this.settled("1.0.0");
    expectSame((await this.migration()).metadata.uid, before.metadata.uid, "the migration of the upgrade");
    const description = await this.expectHistory(["superseded", "failed", "superseded", "superseded", "deployed"]);
    expectSame(description, "Rollback to 3", "the last line of the history");
    return "rollback: the old image, no migration; the history says so";
  }

  /** The migration is a hook, so it stays. The next install takes it away. */
  async uninstall(before: readonly string[]): Promise<string> {
    const old = await this.migration();
    succeeded(await this.helm.uninstall(this.plan));
    const job = `job.batch/${old.metadata.name}`;
    const stays = (await everythingIn(this.cluster, this.plan.namespace)).filter((name) => !before.includes(name));
    const pods = (await podsOf(this.cluster, this.plan, "migrate")).map(({ metadata }) => `pod/${metadata.name}`);
    expectSame(stays, [job, ...pods].sort(), "what stays");
    succeeded(await this.helm.install({ ...this.plan, values: valuesWith(this.plan, "2.0.1", PASSES) }));
    expect((await this.migration()).metadata.uid !== old.metadata.uid, "another migration", "the same");
    await removeApplication(this.cluster, this.plan);
    expectSame(await everythingIn(this.cluster, this.plan.namespace), [...before], "the namespace as before");
    return `uninstalled: ${stays.join(", ")} stay; installed again over them`;
  }

  private web(): Promise<Pod[]> {
    return podsOf(this.cluster, this.plan, "web");
  }

  private migration(): Promise<Job> {
    return migrationOf(this.cluster, this.plan);
  }

  /** Helm does not wait for the old pods to be gone. */
  private settled(tag: string): Promise<void> {
    const done = async () => {
      const web = await this.web();
      return web.length > 0 && web.every(hasTag(tag));
    };
    return waitFor(done, { seconds: 30, what: `web pods of ${tag} alone` });
  }

  /** Answers the last description. */
  private async expectHistory(statuses: readonly string[]): Promise<string | undefined> {
    const history = await this.helm.history(this.plan);
    expectSame(
      history.map(({ status }) => status),
      [...statuses],
      "the history",
    );
    return history.at(-1)?.description;
  }
}

function conditionsOf({ status }: Job): string[] {
  return (status.conditions ?? []).filter((each) => each.status === "True").map(({ type }) => type);
}

function isOneOf(pods: readonly Pod[]): (pod: Pod) => boolean {
  const uids = uidsOf(pods);
  return ({ metadata }) => uids.includes(metadata.uid);
}

function hasTag(tag: string): (each: Pick<Pod, "spec">) => boolean {
  return (each) => imageOf(each).endsWith(`:${tag}`);
}

function expectTag(some: readonly Pick<Pod, "spec">[], tag: string): void {
  expect(some.length > 0 && some.every(hasTag(tag)), `images of ${tag}`, some.map(imageOf));
}
