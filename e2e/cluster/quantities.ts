import { formatQuantity, isMultipleOf, parseQuantity, type Quantity } from "../../lib/kubernetes/quantity";
import { expect } from "../expect";
import type { Cluster } from "./cluster";
import type { Made } from "./made";

/** A thousandth: nothing finer is counted of a CPU. */
const FINEST: Quantity = { nano: 1_000_000n, form: "decimal" };
const NAMESPACE = "cluster-run-quantities";

const TEXTS = [
  ...["0", "1", "1.0", "0.5", ".5", "5.", "+1", "007", "1.10", "1000", "1500", "100000", "1234567", "0.001", "0.0015"],
  ...["1m", "10m", "100m", "1000m", "1500m", "0.5m", "1u", "1000u", "1n", "1000000n", "1.5n"],
  ...["1k", "1.5k", "1000k", "1M", "1500M", "1G", "1.5G", "1T", "1P", "1E", "10E"],
  ...[
    "1Ki",
    "1024Ki",
    "1536Ki",
    "1.5Ki",
    "0.5Ki",
    "1Mi",
    "1024Mi",
    "1.5Mi",
    "1Gi",
    "1.5Gi",
    "1000Gi",
    "1Ti",
    "1Pi",
    "1Ei",
    "8Ei",
  ],
  ...["1e3", "1E3", "1e-3", "1.5e3", "12e6", "1e18", "1e19", "1e0", "0.1e1"],
  ...[
    "",
    " 1",
    "1 ",
    "1K",
    "1ki",
    "1mi",
    "1gb",
    "1GB",
    "1,5",
    "1_000",
    "1e",
    "e3",
    "1e1.5",
    "0x10",
    "one",
    "--1",
    "1i",
    "Ki",
  ],
];

/**
 * A quantity that the library takes, the server takes for the same, and what the library writes comes back as it was written: otherwise
 * every plan would find a change. The library refuses more: what the server rounds or cuts.
 */
export async function quantitiesAgree(cluster: Cluster, made: Made): Promise<string> {
  await made.namespace(NAMESPACE);
  const differences: string[] = [];
  const onlyServer: string[] = [];
  let refused = 0;
  for (const text of TEXTS) {
    const parsed = parseQuantity(text);
    const quantity = parsed && isMultipleOf(parsed, FINEST) ? parsed : undefined;
    const stored = await storedAs(cluster, text);
    if (stored === undefined) refused += 1;
    if (quantity) differences.push(...(await differ(cluster, text, quantity, stored)));
    if (!quantity && stored !== undefined) onlyServer.push(text);
  }
  expect(differences.length === 0, "the library and the server to agree", differences.join("\n"));
  return `${TEXTS.length} texts, ${refused} refused by both, refused by the library alone: ${onlyServer.join(", ")}`;
}

/** The same value, and what the library writes comes back as written. */
async function differ(cluster: Cluster, text: string, quantity: Quantity, stored?: string): Promise<string[]> {
  const written = formatQuantity(quantity);
  const again = await storedAs(cluster, written);
  const sameValue = stored !== undefined && parseQuantity(stored)?.nano === quantity.nano;
  if (sameValue && again === written) return [];
  return [`${text}: server ${stored ?? "refuses"}; the library writes ${written}, server ${again ?? "refuses"}`];
}

/** As it comes back out of the store; undefined if it is refused. */
async function storedAs(cluster: Cluster, text: string): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${NAMESPACE}/resourcequotas`;
  const { status } = await cluster.http.create(path, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "table" },
    spec: { hard: { "requests.cpu": text } },
  });
  if (status !== 201) return undefined;
  const { body } = await cluster.http.get(`${path}/table`);
  await cluster.http.delete(`${path}/table`);
  return (body.spec as { hard: Record<string, string> }).hard["requests.cpu"];
}
