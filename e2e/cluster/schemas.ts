import { checkSchemas } from "../../lib/render/checks/check-schema";
import { servedKinds } from "../../lib/render/checks/kubernetes-schemas";
import { isOffByDefault } from "../../lib/render/checks/schema/unserved";
import type { KubernetesObject } from "../../lib/render/objects/kubernetes-object";
import { waitFor } from "../engines/waiting";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import { Discovery } from "./discovery";
import type { Made } from "./made";
import { mutations } from "./mutations";
import { CUSTOM_RESOURCE, DEFINITION, SCHEMA_TABLE } from "./schema-table";

const NAMESPACE = "cluster-run-schemas";

/** Where the two differ, and why that may stay. */
const KNOWN: Readonly<Record<string, string>> = {
  'Sample spec.taken = ["text"]': "the server takes any list for a text that has a format",
};

/**
 * Objects that are right, and each of them with one change: where the check finds an unknown field or a wrong type, the server refuses, and
 * where the server cannot decode an object, the check has found it. What a server refuses for what a value means no schema can know.
 */
export async function schemasAgree(cluster: Cluster, made: Made): Promise<string> {
  await made.namespace(NAMESPACE);
  return compare(cluster, SCHEMA_TABLE, []);
}

/** The same for a custom resource. The definition is there for everybody, so it needs a cluster of our own. */
export async function customSchemasAgree(cluster: Cluster, made: Made): Promise<string> {
  const file = cluster.file([DEFINITION]);
  made.file(file);
  await cluster.mustKubectl("apply", "--server-side", "-f", file);
  const path = `/apis/cluster-run.example.com/v1/namespaces/${NAMESPACE}/samples`;
  const served = async () => (await cluster.http.get(path)).status === 200;
  await waitFor(served, { seconds: 30, what: "the custom resource's API" });
  return compare(cluster, [CUSTOM_RESOURCE], [DEFINITION]);
}

/** The kinds that the check takes for known are those that the server serves. */
export async function servedKindsAgree(cluster: Cluster): Promise<string> {
  const served = await new Discovery(cluster).creatableKinds();
  const known = Object.keys(servedKinds(cluster.version)).filter(
    (kind) => !isOffByDefault({ apiVersion: kind.split(" ")[0] ?? "" } as KubernetesObject),
  );
  const missing = known.filter((kind) => !served.includes(kind));
  const isOwn = (kind: string) => !kind.includes("/") || /^(\w+|[\w.]+\.k8s\.io)\//.test(kind);
  const unknown = served.filter((kind) => isOwn(kind) && !known.includes(kind));
  expect(missing.length + unknown.length === 0, "the same kinds", { notServed: missing, notKnown: unknown });
  return `${known.length} kinds of Kubernetes ${cluster.version}`;
}

async function compare(
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  definitions: readonly KubernetesObject[],
): Promise<string> {
  const discovery = new Discovery(cluster);
  const differences: string[] = [];
  let asked = 0;
  let refused = 0;
  let known = 0;
  const check = (object: KubernetesObject) => findings([...definitions, object], cluster.version);
  for (const right of objects) {
    const path = await discovery.collection(right, NAMESPACE);
    if (!path) throw new Error(`the server does not serve ${right.apiVersion} ${right.kind}`);
    const ask = (object: KubernetesObject) => cluster.http.create(path, object, { dryRun: true });
    const whole = await ask(right);
    expect(whole.status === 201, `${right.kind} admitted`, whole.message);
    expect(check(right).length === 0, `no findings in ${right.kind}`, check(right));
    for (const { what, change, object } of mutations(right)) {
      const found = check(object);
      const { status, message } = await ask(object);
      asked += 1;
      refused += status >= 400 ? 1 : 0;
      // The server checks values too. Of a custom resource it knows no more than its schema.
      const mustBeFound = definitions.length > 0 && what.startsWith("spec") ? status >= 400 : status === 400;
      const where = `${right.kind} ${what}`;
      if (found.length > 0 ? status >= 400 : !mustBeFound) continue;
      if (KNOWN[where] !== undefined) known += 1;
      else
        differences.push(
          `${where} (${change}): server says "${message || "fine"}", check says "${found.join(", ") || "fine"}"`,
        );
    }
  }
  expect(differences.length === 0, "the check and the server to agree", differences.join("\n"));
  return `${objects.length} kinds, ${asked} changed objects, ${refused} refused, ${known > 0 ? `agreed on all but ${known} known ones` : "agreed on all"}`;
}

function findings(objects: readonly KubernetesObject[], version: string): string[] {
  const sourced = objects.map((object) => ({ source: "table", namespace: NAMESPACE, object }));
  return checkSchemas(sourced, version)
    .filter(({ severity }) => severity === "error")
    .map(({ path, message }) => `${path} ${message}`);
}
