import * as fc from "fast-check";
import { ValidationError } from "../../../lib/core/validation-error";
import type { ClusterNetwork } from "../../../lib/kubernetes/cluster-network";
import { parseIpRange } from "../../../lib/kubernetes/ip-range";
import type { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import type { PodLabels, Traffic, TrafficPort } from "../../../lib/kubernetes/traffic";
import { portRange } from "../../../lib/kubernetes/traffic";
import { testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespaces";
import { allowed, type End, type NetworkModel, networkPolicies, type Pod } from "../../support/network-model";
import { synthesizeWith } from "../../support/synth";

const CLOSED = ["genomics", "reports", "frontend"] as const;
type Closed = (typeof CLOSED)[number];

const pod = (namespace: string, ip: string, labels: PodLabels = { app: "a" }): Pod => ({ namespace, labels, ip });

const ENDS = {
  genomics: pod("genomics", "10.64.16.1"),
  "genomics b": pod("genomics", "10.64.16.2", { app: "b" }),
  reports: pod("reports", "10.64.16.3"),
  "reports b": pod("reports", "10.64.16.4", { app: "b" }),
  frontend: pod("frontend", "10.64.16.5"),
  stranger: pod("stranger", "10.64.16.6"),
  monitoring: pod("monitoring", "10.64.16.7"),
  "kube-dns": pod("kube-system", "10.64.16.8", { "k8s-app": "kube-dns" }),
  "kube-system": pod("kube-system", "10.64.16.9", { "k8s-app": "metrics-server" }),
  "load balancer": "10.64.1.20",
  database: "10.64.8.10",
  "Kubernetes API": "10.64.0.5",
  "Kubernetes Service": "172.20.0.1",
  "VPC endpoint": "10.64.3.9",
  "Pod Identity agent": "169.254.170.23",
  metadata: "169.254.169.254",
  office: "10.255.0.9",
  internet: "198.51.100.7",
} satisfies Record<string, End>;

type EndName = keyof typeof ENDS;

const ends = Object.keys(ENDS) as EndName[];
const pods = ends.filter((name) => typeof ENDS[name] !== "string");
const PORTS = [
  { protocol: "UDP", port: 53 },
  ...[22, 53, 80, 443, 5432, 8000, 8005, 8080, 9090].map((port) => ({ protocol: "TCP", port })),
] as const;

interface Call {
  readonly from: EndName;
  readonly to: EndName;
  readonly protocol: string;
  readonly port: number;
}

/** Every connection between two ends of which one at least is in the cluster. */
const CALLS: readonly Call[] = ends
  .flatMap((from) => ends.flatMap((to) => PORTS.map((port) => ({ from, to, ...port }))))
  .filter(({ from, to }) => from !== to && (pods.includes(from) || pods.includes(to)));

type Namespaces = Readonly<Record<Closed, Namespace>>;

function modelOf(says: (namespaces: Namespaces) => void, facts?: ClusterNetwork): NetworkModel {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const [genomics, reports, frontend] = CLOSED.map((name) => testNamespace(scope, name, facts));
    if (genomics && reports && frontend) says({ genomics, reports, frontend });
  });
  const names = new Set(pods.map((name) => (ENDS[name] as Pod).namespace));
  const namespaces = Object.fromEntries([...names].map((name) => [name, {}]));
  return { namespaces, policies: networkPolicies(stack) };
}

function reaches(model: NetworkModel, { from, to, ...port }: Call): boolean {
  return allowed(model, { from: ENDS[from], to: ENDS[to], ...port });
}

const isClosed = (name: EndName) => CLOSED.some((each) => name.startsWith(each));

/** The calls that a namespace of ours has a part in. */
const OURS = CALLS.filter(({ from, to }) => isClosed(from) || isClosed(to));

/** What gets through where one end is a namespace of ours, as `from → to port`; DNS, which always does, is left out. */
function table(model: NetworkModel): string[] {
  return OURS.filter(({ from, to, port }) => !(isClosed(from) && to === "kube-dns" && port === 53))
    .filter((call) => reaches(model, call))
    .map(({ from, to, protocol, port }) => `${from} → ${to} ${protocol} ${port}`)
    .sort();
}

test("namespaces in which nothing is said: nothing goes in or out, not even between their own pods", () => {
  expect(table(modelOf(() => undefined))).toEqual([]);
});

test("every pod resolves names, by UDP and TCP, and only at the DNS pods", () => {
  const model = modelOf(() => undefined);
  const dns = CALLS.filter(({ from, port }) => isClosed(from) && port === 53).filter((call) => reaches(model, call));
  expect(dns.map(({ from, to, protocol }) => `${from} → ${to} ${protocol}`)).toEqual(
    ["genomics", "genomics b", "reports", "reports b", "frontend"].flatMap((from) => [
      `${from} → kube-dns UDP`,
      `${from} → kube-dns TCP`,
    ]),
  );
});

