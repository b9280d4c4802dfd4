import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { capture, type Output } from "../engines/tools";
import { waitFor } from "../engines/waiting";
import { expectSame } from "../expect";
import { type Pod, podsOf, removeApplication, uidsOf } from "./application-objects";
import { applicationPlan, valuesWith } from "./application-plan";
import type { Cluster } from "./cluster";
import type { Environment } from "./environment";
import { failed, Helm, type HelmPlan, succeeded } from "./helm";

/**
 * `helm test` of an application. The nodes run nothing, so the test's command runs here, against a server of ours in the place of the
 * Service, and its exit code becomes that of the pod.
 *
 * @param python Program that the image would have.
 */
export async function applicationIsTested(cluster: Cluster, environment: Environment, python: string): Promise<string> {
  const plan = applicationPlan(environment);
  const helm = new Helm(cluster);
  try {
    succeeded(await helm.install({ ...plan, values: valuesWith(plan, "1.0.0", { exitCode: 0 }) }));
    succeeded(await tested(cluster, plan, { python, answer: 200 }));
    const reason = failed(await tested(cluster, plan, { python, answer: 503 }), "a test that is answered 503");
    return `the web pods answer through the Service: passes with 200, fails with 503 (${reason.split("\n").at(-1)?.slice(0, 90)})`;
  } finally {
    await removeApplication(cluster, plan);
  }
}

/** The Service that the test asks has the web pods behind it, on the port that the test asks. */
async function servesWebPods(cluster: Cluster, plan: HelmPlan, { hostname, port }: URL): Promise<void> {
  const service = encodeURIComponent(`kubernetes.io/service-name=${hostname}`);
  const path = `/apis/discovery.k8s.io/v1/namespaces/${plan.namespace}/endpointslices?labelSelector=${service}`;
  const agree = async () => {
    const { items } = (await cluster.http.get(path)).body as unknown as { readonly items: readonly EndpointSlice[] };
    const behind = items.flatMap(({ endpoints }) => (endpoints ?? []).map(({ targetRef }) => targetRef.uid)).sort();
    const ports = items.flatMap((slice) => (slice.ports ?? []).map((each) => String(each.port)));
    const web = uidsOf(await podsOf(cluster, plan, "web"));
    return web.length > 0 && behind.join() === web.join() && ports.every((each) => each === port);
  };
  await waitFor(agree, { seconds: 30, what: `the web pods behind ${hostname}:${port}` });
}

interface EndpointSlice {
  readonly endpoints: readonly { readonly targetRef: { readonly uid: string } }[] | null;
  readonly ports: readonly { readonly port: number }[] | null;
}

interface Trial {
  readonly python: string;
  /** Status that the application answers. */
  readonly answer: number;
}

async function tested(cluster: Cluster, plan: HelmPlan, trial: Trial): Promise<Output> {
  const { namespace, releaseName } = plan;
  const before = uidsOf(await podsOf(cluster, plan, "test"));
  const test = cluster.helm("test", releaseName, "--namespace", namespace, "--timeout", "60s");
  let pod: Pod | undefined;
  const isThere = async () => {
    const pods = await podsOf(cluster, plan, "test");
    pod = pods.find(({ metadata, status }) => !before.includes(metadata.uid) && status.phase === "Running");
    return pod !== undefined;
  };
  await waitFor(isThere, { seconds: 30, what: "the pod of helm test" });
  if (pod) await end(cluster, plan, pod, await run(cluster, plan, pod, trial));
  return test;
}

/** The exit code of the pod's command. */
async function run(cluster: Cluster, plan: HelmPlan, { spec }: Pod, { python, answer }: Trial): Promise<number> {
  const [{ command, env = [] }] = spec.containers;
  const [program, ...args] = command;
  expectSame(program, "python", "the program of the test");
  const given = Object.fromEntries(env.map(({ name, value = "" }) => [name, value]));
  const url = new URL(given.HEALTH_URL ?? "");
  await servesWebPods(cluster, plan, url);
  const asked: object[] = [];
  const server = createServer(({ url: path, headers }, response) => {
    asked.push({ path, host: headers.host });
    response.writeHead(answer).end();
  });
  try {
    const here = new URL(url.pathname, `http://127.0.0.1:${await listening(server)}`);
    const { exitCode } = await capture(python, args, { env: { ...given, HEALTH_URL: here.href, no_proxy: "*" } });
    const { ingress } = JSON.parse(plan.values) as { readonly ingress?: { readonly host: string } };
    expectSame(asked, [{ path: "/healthz/", host: ingress?.host ?? here.host }], "what the test asks");
    return exitCode;
  } finally {
    server.close();
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port));
  });
}

/** What a kubelet reports when the command has ended. */
async function end(cluster: Cluster, { namespace }: HelmPlan, { metadata }: Pod, exitCode: number): Promise<void> {
  const status = JSON.stringify({ status: { phase: exitCode === 0 ? "Succeeded" : "Failed" } });
  const args = ["--namespace", namespace, "--subresource=status", "--type=merge", "--patch", status];
  await cluster.mustKubectl("patch", "pod", metadata.name, ...args);
}
