import fc from "fast-check";
import { diffObjects } from "../../../../lib/render/diff/diff-objects";
import type { Mark } from "../../../../lib/render/diff/marks";
import type { KubernetesObject } from "../../../../lib/render/objects/kubernetes-object";
import { allowed, type Connection, type End } from "../../../support/network-model";
import { object, sourced } from "./objects";

function policy(spec: object, name = "api"): KubernetesObject {
  return object("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {}, ...spec } }, { name });
}

function marksOf(base: KubernetesObject[], head: KubernetesObject[]): Mark[] {
  return diffObjects(
    base.map((item) => sourced(item)),
    head.map((item) => sourced(item)),
  ).flatMap(({ marks }) => marks);
}

function gains(base: KubernetesObject[], head: KubernetesObject[]): readonly string[] {
  return marksOf(base, head).flatMap((mark) => (mark.mark === "network-policy-widened" ? mark.gains : [mark.mark]));
}

const denied = policy({ policyTypes: ["Ingress", "Egress"] }, "default-deny");
const block = (cidr: string, except?: string[]) => ({ ipBlock: { cidr, except } });
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });
const port = (number: number | string, more: object = {}) => ({ port: number, ...more });

test.each<[string, object, object, string[]]>([
  [
    "a peer",
    { from: [pods("web")] },
    { from: [pods("web"), pods("job")] },
    ["ingress from pods app=web, pods app=job on all ports"],
  ],
  ["everybody", { from: [pods("web")] }, {}, ["ingress from anywhere on all ports"]],
  [
    "an empty list of peers, which is everybody",
    { from: [pods("web")] },
    { from: [] },
    ["ingress from anywhere on all ports"],
  ],
  [
    "a wider range",
    { from: [block("10.0.0.0/16")] },
    { from: [block("10.0.0.0/8")] },
    ["ingress from 10.0.0.0/8 on all ports"],
  ],
  [
    "a hole that is filled",
    { from: [block("10.0.0.0/8", ["10.1.0.0/16"])] },
    { from: [block("10.0.0.0/8", ["10.1.0.0/24"])] },
    ["ingress from 10.0.0.0/8 except 10.1.0.0/24 on all ports"],
  ],
  [
    "other namespaces",
    { from: [pods("web")] },
    { from: [{ ...pods("web"), namespaceSelector: {} }] },
    ["ingress from pods app=web in namespaces all on all ports"],
  ],
  ["a port", { ports: [port(80)] }, { ports: [port(80), port(443)] }, ["ingress from anywhere on TCP 80, TCP 443"]],
  [
    "a longer range",
    { ports: [port(80, { endPort: 90 })] },
    { ports: [port(85, { endPort: 95 })] },
    ["ingress from anywhere on TCP 85-95"],
  ],
  [
    "a protocol",
    { ports: [port(53)] },
    { ports: [port(53, { protocol: "UDP" })] },
    ["ingress from anywhere on UDP 53"],
  ],
  ["a named port", { ports: [port("http")] }, { ports: [port("admin")] }, ["ingress from anywhere on TCP admin"]],
  [
    "a selector with less to ask for",
    {
      from: [
        {
          podSelector: {
            matchExpressions: [
              { key: "app", operator: "In", values: ["a", "b"] },
              { key: "x", operator: "Exists" },
            ],
          },
        },
      ],
    },
    { from: [{ podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["a", "b"] }] } }] },
    ["ingress from pods app in (a,b) on all ports"],
  ],
])("a rule opens for %s", (_, before, after, gained) => {
  expect(gains([policy({ ingress: [before] })], [policy({ ingress: [after] })])).toEqual(gained);
});