test("what others do among themselves is not touched", () => {
  const model = modelOf(({ genomics }) => genomics.allow({ to: "internet" }));
  const others = CALLS.filter(({ from, to }) => !isClosed(from) && !isClosed(to));
  expect(others.length).toBeGreaterThan(100);
  expect(others.every((call) => reaches(model, call))).toBe(true);
});

test("the isolation matrix: two teams, a frontend, and everything that an application needs", () => {
  const model = modelOf(({ genomics, reports, frontend }) => {
    genomics.allow({ from: frontend, ports: [8080], pods: { app: "a" } });
    genomics.allow({ to: { database: { cidrBlocks: ["10.64.8.0/24"], port: 5432 } }, pods: { app: "a" } });
    genomics.allow({ to: "pod-identity-agent", pods: { app: "a" } });
    genomics.allow({ to: "vpc-endpoints", pods: { app: "b" } });
    genomics.allow({ within: "namespace", ports: [9090] });
    genomics.allow({ from: "monitoring", ports: [9090] });
    frontend.allow({ from: "load-balancer", ports: [{ port: 8000, endPort: 8004 }] });
    frontend.allow({ to: "internet" });
    reports.allow({ to: "kubernetes-api" });
    reports.allow({ from: { cidrBlocks: ["10.255.0.0/24"] }, ports: [22] });
  });
  expect(table(model)).toEqual([
    "frontend → genomics TCP 8080",
    "frontend → internet TCP 443",
    "genomics b → Kubernetes API TCP 443", // interface endpoints can stand anywhere in the VPC
    "genomics b → VPC endpoint TCP 443",
    "genomics b → database TCP 443",
    "genomics b → genomics TCP 9090",
    "genomics b → kube-dns TCP 443",
    "genomics b → kube-system TCP 443",
    "genomics b → load balancer TCP 443",
    "genomics b → monitoring TCP 443",
    "genomics b → stranger TCP 443",
    "genomics → Pod Identity agent TCP 80",
    "genomics → database TCP 5432",
    "genomics → genomics b TCP 9090",
    "load balancer → frontend TCP 8000",
    "monitoring → genomics TCP 9090",
    "monitoring → genomics b TCP 9090",
    "office → reports TCP 22",
    "office → reports b TCP 22",
    "reports b → Kubernetes API TCP 443",
    "reports b → Kubernetes Service TCP 443",
    "reports → Kubernetes API TCP 443",
    "reports → Kubernetes Service TCP 443",
  ]);
});

test("the node's credentials stay out of reach, whatever is allowed of what can be allowed by name", () => {
  const model = modelOf(({ genomics, reports }) => {
    for (const to of ["internet", "kubernetes-api", "pod-identity-agent", "vpc-endpoints"] as const)
      genomics.allow({ to });
    genomics.allow({ to: reports, ports: [{ port: 1, endPort: 65535 }] });
    genomics.allow({ within: "namespace" });
  });
  expect(CALLS.filter(({ from, to }) => isClosed(from) && to === "metadata").some((call) => reaches(model, call))).toBe(
    false,
  );
  expect(table(model)).toContain("genomics → Pod Identity agent TCP 80");
  expect(table(model)).not.toContain("genomics → Pod Identity agent TCP 443");
});

test("pods of an ingress controller come in as load balancers, and nobody else does", () => {
  const facts = { loadBalancerNamespace: "stranger" };
  const model = modelOf(({ genomics }) => genomics.allow({ from: "load-balancer", ports: [8000] }), facts);
  expect(table(model).filter((line) => line.includes("→ genomics"))).toEqual([
    "stranger → genomics TCP 8000",
    "stranger → genomics b TCP 8000",
  ]);
});

/** A sentence as data: which namespace says it, and what of. */
type Sentence = Traffic<{ readonly namespace: Closed }>;

interface Said {
  readonly own: Closed;
  readonly sentence: Sentence;
}

const labels: fc.Arbitrary<PodLabels | undefined> = fc.constantFrom(undefined, { app: "a" }, { app: "b" });
const portLists: fc.Arbitrary<TrafficPort[]> = fc.subarray<TrafficPort>(
  [80, 443, 5432, 8080, { port: 8000, endPort: 8004 }, { port: 53, protocol: "UDP" }],
  { minLength: 1 },
);
const closed = fc.constantFrom(...CLOSED).map((namespace) => ({ namespace }));

const sentences: fc.Arbitrary<Sentence> = fc
  .record({ ports: portLists, pods: labels, peerPods: labels })
  .chain(({ ports, pods: own, peerPods }) => {
    const outside = fc.constantFrom(
      { cidrBlocks: ["10.255.0.0/24"] },
      { cidrBlocks: ["198.51.100.0/24", "10.1.0.0/16"] },
    );
    return fc.oneof<fc.Arbitrary<Sentence>[]>(
      closed.map((to) => ({ to, ports, pods: own, peerPods })),
      closed.map((from) => ({ from, ports, pods: own, peerPods })),
      fc.constant({ within: "namespace", ports, pods: own, peerPods }),
      fc.constant({ within: "namespace", pods: own, peerPods }),
      outside.map((to) => ({ to, ports, pods: own })),
      outside.map((from) => ({ from, ports, pods: own })),
      fc.constant({ to: "internet", pods: own }),
      fc.constant({ to: "internet", ports, pods: own }),
      fc.constantFrom("kubernetes-api" as const, "pod-identity-agent" as const, "vpc-endpoints" as const).map((to) => ({
        to,
        pods: own,
      })),
      fc.constant({ to: { database: { cidrBlocks: ["10.64.8.0/24"], port: 5432 } }, pods: own }),
      fc.constantFrom("load-balancer" as const, "monitoring" as const).map((from) => ({ from, ports, pods: own })),
    );
  });

