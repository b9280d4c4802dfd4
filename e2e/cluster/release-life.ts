import { waitFor } from "../engines/waiting";
import { expect, expectSame } from "../expect";
import type { Cluster } from "./cluster";
import type { Environment } from "./environment";
import { failed, Helm, type HelmPlan, planOf, succeeded } from "./helm";

/** A chart of the project that changes nothing but a ConfigMap, so that every step can be seen. */
const RELEASE = "platform-info";

/** Install, upgrade, history, rollback and removal, with the chart, the values and the flags of the stack. */
export async function releaseLives(cluster: Cluster, environment: Environment): Promise<string> {
  const release = environment.releases.find(({ releaseName }) => releaseName === RELEASE);
  if (!release) throw new Error(`${environment.name} has no release ${RELEASE}`);
  const plan = planOf(environment.stack, release);
  const helm = new Helm(cluster);
  const { info } = JSON.parse(plan.values) as { info: Record<string, string> };
  const stored = async () => (await configMap(cluster, plan))?.data;

  const begun = performance.now();
  succeeded(await helm.install(plan));
  expectSame(await stored(), info, "the ConfigMap of the first revision");
  succeeded(await helm.upgrade(plan, JSON.stringify({ info: { ...info, release: "second" } })));
  expectSame(await stored(), { ...info, release: "second" }, "the ConfigMap of the second revision");
  succeeded(await helm.rollback(plan, 1));
  expectSame(await stored(), info, "the ConfigMap after the rollback");
  const history = await helm.history(plan);
  expectSame(
    history.map(({ status }) => status),
    ["superseded", "superseded", "deployed"],
    "the history",
  );
  succeeded(await helm.uninstall(plan));
  await expectGone(cluster, plan);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  return `${plan.namespace}/${plan.releaseName} (${plan.flags.join(" ")}): revisions 1, 2, back to 1 as 3, removed, ${seconds} s`;
}

/** An upgrade whose pods are refused by Pod Security never becomes ready: `--atomic` brings the old revision back. */
export async function failingUpgradeIsTakenBack(cluster: Cluster, plan: HelmPlan): Promise<string> {
  const helm = new Helm(cluster);
  succeeded(await helm.install(plan));
  try {
    const values = JSON.stringify({ greeting: "never seen", hostNetwork: true });
    const begun = performance.now();
    const reason = failed(
      await helm.upgrade({ ...plan, flags: [...plan.flags, "--timeout=15s"] }, values),
      "the upgrade",
    );
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const history = await helm.history(plan);
    expectSame(
      history.map(({ status }) => status),
      ["superseded", "failed", "deployed"],
      "the history",
    );
    expectSame((await configMap(cluster, plan))?.data, { greeting: "hello" }, "the ConfigMap of the old revision");
    await waitFor(async () => (await readyReplicas(cluster, plan)) === 1, {
      seconds: 30,
      what: "the old revision's pod",
    });
    return `taken back in ${seconds} s: ${history.at(-1)?.description}; ${reason.split("\n").at(-1)?.slice(0, 120)}`;
  } finally {
    succeeded(await helm.uninstall(plan));
    await expectGone(cluster, plan);
  }
}

interface ConfigMap {
  readonly data: Readonly<Record<string, string>>;
}

async function configMap(cluster: Cluster, { namespace, releaseName }: HelmPlan): Promise<ConfigMap | undefined> {
  const { status, body } = await cluster.http.get(`/api/v1/namespaces/${namespace}/configmaps/${releaseName}`);
  return status === 200 ? (body as unknown as ConfigMap) : undefined;
}

async function readyReplicas(cluster: Cluster, { namespace, releaseName }: HelmPlan): Promise<number | undefined> {
  const { body } = await cluster.http.get(`/apis/apps/v1/namespaces/${namespace}/deployments/${releaseName}`);
  const { observedGeneration, readyReplicas: ready, updatedReplicas } = (body.status ?? {}) as Record<string, number>;
  const isCurrent = observedGeneration === (body.metadata as { generation: number }).generation;
  return isCurrent && ready === updatedReplicas ? ready : undefined;
}

/** Neither an object of the release, nor what Helm keeps of it. */
async function expectGone(cluster: Cluster, plan: HelmPlan): Promise<void> {
  expect((await configMap(cluster, plan)) === undefined, "no ConfigMap", "it is there");
  const query = `labelSelector=${encodeURIComponent(`owner=helm,name=${plan.releaseName}`)}`;
  const { body } = await cluster.http.get(`/api/v1/namespaces/${plan.namespace}/secrets?${query}`);
  expectSame(body.items, [], "what Helm keeps of the release");
}