test.each<[string, object, object]>([
  ["the same in another order", { from: [pods("a"), pods("b")] }, { from: [pods("b"), pods("a")] }],
  ["fewer peers", { from: [pods("a"), pods("b")] }, { from: [pods("a")] }],
  ["somebody instead of everybody", {}, { from: [pods("a")], ports: [port(80)] }],
  ["a part of a range", { from: [block("10.0.0.0/8")] }, { from: [block("10.1.0.0/16", ["10.1.1.0/24"])] }],
  ["a range without its hole", { from: [block("10.0.0.0/8", ["10.1.0.0/16"])] }, { from: [block("10.2.0.0/16")] }],
  ["a larger hole", { from: [block("fd00::/8", ["fd01::/32"])] }, { from: [block("fd00::/8", ["fd01::/16"])] }],
  ["a part of a range of ports", { ports: [port(80, { endPort: 90 })] }, { ports: [port(85)] }],
  ["one port of a protocol", { ports: [{ protocol: "UDP" }] }, { ports: [port(53, { protocol: "UDP" })] }],
  [
    "a selector with more to ask for",
    { from: [pods("a")] },
    { from: [{ podSelector: { matchLabels: { app: "a", tier: "web" } } }] },
  ],
])("a rule closes or stays: %s", (_, before, after) => {
  expect(gains([policy({ ingress: [before] })], [policy({ ingress: [after] })])).toEqual([]);
});

test("a direction that is not limited any more opens", () => {
  const both = policy({ policyTypes: ["Ingress", "Egress"] });
  expect(gains([both], [policy({ policyTypes: ["Ingress"] })])).toEqual(["egress without limit"]);
  expect(gains([both, denied], [policy({ policyTypes: ["Ingress"] }), denied])).toEqual([]);
  expect(gains([policy({ egress: [{}] })], [policy({})])).toEqual(["egress without limit"]);
  expect(gains([policy({ policyTypes: ["Ingress"] })], [both])).toEqual([]);
});

test("pods that a policy lets go are open, unless another one holds them", () => {
  const selected = (podSelector: object) => policy({ podSelector });
  expect(gains([selected({})], [selected({ matchLabels: { app: "a" } })])).toEqual([
    "ingress of pods that it does not select any more",
  ]);
  expect(gains([selected({}), denied], [selected({ matchLabels: { app: "a" } }), denied])).toEqual([]);
});

test("a new policy opens a namespace that was closed, and closes one that was open", () => {
  const open = policy({
    podSelector: { matchLabels: { app: "api" } },
    egress: [{ to: [block("10.0.0.0/16")], ports: [port(5432)] }],
  });
  expect(gains([denied], [denied, open])).toEqual(["egress to 10.0.0.0/16 on TCP 5432"]);
  expect(gains([], [denied, open])).toEqual([]);
  const wide = policy({ egress: [{ to: [block("10.0.0.0/8")] }] }, "wide");
  expect(gains([denied, wide], [denied, wide, open])).toEqual([]);
});

test("a new policy for more pods than are limited opens what it lets through for those", () => {
  const limited = policy({ podSelector: { matchLabels: { app: "a" } } }, "a");
  const open = policy({ ingress: [{}] });
  expect(gains([limited], [limited, open])).toEqual(["ingress from anywhere on all ports"]);
  const apart = policy({ podSelector: { matchLabels: { app: "b" } }, ingress: [{}] });
  expect(gains([limited], [limited, apart])).toEqual([]);
});

test("two policies that let go of the same pods do not count on each other", () => {
  const selected = (name: string, app?: string) =>
    policy({ podSelector: app === undefined ? {} : { matchLabels: { app } } }, name);
  expect(gains([selected("one"), selected("two")], [selected("one", "a"), selected("two", "b")])).toEqual([
    "ingress of pods that it does not select any more",
    "ingress of pods that it does not select any more",
  ]);
});

test("policies of another namespace do not count", () => {
  const elsewhere = { source: "clinical/api", namespace: "clinical", object: denied };
  const open = sourced(policy({ ingress: [{}] }));
  expect(diffObjects([elsewhere], [elsewhere, open]).flatMap(({ marks }) => marks)).toEqual([]);
});

