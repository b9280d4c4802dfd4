import { waitFor } from "../engines/waiting";
import { expect, expectSame } from "../expect";
import type { Cluster } from "./cluster";
import { type Environment, namespacesOf } from "./environment";
import { Helm, planOf, succeeded } from "./helm";
import type { Answer, Person } from "./kubernetes-http";
import { deployment, pod } from "./pods";
import { appPlan, whoDeploys } from "./team-deploys";

const RELEASE = "team-admission";
const POLICY = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/eks-platform-team-admission";
const DENIED = `ValidatingAdmissionPolicy 'eks-platform-team-admission' with binding 'eks-platform-team-admission' denied request: `;
const CRITICAL = { spec: { ...pod("any").spec, priorityClassName: "system-node-critical" } };

type Message = readonly [begins: string, ends: string];

const NO_CLASS: Message = ["a pod must not have a priority class of Kubernetes itself", "of the platform"];
const NO_ADDRESS: Message = ["a Service must not get addresses in spec.externalIPs", "use an Ingress"];
const NO_TOKEN: Message = ["a Secret must not be a token of a service account", "is mounted and renewed"];

/** What must be refused, by the collection that it is sent to, and with which message. */
const REFUSED: readonly (readonly [collection: string, object: object, message: Message])[] = [
  ["pods", pod("critical", CRITICAL), NO_CLASS],
  ["services", service(["192.0.2.7"]), NO_ADDRESS],
  ["secrets", token("default"), NO_TOKEN],
];
const TAKEN: readonly (readonly [collection: string, object: object])[] = [
  ["pods", pod("ordinary")],
  ["pods", pod("first", { spec: { ...pod("any").spec, priorityClassName: "patient-facing" } })],
  ["services", service(undefined)],
  ["secrets", { apiVersion: "v1", kind: "Secret", metadata: { name: "ordinary" }, stringData: { key: "value" } }],
];

/**
 * The release that holds teams back, as Terraform would install it: before it somebody who deploys may make everything of the table, then
 * nothing of it, in no namespace of a team and by no controller; the platform's namespaces are as before, and so is what is ordinary.
 */
export async function teamAdmissionHolds(cluster: Cluster, environment: Environment): Promise<string> {
  const helm = new Helm(cluster);
  const release = environment.releases.find(({ releaseName }) => releaseName === RELEASE);
  const team = environment.teams.find((each) => whoDeploys(environment, each));
  const person = team && whoDeploys(environment, team);
  if (!release || !person) throw new Error(`there is no release ${RELEASE}, or nobody who deploys`);
  const ofTeams = environment.teams.flatMap(({ namespaces }) => namespaces);
  const others = namespacesOf(environment).filter((namespace) => !ofTeams.includes(namespace));
  expect(others.length > 0, "a namespace of no team", "none");
  const plan = planOf(environment.stack, release);
  const [namespace = ""] = team.namespaces;
  const before = new Before(cluster, namespace, person);

  for (const [collection, object] of REFUSED) taken(await tried(cluster, namespace, collection, object, person));
  await before.make();
  succeeded(await helm.install(plan));
  try {
    await inForce(cluster, namespace, true);
    for (const where of team.namespaces) {
      for (const [collection, object, message] of REFUSED) {
        refused(await tried(cluster, where, collection, object, person), message);
      }
      for (const [collection, object] of TAKEN) taken(await tried(cluster, where, collection, object, person));
    }
    for (const where of ofTeams) {
      for (const [collection, object, message] of REFUSED)
        refused(await tried(cluster, where, collection, object), message);
    }
    for (const where of others) {
      for (const [collection, object] of REFUSED) taken(await tried(cluster, where, collection, object));
    }
    await noPodOfDeployment(cluster, namespace, person);
    await before.staysAsItIs();
    await noNotes(cluster);
    const app = { ...appPlan(environment), namespace, as: person };
    succeeded(await helm.install(app));
    succeeded(await helm.uninstall(app));
  } finally {
    succeeded(await helm.uninstall(plan));
  }
  await inForce(cluster, namespace, false);
  return `${REFUSED.length} objects refused in ${ofTeams.join(", ")}, taken in ${others.join(", ")} and without the release; a Deployment got no pod; what was there stayed; a chart installed`;
}