/** Which ends a peer that is not a namespace is, said once more in words of the test. */
const NAMED: Readonly<Record<string, { ports?: readonly number[]; names: readonly EndName[] }>> = {
  internet: { names: ["internet"] },
  "kubernetes-api": { ports: [443], names: ["Kubernetes API", "Kubernetes Service"] },
  "pod-identity-agent": { ports: [80], names: ["Pod Identity agent"] },
  "vpc-endpoints": {
    ports: [443],
    names: ends.filter((name) => addressOf(name).startsWith("10.64.") && !isClosed(name)),
  },
  "load-balancer": { names: ["load balancer"] },
  monitoring: { names: ["monitoring"] },
};

function addressOf(name: EndName): string {
  const end = ENDS[name];
  return typeof end === "string" ? end : end.ip;
}

function isOf(name: EndName, namespace: string, selected: PodLabels = {}): boolean {
  const end = ENDS[name];
  if (typeof end === "string" || end.namespace !== namespace) return false;
  return Object.entries(selected).every(([key, value]) => end.labels[key] === value);
}

function isInside(name: EndName, cidrBlocks: readonly string[]): boolean {
  const address = parseIpRange(`${addressOf(name)}/32`)?.first ?? -1;
  return cidrBlocks.some((text) => {
    const range = parseIpRange(text);
    return range !== undefined && range.first <= address && address <= range.last;
  });
}

/** Whether one sentence, alone and as it reads, says that a call may be made. */
function says({ own, sentence }: Said, { from, to, port, protocol }: Call): boolean {
  const { pods: selected, peerPods } = sentence as { pods?: PodLabels; peerPods?: PodLabels };
  const peer = sentence.to ?? sentence.from;
  const [mine, theirs] = sentence.from === undefined ? [from, to] : [to, from];
  if (!isOf(mine, own, selected)) return false;
  const listed = (list: readonly TrafficPort[]) =>
    list.map(portRange).some((each) => {
      const last = each.endPort ?? each.port;
      return each.protocol === protocol && each.port <= port && port <= last;
    });
  const ports = "ports" in sentence ? sentence.ports : undefined;
  if (peer === undefined) return isOf(theirs, own, peerPods) && (ports === undefined || listed(ports));
  if (typeof peer === "string") {
    const named = NAMED[peer];
    return named?.names.includes(theirs) === true && listed(named.ports ?? ports ?? [443]);
  }
  if ("database" in peer) return isInside(theirs, peer.database.cidrBlocks) && listed([peer.database.port]);
  if ("cidrBlocks" in peer) return isInside(theirs, peer.cidrBlocks) && listed(ports ?? []);
  return isOf(theirs, peer.namespace, peerPods) && listed(ports ?? []);
}

/** Says a sentence; false if it was refused, for a reason that says nothing about what is open. */
function trySaying(namespaces: Namespaces, { own, sentence }: Said): boolean {
  const construct = (peer: { readonly namespace: Closed }) => namespaces[peer.namespace];
  const isNamed = (peer: unknown): peer is { readonly namespace: Closed } =>
    typeof peer === "object" && peer !== null && "namespace" in peer;
  const { to, from } = sentence;
  const traffic = {
    ...sentence,
    ...(isNamed(to) ? { to: construct(to) } : {}),
    ...(isNamed(from) ? { from: construct(from) } : {}),
  } as Traffic<Namespace>;
  try {
    namespaces[own].allow(traffic);
    return true;
  } catch (error) {
    if (
      error instanceof ValidationError &&
      /must not be (allowed a second time|the namespace itself)/.test(error.message)
    )
      return false;
    throw error;
  }
}

const conversations = fc.array(fc.record({ own: fc.constantFrom(...CLOSED), sentence: sentences }), { maxLength: 10 });

test("whatever is said, exactly that gets through: nothing that no sentence says, and all that one says", () => {
  const counts = { open: 0, shut: 0 };
  fc.assert(
    fc.property(conversations, (conversation) => {
      const said: Said[] = [];
      const model = modelOf((namespaces) => {
        for (const each of conversation) if (trySaying(namespaces, each)) said.push(each);
      });
      const wrong = OURS.filter((call) => {
        const isDns = isClosed(call.from) && call.to === "kube-dns" && call.port === 53;
        const expected = isDns || said.some((each) => says(each, call));
        counts[expected ? "open" : "shut"] += 1;
        return reaches(model, call) !== expected;
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(counts.open).toBeGreaterThan(200);
  expect(counts.shut).toBeGreaterThan(10_000);
});
