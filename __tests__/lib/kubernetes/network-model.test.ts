import { allowed, type NetworkPolicy, type Pod } from "../../support/network-model";

const namespaces = { front: { tier: "public" }, back: { tier: "private" } };
const web: Pod = { namespace: "front", labels: { app: "web" }, ip: "10.0.0.1" };
const admin: Pod = { namespace: "front", labels: { app: "admin", canary: "yes" }, ip: "10.0.0.2" };
const api: Pod = { namespace: "back", labels: { app: "api" }, ip: "10.0.1.1" };
const db: Pod = { namespace: "back", labels: { app: "db" }, ip: "10.0.1.2" };
const OUTSIDE = "203.0.113.7";

type Spec = NetworkPolicy["spec"];

function policy(namespace: string, spec: Spec): NetworkPolicy {
  return { metadata: { name: "test", namespace }, spec };
}

function model(...policies: NetworkPolicy[]) {
  return { namespaces, policies };
}

/** What pod `api` takes from `front` and from outside, by an ingress rule. */
function takes(from: NonNullable<NonNullable<Spec["ingress"]>[number]["from"]>): string[] {
  const net = model(policy("back", { policyTypes: ["Ingress"], ingress: [{ from }] }));
  const ends = { web, admin, db, outside: OUTSIDE };
  return Object.entries(ends).flatMap(([name, end]) => (allowed(net, { from: end, to: api, port: 80 }) ? [name] : []));
}

test("without a policy everything talks to everything", () => {
  for (const connection of [
    { from: web, to: api },
    { from: OUTSIDE, to: api },
    { from: api, to: OUTSIDE },
  ])
    expect(allowed(model(), { ...connection, port: 80 })).toBe(true);
});

test("a policy closes the direction that it names, of the pods that it selects, in its own namespace", () => {
  const net = model(policy("back", { podSelector: { matchLabels: { app: "api" } }, policyTypes: ["Ingress"] }));
  expect(allowed(net, { from: web, to: api, port: 80 })).toBe(false);
  expect(allowed(net, { from: OUTSIDE, to: api, port: 80 })).toBe(false);
  expect(allowed(net, { from: web, to: db, port: 80 })).toBe(true);
  expect(allowed(net, { from: api, to: web, port: 80 })).toBe(true);
});

test("an empty selector is all pods", () => {
  const net = model(policy("back", { podSelector: {}, policyTypes: ["Egress"] }));
  expect(allowed(net, { from: api, to: web, port: 80 })).toBe(false);
  expect(allowed(net, { from: db, to: OUTSIDE, port: 80 })).toBe(false);
  expect(allowed(net, { from: web, to: api, port: 80 })).toBe(true);
});

test("without types a policy is about ingress, and about egress only if it has such rules", () => {
  const ingress = model(policy("back", {}));
  expect(allowed(ingress, { from: web, to: api, port: 80 })).toBe(false);
  expect(allowed(ingress, { from: api, to: web, port: 80 })).toBe(true);
  const both = model(policy("back", { egress: [] }));
  expect(allowed(both, { from: api, to: web, port: 80 })).toBe(false);
});

test("both ends must let a connection through", () => {
  const out = policy("front", { policyTypes: ["Egress"], egress: [{ to: [{ namespaceSelector: {} }] }] });
  const closedIn = policy("back", { policyTypes: ["Ingress"] });
  const closedOut = policy("front", { policyTypes: ["Egress"] });
  const into = policy("back", { policyTypes: ["Ingress"], ingress: [{ from: [{ namespaceSelector: {} }] }] });
  const connection = { from: web, to: api, port: 80 };
  expect(allowed(model(out, closedIn), connection)).toBe(false);
  expect(allowed(model(closedOut, into), connection)).toBe(false);
  expect(allowed(model(out, into), connection)).toBe(true);
});

test("policies add up: one that opens is enough, and none closes again", () => {
  const closed = policy("back", { policyTypes: ["Ingress"] });
  const open = policy("back", { policyTypes: ["Ingress"], ingress: [{}] });
  expect(allowed(model(closed, open), { from: web, to: api, port: 80 })).toBe(true);
  expect(allowed(model(open, closed), { from: web, to: api, port: 80 })).toBe(true);
});

test("a pod selector alone stays in the namespace of the policy, beside a namespace selector both must fit", () => {
  expect(takes([{ podSelector: {} }])).toEqual(["db"]);
  expect(takes([{ namespaceSelector: {} }])).toEqual(["web", "admin", "db"]);
  expect(takes([{ namespaceSelector: { matchLabels: { tier: "public" } } }])).toEqual(["web", "admin"]);
  const name = { matchLabels: { "kubernetes.io/metadata.name": "front" } };
  expect(takes([{ namespaceSelector: name, podSelector: { matchLabels: { app: "web" } } }])).toEqual(["web"]);
  expect(takes([{ namespaceSelector: name }, { podSelector: { matchLabels: { app: "db" } } }])).toEqual([
    "web",
    "admin",
    "db",
  ]);
});

