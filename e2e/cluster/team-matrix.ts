import { type AccessRequest, isAllowed } from "../../lib/kubernetes/role-rules";
import { inParallel } from "../../lib/render/helm/in-parallel";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import { type Environment, namespacesOf } from "./environment";
import { type Asker, askers } from "./people";

const VERBS = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/** By API group; a subresource has a slash. What reads and writes workloads, and what keeps teams apart. */
const RESOURCES: Readonly<Record<string, string>> = {
  "": [
    "bindings configmaps endpoints events limitranges persistentvolumeclaims pods pods/log pods/exec pods/attach pods/portforward",
    "pods/proxy pods/eviction pods/ephemeralcontainers pods/status podtemplates replicationcontrollers resourcequotas secrets",
    "serviceaccounts serviceaccounts/token services services/proxy namespaces nodes persistentvolumes",
  ].join(" "),
  apps: "controllerrevisions daemonsets deployments deployments/scale replicasets statefulsets statefulsets/scale",
  autoscaling: "horizontalpodautoscalers",
  batch: "cronjobs jobs",
  "apiextensions.k8s.io": "customresourcedefinitions",
  "coordination.k8s.io": "leases",
  "discovery.k8s.io": "endpointslices",
  "events.k8s.io": "events",
  "metrics.k8s.io": "pods",
  "networking.k8s.io": "ingresses networkpolicies",
  policy: "poddisruptionbudgets",
  "rbac.authorization.k8s.io": "roles rolebindings clusterroles clusterrolebindings",
  "storage.k8s.io": "storageclasses",
};

/** Verbs that some resources have alone. */
const SPECIAL: readonly Pick<AccessRequest, "verb" | "apiGroup" | "resource">[] = [
  ...["escalate", "bind"].map((verb) => ({ verb, apiGroup: "rbac.authorization.k8s.io", resource: "roles" })),
  ...["users", "groups", "serviceaccounts"].map((resource) => ({ verb: "impersonate", apiGroup: "", resource })),
];

/** Namespaces that nobody's record names. */
const FOREIGN = ["default", "kube-system"];

const SAMPLE = 48;

interface Question extends AccessRequest {
  readonly asker: Asker;
  readonly namespace: string;
}

/** Who may do what where: every question put to the server's own authorizer, and compared with what the records and roles say. */
export async function teamsAreApart(cluster: Cluster, environment: Environment): Promise<string> {
  const questions = allQuestions(environment);
  const limit = inParallel(24);
  const answers = await Promise.all(questions.map((question) => limit(() => isAllowedByServer(cluster, question))));
  const wrong = questions.filter((question, index) => isExpected(question) !== answers[index]);
  expect(wrong.length === 0, "the authorizer to say what the records say", wrong.slice(0, 20).map(shown).join("\n"));

  const allowed = questions.filter((_, index) => answers[index]);
  for (const team of environment.teams) {
    const inside = allowed.filter(
      ({ asker, namespace }) => isOnlyOf(asker, team.teamName) && !team.namespaces.includes(namespace),
    );
    expect(
      inside.length === 0,
      `${team.teamName} outside its namespaces to be refused`,
      inside.slice(0, 20).map(shown).join("\n"),
    );
  }
  const people = new Set(questions.map(({ asker }) => asker.user)).size;
  return `${people} people and groups, ${questions.length} questions, ${allowed.length} allowed, all as the records say`;
}

/** A part of the same questions, as a user asks them: `kubectl auth can-i --as`. */
export async function canIAgrees(cluster: Cluster, environment: Environment): Promise<string> {
  // kubectl asks only about what the server serves; the API of metrics needs a server of its own.
  const questions = allQuestions(environment).filter(({ apiGroup }) => apiGroup !== "metrics.k8s.io");
  const [yes, no] = [questions.filter(isExpected), questions.filter((question) => !isExpected(question))];
  const sample = [...spread(yes, SAMPLE / 2), ...spread(no, SAMPLE / 2)];
  expect(sample.length >= 40, "at least 40 questions", sample.length);
  const limit = inParallel(4);
  const answers = await Promise.all(sample.map((question) => limit(() => canI(cluster, question))));
  const wrong = sample.filter((question, index) => isExpected(question) !== answers[index]);
  expect(wrong.length === 0, "kubectl to say what the records say", wrong.map(shown).join("\n"));
  return `${sample.length} questions, ${sample.filter(isExpected).length} yes, ${sample.filter((each) => !isExpected(each)).length} no`;
}

function allQuestions(environment: Environment): Question[] {
  const requests: AccessRequest[] = Object.entries(RESOURCES).flatMap(([apiGroup, names]) =>
    names.split(" ").flatMap((name) => {
      const [resource = "", subresource] = name.split("/");
      return VERBS.map((verb) => ({ verb, apiGroup, resource, subresource }));
    }),
  );
  const namespaces = [...namespacesOf(environment), ...FOREIGN];
  return askers(environment).flatMap((asker) =>
    namespaces.flatMap((namespace) => [...requests, ...SPECIAL].map((request) => ({ ...request, asker, namespace }))),
  );
}

function isExpected({ asker, namespace, ...request }: Question): boolean {
  return isAllowed(asker.rulesIn(namespace), request);
}

async function isAllowedByServer(cluster: Cluster, question: Question): Promise<boolean> {
  const { asker, namespace, verb, apiGroup: group, resource, subresource, name } = question;
  const resourceAttributes = { namespace, verb, group, resource, subresource, name };
  const { body, status, message } = await cluster.http.create("/apis/authorization.k8s.io/v1/subjectaccessreviews", {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SubjectAccessReview",
    spec: { user: asker.user, groups: asker.groups, resourceAttributes },
  });
  expect(status === 201, "an answer of the authorizer", message);
  return (body.status as { allowed: boolean }).allowed;
}

async function canI(
  cluster: Cluster,
  { asker, namespace, verb, apiGroup, resource, subresource }: Question,
): Promise<boolean> {
  const what = apiGroup === "" ? resource : `${resource}.${apiGroup}`;
  const groups = asker.groups.map((group) => `--as-group=${group}`);
  const part = subresource ? [`--subresource=${subresource}`] : [];
  const args = ["auth", "can-i", verb, what, ...part, "--namespace", namespace, `--as=${asker.user}`, ...groups];
  const { stdout, stderr } = await cluster.kubectl(...args);
  const answer = stdout.trim().split(/\s/)[0];
  expect(answer === "yes" || answer === "no", `kubectl ${args.join(" ")} to say yes or no`, `${stdout} ${stderr}`);
  return answer === "yes";
}

/** Whether all they have is by one team. */
function isOnlyOf({ groups }: Asker, teamName: string): boolean {
  const teams = groups.filter((group) => group.startsWith("team:"));
  return teams.length > 0 && teams.every((group) => group.startsWith(`team:${teamName}:`));
}

/** Every n-th, from the first to the last. */
function spread<T>(values: readonly T[], count: number): T[] {
  const step = Math.max(1, values.length / count);
  return Array.from({ length: Math.min(count, values.length) }, (_, index) => values[Math.floor(index * step)] as T);
}

function shown({ asker, namespace, verb, apiGroup, resource, subresource }: Question): string {
  const what = [resource, subresource].filter(Boolean).join("/");
  const groups = asker.groups.filter((group) => !group.startsWith("system:")).join(", ");
  return `${asker.user} (${groups || "no group"}) ${verb} ${what}${apiGroup && `.${apiGroup}`} in ${namespace}`;
}