test("a policy that is removed is marked, one of another API is not known", () => {
  expect(marksOf([denied], [])).toEqual([{ mark: "network-policy-removed" }]);
  expect(marksOf([object("example.com/v1", "NetworkPolicy")], [])).toEqual([]);
});

const labels = fc.record({ app: fc.constantFrom("a", "b"), tier: fc.constantFrom("x", "y") }, { requiredKeys: [] });
const selector = fc.oneof(
  fc.record({ matchLabels: labels }, { requiredKeys: [] }),
  fc.record({
    matchExpressions: fc.constantFrom(
      [{ key: "app", operator: "In" as const, values: ["a"] }],
      [{ key: "tier", operator: "Exists" as const }],
      [{ key: "tier", operator: "NotIn" as const, values: ["x"] }],
    ),
  }),
);
const ranges = ["10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24", "0.0.0.0/0"];
const peer = fc.oneof(
  fc.record(
    { podSelector: selector, namespaceSelector: fc.constantFrom({}, { matchLabels: { team: "clinical" } }) },
    { requiredKeys: ["podSelector"] },
  ),
  fc.record({
    ipBlock: fc.record(
      { cidr: fc.constantFrom(...ranges), except: fc.subarray(["10.0.1.0/25", "10.0.0.0/16"], { minLength: 1 }) },
      { requiredKeys: ["cidr"] },
    ),
  }),
);
const openPort = fc.record(
  { port: fc.constantFrom(80, 85), endPort: fc.constantFrom(85, 90), protocol: fc.constantFrom("TCP", "UDP") },
  { requiredKeys: ["port"] },
);
const peers = fc.array(peer, { maxLength: 2 });
const ports = fc.array(openPort, { maxLength: 2 });
const somePolicies = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom("one", "two", "three"),
    spec: fc.record(
      {
        podSelector: selector,
        policyTypes: fc.subarray(["Ingress", "Egress"], { minLength: 1 }),
        ingress: fc.array(fc.record({ from: peers, ports }, { requiredKeys: [] }), { maxLength: 2 }),
        egress: fc.array(fc.record({ to: peers, ports }, { requiredKeys: [] }), { maxLength: 2, minLength: 1 }),
      },
      { requiredKeys: ["podSelector"] },
    ),
  }),
  { selector: ({ name }) => name, maxLength: 3 },
);

const ends: End[] = [
  { namespace: "genomics", labels: { app: "a", tier: "x" }, ip: "10.0.1.1" },
  { namespace: "genomics", labels: { app: "b" }, ip: "10.0.1.200" },
  { namespace: "genomics", labels: {}, ip: "10.0.2.1" },
  { namespace: "clinical", labels: { app: "a" }, ip: "10.1.0.1" },
  "192.0.2.1",
];
const connections: Connection[] = ends.flatMap((from) =>
  ends.flatMap((to) =>
    [80, 85, 88, 443].flatMap((number) => ["TCP", "UDP"].map((protocol) => ({ from, to, port: number, protocol }))),
  ),
);

test("property: what opens a connection is marked", () => {
  type Policies = readonly { readonly name: string; readonly spec: object }[];
  const open = (policies: Policies) => {
    const made = policies.map(({ name, spec }) => ({ metadata: { name, namespace: "genomics" }, spec }));
    const model = { namespaces: { genomics: { team: "genomics" }, clinical: { team: "clinical" } }, policies: made };
    return connections.filter((connection) => allowed(model, connection));
  };
  let opened = 0;
  fc.assert(
    fc.property(somePolicies, somePolicies, (base, head) => {
      const before = new Set(open(base));
      const more = open(head).filter((connection) => !before.has(connection));
      opened += more.length > 0 ? 1 : 0;
      const made = (policies: Policies) => policies.map(({ name, spec }) => policy(spec, name));
      expect(more.length > 0 && marksOf(made(base), made(head)).length === 0).toBe(false);
    }),
    { numRuns: 500 },
  );
  expect(opened).toBeGreaterThan(50);
});