test("no peer is every peer, outside too", () => {
  expect(takes([])).toEqual(["web", "admin", "db", "outside"]);
});

test.each([
  ["In", ["web", "admin"], ["web", "admin"]],
  ["In", ["web"], ["web"]],
  ["NotIn", ["web"], ["admin"]],
] as const)("an expression %s %j on app selects %j", (operator, values, selected) => {
  const podSelector = { matchExpressions: [{ key: "app", operator, values }] };
  expect(takes([{ namespaceSelector: { matchLabels: { tier: "public" } }, podSelector }])).toEqual(selected);
});

test.each([
  ["Exists", ["admin"]],
  ["DoesNotExist", ["web"]],
] as const)("an expression %s on a label that one pod has selects %j", (operator, selected) => {
  const podSelector = { matchExpressions: [{ key: "canary", operator }] };
  expect(takes([{ namespaceSelector: { matchLabels: { tier: "public" } }, podSelector }])).toEqual(selected);
});

test("NotIn selects what has no such label", () => {
  const podSelector = { matchExpressions: [{ key: "canary", operator: "NotIn" as const, values: ["yes"] }] };
  expect(takes([{ namespaceSelector: {}, podSelector }])).toEqual(["web", "db"]);
});

test("a range lets in the addresses in it but for its exceptions, and never the other family", () => {
  expect(takes([{ ipBlock: { cidr: "203.0.113.0/24" } }])).toEqual(["outside"]);
  expect(takes([{ ipBlock: { cidr: "203.0.113.0/24", except: ["203.0.113.7/32"] } }])).toEqual([]);
  expect(takes([{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.1.0/24"] } }])).toEqual(["web", "admin", "outside"]);
  expect(takes([{ ipBlock: { cidr: "::/0" } }])).toEqual([]);
  const net = model(policy("back", { egress: [{ to: [{ ipBlock: { cidr: "fd00:ec2::23/128" } }] }] }));
  expect(allowed(net, { from: api, to: "fd00:ec2::23", port: 80 })).toBe(true);
  expect(allowed(net, { from: api, to: "fd00:ec2::24", port: 80 })).toBe(false);
});

test("ports are those that are listed, by protocol, TCP if nothing is said", () => {
  const ports = [{ port: 80 }, { port: 8000, endPort: 8010 }, { protocol: "UDP", port: 53 }, { protocol: "SCTP" }];
  const net = model(policy("back", { ingress: [{ ports }] }));
  const lets = (port: number, protocol?: string) => allowed(net, { from: web, to: api, port, protocol });
  expect([80, 81, 7999, 8000, 8010, 8011, 53].filter((port) => lets(port))).toEqual([80, 8000, 8010]);
  expect([lets(53, "UDP"), lets(80, "UDP"), lets(4242, "SCTP")]).toEqual([true, false, true]);
});

test("ports and peers of one rule belong together, those of two rules do not", () => {
  const one = { from: [{ podSelector: { matchLabels: { app: "db" } } }], ports: [{ port: 80 }] };
  const other = { from: [{ namespaceSelector: { matchLabels: { tier: "public" } } }], ports: [{ port: 81 }] };
  const net = model(policy("back", { ingress: [one, other] }));
  expect(allowed(net, { from: db, to: api, port: 80 })).toBe(true);
  expect(allowed(net, { from: web, to: api, port: 80 })).toBe(false);
  expect(allowed(net, { from: web, to: api, port: 81 })).toBe(true);
});

test("a pod reaches itself", () => {
  const net = model(policy("back", { policyTypes: ["Ingress", "Egress"] }));
  expect(allowed(net, { from: api, to: api, port: 80 })).toBe(true);
  expect(allowed(net, { from: api, to: db, port: 80 })).toBe(false);
});

test("what is not modelled is an error, not an answer", () => {
  const named = policy("back", { ingress: [{ ports: [{ port: "http" as unknown as number }] }] });
  expect(() => allowed(model(named), { from: web, to: api, port: 80 })).toThrow("named ports are not modelled: http");
  const lost = { ...web, namespace: "elsewhere" };
  const selecting = policy("back", { ingress: [{ from: [{ namespaceSelector: {} }] }] });
  expect(() => allowed(model(selecting), { from: lost, to: api, port: 80 })).toThrow("no namespace elsewhere");
});
