import { Namespace } from "../../../lib/kubernetes/namespace";
import type { INamespace } from "../../../lib/kubernetes/namespace-interface";
import type { Traffic } from "../../../lib/kubernetes/traffic";
import { testNamespace as testImported } from "../../support/namespace";
import { opened, refusal, type Says, say, testNamespace } from "../../support/namespaces";
import { testStack } from "../../support/synth";
import { aNumberToken, aToken } from "../../support/tokens";

const everything = 'list the ranges that are meant, or allow "internet"';

test.each<[string, Says, string]>([
  [
    "everything",
    (genomics) => genomics.allow({ to: { cidrBlocks: ["0.0.0.0/0"] }, ports: [443], reason: "it is simpler this way" }),
    `'to.cidrBlocks' must be /8 or smaller, got "0.0.0.0/0" at test/genomics; ${everything}`,
  ],
  [
    "everything in two halves",
    (genomics) =>
      genomics.allow({
        from: { cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
        ports: [443],
        reason: "it is simpler this way",
      }),
    [
      `'from.cidrBlocks' must be /8 or smaller, got "0.0.0.0/1" at test/genomics; ${everything}`,
      `'from.cidrBlocks' must be /8 or smaller, got "128.0.0.0/1" at test/genomics; ${everything}`,
    ].join("\n"),
  ],
  ...[
    "::/0",
    "0/0",
    "0.0/0",
    "10.0.0.0/0",
    "0.0.0.0/00",
    "0x0.0.0.0/0",
    "::ffff:0.0.0.0/96",
    "10.1.2.3/16",
    "10.1.2.3",
    "",
  ].map((text): [string, Says, string] => [
    `${JSON.stringify(text)} as a range`,
    (genomics) => genomics.allow({ to: { cidrBlocks: [text] }, ports: [443], reason: "it is simpler this way" }),
    `'to.cidrBlocks' must be IPv4 ranges in their shortest form, got ${JSON.stringify(text)} at test/genomics; for example "10.1.0.0/16"`,
  ]),
  [
    "a large range without a reason",
    (genomics) => genomics.allow({ to: { cidrBlocks: ["10.0.0.0/15"] }, ports: [443] }),
    `'to.cidrBlocks' must be /16 or smaller without a 'reason', got "10.0.0.0/15" at test/genomics`,
  ],
  [
    "a large range with a reason that says nothing",
    (genomics) => genomics.allow({ to: { cidrBlocks: ["10.0.0.0/8"] }, ports: [443], reason: "needed" }),
    `'reason' must have 10 to 500 characters, has 6, got "needed" at test/genomics`,
  ],
  [
    "the node's credentials, alone and in a larger range",
    (genomics) =>
      genomics.allow({
        to: { cidrBlocks: ["169.254.169.254/32", "169.0.0.0/8"] },
        ports: [80],
        reason: "the old SDK asks the node",
      }),
    ["169.254.169.254/32", "169.0.0.0/8"]
      .map(
        (text) =>
          `'to.cidrBlocks' must not reach 169.254.0.0/16, where a node keeps its credentials, got "${text}" at test/genomics; allow "pod-identity-agent" for a role of your own`,
      )
      .join("\n"),
  ],
  [
    "no range",
    (genomics) => genomics.allow({ from: { cidrBlocks: [] }, ports: [443] }),
    `'from.cidrBlocks' must list at least one range, got [] at test/genomics`,
  ],
  [
    "a range twice",
    (genomics) => genomics.allow({ to: { cidrBlocks: ["10.1.0.0/16", "10.1.0.0/16"] }, ports: [443] }),
    `'to.cidrBlocks' must not repeat a value, got "10.1.0.0/16" at test/genomics; remove the second one`,
  ],
  [
    "a range that is only known at apply",
    (genomics) => genomics.allow({ to: { cidrBlocks: [aToken()] }, ports: [443] }),
    "'to.cidrBlocks' must be known at synth, got a token at test/genomics; write the value itself instead of another resource's attribute",
  ],
  [
    "no port",
    (genomics, reports) => genomics.allow({ to: reports, ports: [] }),
    `'ports' must list at least one port, got [] at test/genomics`,
  ],
  [
    "ports that nobody said",
    (genomics, reports) => genomics.allow({ from: reports } as unknown as Traffic<INamespace>),
    `'ports' must list at least one port at test/genomics`,
  ],
  [
    "no port of the internet",
    (genomics) => genomics.allow({ to: "internet", ports: [] }),
    `'ports' must list at least one port, got [] at test/genomics`,
  ],
  [
    "ports that are none",
    (genomics, reports) => genomics.allow({ to: reports, ports: [0, 65536, 80.5, { port: 90, endPort: 80 }] }),
    [
      `'ports' must be a whole number from 1 to 65535, got 0 at test/genomics`,
      `'ports' must be a whole number from 1 to 65535, got 65536 at test/genomics`,
      `'ports' must be a whole number from 1 to 65535, got 80.5 at test/genomics`,
      `'ports' must be a whole number from 90 to 65535, got 80 at test/genomics`,
    ].join("\n"),
  ],
  [
    "a port twice, written in two ways",
    (genomics, reports) => genomics.allow({ to: reports, ports: [80, { port: 80, endPort: 80, protocol: "TCP" }] }),
    `'ports' must not repeat a value, got "TCP 80" at test/genomics; remove the second one`,
  ],
  [
    "pods without a label",
    (genomics, reports) => genomics.allow({ to: reports, ports: [80], pods: {}, peerPods: {} }),
    [
      `'pods' must name at least one label, got {} at test/genomics; leave it out for all pods`,
      `'peerPods' must name at least one label, got {} at test/genomics; leave it out for all pods`,
    ].join("\n"),
  ],
  [
    "a label that is none",
    (genomics, reports) => genomics.allow({ to: reports, ports: [80], pods: { app: "a b" } }),
    `'pods.app' must be letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit, got "a b" at test/genomics`,
  ],
  [
    "a namespace as its own peer",
    (genomics) => genomics.allow({ to: genomics, ports: [80] }),
    `'to' must not be the namespace itself, got "genomics" at test/genomics; use within: "namespace"`,
  ],
  [
    "a namespace as its own peer by its name",
    (genomics, _, scope) => {
      const attributes = {
        namespaceName: "genomics",
        kubernetesVersion: "1.35",
        podSecurityLevel: "restricted",
      } as const;
      genomics.allow({ from: Namespace.fromName(scope, "Same", attributes), ports: [80] });
    },
    `'from' must not be the namespace itself, got "genomics" at test/genomics; use within: "namespace"`,
  ],
  [
    "monitoring as its own peer",
    (_, __, scope) => testNamespace(scope, "monitoring").allow({ from: "monitoring", ports: [9090] }),
    `'from' must not be the namespace itself, got "monitoring" at test/monitoring; use within: "namespace"`,
  ],
  [
    "the same twice, with other ports too",
    (genomics) => {
      genomics.allow({ to: "internet" });
      genomics.allow({ to: "internet", ports: [80] });
    },
    `'to' must not be allowed a second time, got "to-internet" at test/genomics; write all its ports in one, or select other pods`,
  ],
  [
    "the same from both ends",
    (genomics, reports) => {
      genomics.allow({ to: reports, ports: [80] });
      reports.allow({ from: genomics, ports: [80] });
    },
    `'from' must not be allowed a second time, got "to-namespace-reports" at test/reports; the sentence that test/genomics says opens both ends already; write all its ports there`,
  ],
  [
    "a database that is everywhere",
    (genomics) => genomics.allow({ to: { database: { cidrBlocks: ["10.0.0.0/8"], port: 70000 } } }),
    [
      `'to.database.cidrBlocks' must be /16 or smaller, got "10.0.0.0/8" at test/genomics; ${everything}`,
      `'to.database.port' must be a whole number from 1 to 65535, got 70000 at test/genomics`,
    ].join("\n"),
  ],
  [
    "a peer that is none",
    (genomics) => genomics.allow({ to: "load-balancer" } as unknown as Traffic<INamespace>),
    [
      `'to' must be one of "internet", "kubernetes-api", "pod-identity-agent", "vpc-endpoints", got "load-balancer" at test/genomics`,
      `'ports' must list at least one port at test/genomics`,
    ].join("\n"),
  ],
  [
    "a source that is none",
    (genomics) => genomics.allow({ from: "internet", ports: [443] } as unknown as Traffic<INamespace>),
    `'from' must be one of "load-balancer", "monitoring", got "internet" at test/genomics`,
  ],
  ...[
    ["nothing", null, "null"],
    ["a number", 5, "5"],
    ["a list", ["internet"], '["internet"]'],
    ["an object that says nothing", {}, "[]"],
    ["a namespace of a record", { namespace: "reports" }, '["namespace"]'],
    ["a name alone", { namespaceName: "reports" }, '["namespaceName"]'],
    ["no database", { database: undefined }, '["database"]'],
  ].map(([what, to, got]): [string, Says, string] => [
    `${what} as a peer`,
    (genomics) => genomics.allow({ to, ports: [80] } as unknown as Traffic<INamespace>),
    `'to' must be a namespace, ranges, a database or a name, got ${got} at test/genomics; pass the Namespace itself, platform.namespace("...") of the stack's Platform, or Namespace.fromName(...)`,
  ]),
  [
    "a database that calls",
    (genomics) =>
      genomics.allow({
        from: { database: { cidrBlocks: ["10.1.0.0/24"], port: 1 } },
      } as unknown as Traffic<INamespace>),
    `'from' must be a namespace, ranges or a name, got ["database"] at test/genomics; pass the Namespace itself, platform.namespace("...") of the stack's Platform, or Namespace.fromName(...)`,
  ],
  ...["namespace", "ranges", "within"].map((to): [string, Says, string] => [
    `the word ${to} as a peer`,
    (genomics) => genomics.allow({ to, ports: [80] } as unknown as Traffic<INamespace>),
    `'to' must be one of "internet", "kubernetes-api", "pod-identity-agent", "vpc-endpoints", got "${to}" at test/genomics`,
  ]),
  [
    "a peer that is only known at apply",
    (genomics) => genomics.allow({ to: aToken() } as unknown as Traffic<INamespace>),
    "'to' must be known at synth, got a token at test/genomics; write the value itself instead of another resource's attribute",
  ],
  [
    "within anything else",
    (genomics) => genomics.allow({ within: "cluster" } as unknown as Traffic<INamespace>),
    `'within' must be "namespace", got "cluster" at test/genomics`,
  ],
  ...["10.0.0.0/16", undefined, [["10.0.0.0/16"]]].map((cidrBlocks): [string, Says, string] => [
    `${JSON.stringify(cidrBlocks)} as ranges`,
    (genomics) => genomics.allow({ to: { cidrBlocks }, ports: [80] } as unknown as Traffic<INamespace>),
    `'to.cidrBlocks' must be a list of ranges as text, got ${JSON.stringify(cidrBlocks ?? null)} at test/genomics`,
  ]),
  [
    "a database without ranges",
    (genomics) => genomics.allow({ to: { database: { port: 5432 } } } as unknown as Traffic<INamespace>),
    `'to.database.cidrBlocks' must be a list of ranges as text, got null at test/genomics`,
  ],
  [
    "a database without a port",
    (genomics) =>
      genomics.allow({ to: { database: { cidrBlocks: ["10.1.0.0/24"] } } } as unknown as Traffic<INamespace>),
    `'to.database.port' must be a whole number from 1 to 65535, got {} at test/genomics; name its 'port'`,
  ],
  [
    "ranges that together are more than the largest one",
    (genomics) =>
      genomics.allow({
        to: { cidrBlocks: ["10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/32"] },
        ports: [443],
        reason: "the hospital network has no smaller range",
      }),
    `'to.cidrBlocks' must have at most 16777216 addresses together, as many as a /8, got 16777217 at test/genomics; ${everything}`,
  ],
  [
    "a reason that is no text",
    (genomics) =>
      genomics.allow({
        to: { cidrBlocks: ["10.0.0.0/8"] },
        ports: [443],
        reason: null,
      } as unknown as Traffic<INamespace>),
    "'reason' must be text, got null at test/genomics",
  ],
  ...[80, null, "80"].map((ports): [string, Says, string] => [
    `${JSON.stringify(ports)} as ports`,
    (genomics) => genomics.allow({ within: "namespace", ports } as unknown as Traffic<INamespace>),
    `'ports' must be a list of ports, got ${JSON.stringify(ports)} at test/genomics`,
  ]),
  [
    "ports that are no ports",
    (genomics, reports) =>
      genomics.allow({
        to: reports,
        ports: [undefined, "80", { endPort: 90 }, { port: "80" }, { port: 80, protocol: "SCTP" }, aNumberToken()],
      } as unknown as Traffic<INamespace>),
    [
      "'ports' must be a whole number from 1 to 65535, got null at test/genomics; name its 'port'",
      `'ports' must be a whole number from 1 to 65535, got "80" at test/genomics`,
      `'ports' must be a whole number from 1 to 65535, got {"endPort":90} at test/genomics; name its 'port'`,
      `'ports' must be a whole number from 1 to 65535, got "80" at test/genomics`,
      `'ports' must be one of "TCP", "UDP", got "SCTP" at test/genomics`,
      "'ports' must be known at synth, got a token at test/genomics; write the value itself instead of another resource's attribute",
    ].join("\n"),
  ],
  [
    "labels that select every pod without saying so",
    (genomics, reports) =>
      genomics.allow({
        to: reports,
        ports: [80],
        pods: { app: undefined, tier: 5 },
        peerPods: null,
      } as unknown as Traffic<INamespace>),
    [
      "'pods.app' must be text, got null at test/genomics",
      "'pods.tier' must be text, got 5 at test/genomics",
      "'peerPods' must be labels, got null at test/genomics; leave it out for all pods",
    ].join("\n"),
  ],
  [
    "pods at an end that is no namespace",
    (genomics) =>
      genomics.allow({
        from: "monitoring",
        ports: [9090],
        peerPods: { app: "scraper" },
      } as unknown as Traffic<INamespace>),
    "'peerPods' must not be set: only pods of a namespace can be selected at test/genomics",
  ],
  [
    "a property that is none",
    (genomics) => genomics.allow({ within: "namespace", port: 80 } as unknown as Traffic<INamespace>),
    "'port' must not be set: traffic has no such property at test/genomics",
  ],
  [
    "a namespace of another stack",
    (genomics) => genomics.allow({ to: testNamespace(testStack(), "trials"), ports: [80] }),
    `'to' must be a namespace of the same stack, got "test/trials" at test/genomics; name it in this stack with Namespace.fromName(...) and deniesByDefault: true, which opens its end too`,
  ],
  [
    "a namespace of another stack that leaves its end to others",
    (genomics) => genomics.allow({ to: testImported(testStack(), "trials"), ports: [80] }),
    `'to' must be a namespace of the same stack, got "test/Namespace-trials" at test/genomics; name it in this stack with Namespace.fromName(...)`,
  ],
  [
    "a namespace of another stack that says how it is named here",
    (genomics) => {
      const inOtherStacks = `use platform.namespace("jobs") of this stack's Platform`;
      genomics.allow({ to: Object.assign(testNamespace(testStack(), "jobs"), { inOtherStacks }), ports: [80] });
    },
    `'to' must be a namespace of the same stack, got "test/jobs" at test/genomics; use platform.namespace("jobs") of this stack's Platform`,
  ],
  [
    "both directions at once",
    (genomics, reports) =>
      genomics.allow({ to: reports, from: reports, ports: [443] } as unknown as Traffic<INamespace>),
    `'to' must stand alone: one of to, from and within, got ["to","from"] at test/genomics`,
  ],
  [
    "no direction",
    (genomics) => genomics.allow({ ports: [443] } as unknown as Traffic<INamespace>),
    `'to' must stand alone: one of to, from and within, got [] at test/genomics`,
  ],
])("refuses %s", (_, says, message) => {
  expect(refusal(says)).toBe(message);
});

test.each<[string, Says, string]>([
  [
    "the Kubernetes API",
    (genomics) => genomics.allow({ to: "kubernetes-api" }),
    `'network.kubernetesApiCidrBlocks' must be given to allow traffic to "kubernetes-api" at test/genomics`,
  ],
  [
    "VPC endpoints",
    (genomics) => genomics.allow({ to: "vpc-endpoints" }),
    `'network.vpcCidrBlocks' must be given to allow traffic to "vpc-endpoints" at test/genomics`,
  ],
  [
    "load balancers",
    (genomics) => genomics.allow({ from: "load-balancer", ports: [80] }),
    `'network.loadBalancerCidrBlocks' must be given to allow traffic from "load-balancer" at test/genomics; or give 'network.loadBalancerNamespace'`,
  ],
  [
    "a database with a security group",
    (genomics) =>
      genomics.allow({ to: { database: { cidrBlocks: ["10.1.0.0/24"], port: 5432, securityGroupId: "sg-1" } } }),
    `'network.nodeSecurityGroupId' must be given to allow traffic to a database with a security group at test/genomics`,
  ],
])("without the fact that it needs, %s cannot be allowed", (_, says, message) => {
  expect(refusal(says, {})).toBe(message);
});

test("what is refused makes nothing", () => {
  const stack = say((genomics) => {
    expect(() => genomics.allow({ to: { cidrBlocks: ["0.0.0.0/0"] }, ports: [443] })).toThrow();
    expect(() => genomics.allow({ to: genomics, ports: [443] })).toThrow();
  });
  expect(opened(stack)).toEqual({});
});

test("ranges that together are as large as the largest one are let through, however they overlap", () => {
  const reason = "the hospital network has no smaller range";
  const cidrBlocks = ["10.0.0.0/9", "10.128.0.0/9", "10.1.0.0/16"];
  const stack = say((genomics) => genomics.allow({ to: { cidrBlocks }, ports: [443], reason }));
  expect(Object.keys(opened(stack))).toHaveLength(1);
});
