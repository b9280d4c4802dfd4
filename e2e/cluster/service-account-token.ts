import { expect } from "../expect";
import type { Cluster } from "./cluster";
import { type Environment, nameOf, namespacesOf, platformKind } from "./environment";
import type { Made } from "./made";
import { pod } from "./pods";

const UNTOUCHED = "cluster-run-untouched";

interface PodSpec {
  readonly serviceAccountName: string;
  readonly volumes?: readonly { readonly projected?: { readonly sources?: readonly object[] } }[];
}

/**
 * A pod that names no account gets no token for the Kubernetes API, and neither does one with an account of the platform's that mounts
 * none. Where nothing was done about it, it gets one: the test sees what it looks for.
 */
export async function noTokenMounted(cluster: Cluster, made: Made, environment: Environment): Promise<string> {
  await made.namespace(UNTOUCHED);
  expect(await hasToken(cluster, UNTOUCHED, "default"), "a token where nothing was done about it", "none");
  const accounts = platformKind(environment, "ServiceAccount");
  for (const namespace of namespacesOf(environment)) {
    expect(!(await hasToken(cluster, namespace, "default")), `no token in a pod of ${namespace}`, "one");
  }
  for (const account of accounts.filter(({ automountServiceAccountToken }) => automountServiceAccountToken === false)) {
    const { namespace = "" } = account.metadata;
    const has = await hasToken(cluster, namespace, nameOf(account));
    expect(!has, `no token in a pod of ${namespace} as ${nameOf(account)}`, "one");
  }
  const own = accounts.filter((account) => nameOf(account) !== "default");
  return `${namespacesOf(environment).length} default accounts, ${own.length} of teams: no token; untouched namespace: a token`;
}

/** What the admitted pod has, as the server stored it. */
async function hasToken(cluster: Cluster, namespace: string, account: string): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const change = account === "default" ? {} : { spec: { ...pod("token").spec, serviceAccountName: account } };
  const { status, message } = await cluster.http.create(path, pod("token", change));
  expect(status === 201, `a pod in ${namespace} as ${account}`, message);
  const { body } = await cluster.http.get(`${path}/token`);
  await cluster.http.delete(`${path}/token?gracePeriodSeconds=0`);
  const { volumes = [], serviceAccountName } = body.spec as PodSpec;
  expect(serviceAccountName === account, `the account ${account}`, serviceAccountName);
  return volumes.some(({ projected }) => projected?.sources?.some((source) => "serviceAccountToken" in source));
}