/** What was made before there was a policy. */
class Before {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly person: Person,
  ) {}

  async make(): Promise<void> {
    for (const name of ["before", "other"]) {
      await this.kubectl("create", "serviceaccount", name);
    }
    const objects = [named("before", service(["192.0.2.7", "192.0.2.8"])), named("before", token("before"))];
    await this.kubectl("create", "-f", this.cluster.file(objects));
  }

  /** Changed where it hurts nobody, and deleted. */
  async staysAsItIs(): Promise<void> {
    await this.kubectl("label", "service/before", "secret/before", "changed=yes");
    refused(await this.patch("service", { spec: { externalIPs: ["192.0.2.7", "192.0.2.9"] } }), NO_ADDRESS);
    expectSame((await this.patch("service", { spec: { externalIPs: ["192.0.2.7"] } })).message, "", "one address less");
    const other = { "kubernetes.io/service-account.name": "other", "kubernetes.io/service-account.uid": null };
    refused(await this.patch("secret", { metadata: { annotations: other } }), NO_TOKEN);
    await this.kubectl("delete", "service/before", "secret/before", "serviceaccount/before", "serviceaccount/other");
  }

  private async patch(kind: string, change: object): Promise<Pick<Answer, "status" | "message">> {
    const { exitCode, stderr } = await this.cluster.kubectl(
      ...this.args("patch", `${kind}/before`, "-p", JSON.stringify(change)),
    );
    return exitCode === 0 ? { status: 200, message: "" } : { status: 403, message: stderr.trim() };
  }

  private async kubectl(...args: string[]): Promise<void> {
    await this.cluster.mustKubectl(...this.args(...args));
  }

  private args(...args: string[]): string[] {
    const groups = this.person.groups.map((group) => `--as-group=${group}`);
    return [...args, `--namespace=${this.namespace}`, `--as=${this.person.user}`, ...groups];
  }
}

/** The server reads a new policy a moment later. */
async function inForce(cluster: Cluster, namespace: string, wanted: boolean): Promise<void> {
  const isDenied = async () =>
    (await tried(cluster, namespace, "pods", pod("critical", CRITICAL))).message.includes(DENIED);
  await waitFor(async () => (await isDenied()) === wanted, {
    seconds: 30,
    what: `the policy to be ${wanted ? "in force" : "gone"}`,
  });
}

/** The Deployment is taken; its pods are not, and the ReplicaSet says why. */
async function noPodOfDeployment(cluster: Cluster, namespace: string, person: Person): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const { status, message } = await cluster.http.create(path, deployment("critical", CRITICAL), { as: person });
  expect(status === 201, "the Deployment to be taken", message);
  const events = `/api/v1/namespaces/${namespace}/events?fieldSelector=${encodeURIComponent("reason=FailedCreate,involvedObject.kind=ReplicaSet")}`;
  const said = async () => {
    const { body } = await cluster.http.get(events);
    const items = (body.items ?? []) as { message: string; involvedObject: { name: string } }[];
    return items.filter(({ involvedObject }) => involvedObject.name.startsWith("critical-"));
  };
  try {
    await waitFor(async () => (await said()).length > 0, { seconds: 30, what: "an event of the ReplicaSet" });
    const [event] = await said();
    expect(event?.message.includes(DENIED) === true, "the policy's message in the event", event?.message);
    const pods = await cluster.http.get(`/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Dcluster-run`);
    expectSame(pods.body.items, [], "the pods of the Deployment");
  } finally {
    await cluster.http.delete(`${path}/critical?propagationPolicy=Foreground`);
  }
}

/** The server has looked through the expressions and found no field that is not there. */
async function noNotes(cluster: Cluster): Promise<void> {
  const status = async () => {
    const { body } = await cluster.http.get(POLICY);
    return (body.status ?? {}) as { observedGeneration?: number; typeChecking?: { expressionWarnings?: unknown } };
  };
  await waitFor(async () => (await status()).observedGeneration !== undefined, {
    seconds: 30,
    what: "the policy's status",
  });
  expectSame((await status()).typeChecking?.expressionWarnings, undefined, "notes on the policy");
}

/** By a dry run, which admission judges as it judges all else. */
function tried(cluster: Cluster, namespace: string, collection: string, object: object, as?: Person): Promise<Answer> {
  return cluster.http.create(`/api/v1/namespaces/${namespace}/${collection}`, object, { dryRun: true, as });
}

function refused({ status, message }: Pick<Answer, "status" | "message">, [begins, ends]: Message): void {
  const said = status === 403 && message.includes(`${DENIED}${begins}`) && message.endsWith(ends);
  expect(said, `"${begins} ... ${ends}"`, message || "it was taken");
}

function taken({ status, message }: Answer): void {
  expect(status === 201, "it to be taken", message);
}

function named(name: string, object: object): object {
  return { ...object, metadata: { ...(object as { metadata: object }).metadata, name } };
}

function service(externalIPs: readonly string[] | undefined): object {
  const spec = { selector: { app: "cluster-run" }, ports: [{ port: 80 }], externalIPs };
  return { apiVersion: "v1", kind: "Service", metadata: { name: "addressed" }, spec };
}

function token(account: string): object {
  const annotations = { "kubernetes.io/service-account.name": account };
  const type = "kubernetes.io/service-account-token";
  return { apiVersion: "v1", kind: "Secret", metadata: { name: "token", annotations }, type };
}
