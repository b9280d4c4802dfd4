import fc from "fast-check";
import { CheckFailed } from "../../../../lib/testing/check-failed";
import { isIsolatedFrom, isReachable } from "../../../../lib/testing/isolation/isolation";
import { type Says, say } from "../../../support/namespaces";
import {
  allowed,
  type LabelSelector,
  type NetworkModel,
  type NetworkPolicy,
  type PolicyPeer,
  type PolicyPort,
} from "../../../support/network-model";
import { testStack } from "../../../support/synth";

const stackWith = (says: Says) => say(says).json;
const closed = stackWith(() => {});
const opened = stackWith((genomics, reports) => genomics.allow({ to: reports, pods: { app: "api" }, ports: [8080] }));

test("namespaces that say nothing are isolated from each other and reach nothing", () => {
  expect(() => isIsolatedFrom(closed, { from: "genomics", to: "reports" })).not.toThrow();
  expect(() => isIsolatedFrom(closed, { from: "default", to: "reports" })).not.toThrow();
  expect(() => isReachable(closed, { from: "genomics", to: "reports", port: 8080 })).toThrow(
    new CheckFailed(`in the stack, pods of genomics do not reach pods of reports on TCP 8080
  out: genomics/default-deny closes it, and no policy opens it`),
  );
});

test("a sentence of traffic ends the isolation on its port, for its pods", () => {
  expect(() => isIsolatedFrom(opened, { from: "genomics", to: "reports" })).toThrow(
    new CheckFailed(`in the stack, pods of genomics (app=api) reach pods of reports on TCP 8080
  out: genomics/to-namespace-reports-api-20ea76e2
  in: reports/from-namespace-genomics-api-20ea76e2`),
  );
  expect(() => isIsolatedFrom(opened, { from: "genomics", to: "reports", port: 8081 })).not.toThrow();
  expect(() => isIsolatedFrom(opened, { from: "genomics", to: "reports", protocol: "UDP" })).not.toThrow();
  expect(() => isIsolatedFrom(opened, { from: "reports", to: "genomics" })).not.toThrow();
  const others = { namespace: "genomics", labels: { app: "web" } };
  expect(() => isIsolatedFrom(opened, { from: others, to: "reports" })).not.toThrow();
});

test("every pod must get through to be reachable", () => {
  const api = { namespace: "genomics", labels: { app: "api" } };
  expect(() => isReachable(opened, { from: api, to: "reports", port: 8080 })).not.toThrow();
  expect(() => isReachable(opened, { from: "genomics", to: "reports", port: 8080 })).toThrow(
    new CheckFailed(`in the stack, pods of genomics do not reach pods of reports on TCP 8080
  out: genomics/default-deny closes it, and no policy opens it`),
  );
  expect(() => isReachable(opened, { from: api, to: "reports", port: 8081 })).toThrow("do not reach");
  expect(() => isReachable(opened, { from: "default", to: "default", port: 1 })).not.toThrow();
});

test("an open end is named", () => {
  expect(() => isIsolatedFrom(closed, { from: "default", to: "kube-system", port: 53, protocol: "UDP" })).toThrow(
    new CheckFailed(`in the stack, pods of default reach pods of kube-system on UDP 53
  out: no policy of default closes these pods
  in: no policy of kube-system closes these pods`),
  );
});

test("of a namespace that nothing is known of nothing is said", () => {
  expect(() => isIsolatedFrom(closed, { from: "gnomics", to: "reports" })).toThrow(
    new Error(
      'nothing is known of the namespace "gnomics": the stack neither makes it nor has policies in it; did you mean "genomics"? If not, name the stack that makes it in \'beside\', or say { namespace: "gnomics", elsewhere: true }',
    ),
  );
  expect(() => isReachable(closed, { from: "genomics", to: "zzz", port: 1 })).toThrow(
    'nothing is known of the namespace "zzz": the stack neither makes it nor has policies in it; name the stack',
  );
  const elsewhere = { namespace: "ingress-nginx", elsewhere: true };
  expect(() => isIsolatedFrom(closed, { from: elsewhere, to: "reports" })).not.toThrow();
});

test("policies of another stack count beside those of this one", () => {
  const policy = (name: string, spec: object) => ({
    resource: { kubernetes_network_policy_v1: { [name]: { metadata: { name, namespace: "jobs" }, spec } } },
  });
  const here = policy("open", { pod_selector: {}, policy_types: ["Ingress"], ingress: [{}] });
  const there = policy("deny", { pod_selector: {}, policy_types: ["Egress"] });
  expect(() => isIsolatedFrom(here, { from: "jobs", to: "default" })).toThrow("no policy of jobs closes these pods");
  expect(() => isIsolatedFrom(here, { from: "jobs", to: "default", beside: [there] })).not.toThrow();
});

test("a range may hold pods, unless it is said where pods are", () => {
  const ranges = stackWith((genomics, reports) => {
    genomics.allow({ to: { cidrBlocks: ["10.64.9.0/24"] }, ports: [443] });
    reports.allow({ from: { cidrBlocks: ["10.64.0.0/16"] }, ports: [443] });
  });
  const traffic = { from: "genomics", to: "reports" };
  expect(() => isIsolatedFrom(ranges, traffic)).toThrow("which may hold pods; if it does not, give podCidrBlocks");
  expect(() => isIsolatedFrom(ranges, { ...traffic, podCidrBlocks: ["10.64.64.0/20"] })).not.toThrow();
  const inBoth = { ...traffic, podCidrBlocks: ["10.64.9.0/25"] };
  expect(() => isIsolatedFrom(ranges, inBoth)).toThrow("by the range 10.64.9.0/24\n");
  expect(() => isReachable(ranges, { ...traffic, port: 443 })).toThrow("do not reach");
});

test("a port is from 1 to 65535, and what is known only at apply is refused", () => {
  expect(() => isIsolatedFrom(closed, { from: "genomics", to: "reports", port: 0 })).toThrow(
    new Error("'port' must be from 1 to 65535, got 0"),
  );
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
  const spec = { pod_selector: {}, ingress: [{ from: [{ ip_block: { cidr: "${aws_vpc.Vpc.cidr_block}" } }] }] };
  const unknown = { kubernetes_network_policy_v1: { Open: { metadata: { name: "open", namespace: "jobs" }, spec } } };
  expect(() => isIsolatedFrom({ resource: unknown }, { from: "default", to: "jobs" })).toThrow(
    new Error("network policy jobs/open holds what is known only at apply: whom it lets through cannot be said"),
  );
});

test("without a protocol an isolation is asked of all, and names and ranges are checked", () => {
  const dns = stackWith((genomics, reports) => {
    genomics.allow({ to: reports, ports: [{ port: 53, protocol: "UDP" }] });
  });
  const traffic = { from: "genomics", to: "reports" };
  expect(() => isIsolatedFrom(dns, { ...traffic, port: 53 })).toThrow("reach pods of reports on UDP 53");
  expect(() => isIsolatedFrom(dns, { ...traffic, port: 53, protocol: "TCP" })).not.toThrow();
  expect(() => isReachable(dns, { ...traffic, port: 53 })).toThrow("on TCP 53");
  expect(() => isIsolatedFrom(dns, { ...traffic, protocol: "tcp" as "TCP" })).toThrow(
    new Error("'protocol' must be TCP, UDP or SCTP, got \"tcp\""),
  );
  for (const podCidrBlocks of [[], ["10.0.0.0/33"], ["fd00::/8"], "10.0.0.0/16", [10], null])
    expect(() => isIsolatedFrom(dns, { ...traffic, podCidrBlocks } as never)).toThrow(
      new Error(
        `'podCidrBlocks' must be a list of IPv4 ranges, at least one, got ${JSON.stringify(podCidrBlocks)}; write ["10.0.0.0/16"]`,
      ),
    );
  expect(() => isReachable(dns, traffic as never)).toThrow(new Error("'port' must be from 1 to 65535, got nothing"));
});

const DENY = { pod_selector: {}, policy_types: ["Egress"] };
const OPEN = { ...DENY, egress: [{}] };
const closing = { deny: { metadata: { name: "deny", namespace: "jobs" }, spec: DENY } };
/** A stack whose namespace jobs is closed, and something else. */
const beside = (resource: object) => ({ resource: { kubernetes_network_policy_v1: closing, ...resource } });
const jobs = { from: "jobs", to: "default" };
const opening = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "open", namespace: "jobs" },
};
const spec = { podSelector: {}, policyTypes: ["Egress"], egress: [{}] };
const yaml = `apiVersion: v1
kind: NetworkPolicy
metadata: { name: open, namespace: jobs }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{}] }`;

test.each([
  ["the older type", { kubernetes_network_policy: { Open: { metadata: opening.metadata, spec: OPEN } } }],
  ["a manifest", { kubernetes_manifest: { Open: { manifest: { ...opening, spec } } } }],
  ["a manifest as text", { kubectl_manifest: { Open: { yaml_body: `---\n${yaml}` } } }],
])("a policy by %s counts", (_what, resource) => {
  expect(() => isIsolatedFrom(beside({}), jobs)).not.toThrow();
  expect(() => isIsolatedFrom(beside(resource), jobs)).toThrow("out: jobs/open\n");
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of Terraform
test.each([
  ["kubernetes_manifest", { manifest: '${yamldecode(file("open.yaml"))}' }],
  ["kubernetes_manifest", { manifest: { ...opening, kind: "${var.kind}", spec } }],
  ["kubernetes_manifest", { manifest: { apiVersion: "v1", kind: "List", metadata: {}, items: [] } }],
  ["kubernetes_manifest", { for_each: "${var.files}", manifest: opening }],
  ["kubectl_manifest", { yaml_body: '${file("open.yaml")}' }],
  ["kubectl_manifest", { yaml_body: `%{ if true }${yaml}%{ endif }` }],
  ["kustomization_resource", { manifest: "{}" }],
  ["terraform_data", { input: yaml }],
])("a %s with %j cannot be read, so nothing is said", (type, body) => {
  expect(() => isIsolatedFrom(beside({ [type]: { Open: body } }), jobs)).toThrow(
    new Error(`${type}.Open may bring a NetworkPolicy that cannot be read: whom it lets through cannot be said`),
  );
});

test("manifests of other kinds change nothing", () => {
  const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "${var.name}" } };
  const kubectl_manifest = { Text: { yaml_body: "kind: ConfigMap\nmetadata: { name: a }\ndata: { a: '${var.a}' }" } };
  const addon = { aws_eks_addon: { Cni: { configuration_values: '{"enableNetworkPolicy":"true"}' } } };
  const stack = beside({ kubernetes_manifest: { Map: { manifest } }, kubectl_manifest, ...addon });
  expect(() => isIsolatedFrom(stack, jobs)).not.toThrow();
});

test.each([
  [{ count: 0 }, "has 'count' or 'for_each'"],
  [{ for_each: "${var.names}" }, "has 'count' or 'for_each'"],
  [{ spec: { ...DENY, dynamic: { egress: { for_each: [1], content: {} } } } }, "has a dynamic block"],
])("whom a policy with %j lets through is not said", (body, why) => {
  const deny = { ...closing.deny, ...body };
  expect(() => isIsolatedFrom({ resource: { kubernetes_network_policy_v1: { deny } } }, jobs)).toThrow(
    new Error(`network policy jobs/deny ${why}: whom it lets through cannot be said`),
  );
  const elsewhere = { kubernetes_namespace_v1: { A: { count: 1, metadata: { name: "a" } } } };
  const other = { ...deny, metadata: { name: "deny", namespace: "other" } };
  expect(() =>
    isIsolatedFrom({ resource: { ...elsewhere, kubernetes_network_policy_v1: { other, ...closing } } }, jobs),
  ).not.toThrow();
});

test("labels of a namespace that are known only at apply may be any", () => {
  const peer = { namespace_selector: { match_labels: { team: "a" } } };
  const policy = { metadata: opening.metadata, spec: { ...DENY, egress: [{ to: [peer] }] } };
  const stack = (labels: object, more: object = {}) => ({
    resource: {
      kubernetes_network_policy_v1: { ...closing, Open: policy },
      kubernetes_namespace_v1: { Api: { metadata: { name: "api", labels } } },
      ...more,
    },
  });
  const traffic = { from: "jobs", to: "api" };
  expect(() => isIsolatedFrom(stack({ team: "b" }), traffic)).not.toThrow();
  expect(() => isIsolatedFrom(stack({ team: "${var.team}" }), traffic)).toThrow("out: jobs/open\n");
  expect(() => isIsolatedFrom(stack({}, { kubernetes_labels: { More: {} } }), traffic)).toThrow("out: jobs/open\n");
});

test("a release in a namespace must be rendered, unless it is said that charts bring no policies", () => {
  const release = (namespace?: string) => beside({ helm_release: { R: { name: "api", chart: "./api", namespace } } });
  const fix = "give await render(stack) instead of the stack, or say { withoutCharts: true }";
  for (const namespace of ["jobs", undefined, "${var.namespace}"]) {
    const source = `${namespace ?? "default"}/api`;
    const error = new Error(`${source} may bring a NetworkPolicy, and is not rendered: ${fix}`);
    expect(() => isIsolatedFrom(release(namespace), jobs)).toThrow(error);
    expect(() => isReachable(release(namespace), { ...jobs, port: 1 })).toThrow(error);
    expect(() => isIsolatedFrom(release(namespace), { ...jobs, withoutCharts: true })).not.toThrow();
  }
  expect(() => isIsolatedFrom(release("other"), jobs)).not.toThrow();
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: expressions of Terraform

test("an operator that Kubernetes does not know is refused", () => {
  const pod_selector = { match_expressions: [{ key: "app", operator: "in", values: ["a"] }] };
  const deny = { ...closing.deny, spec: { ...DENY, pod_selector } };
  expect(() => isIsolatedFrom({ resource: { kubernetes_network_policy_v1: { deny } } }, jobs)).toThrow(
    new Error('the operator of a selector must be In, NotIn, Exists or DoesNotExist, got "in"'),
  );
});

/** Every pod that the selectors below can tell apart: each label absent, with a value that they name, and with another. */
const LABELS = [undefined, "api", "web"].flatMap((app) =>
  [undefined, "x", "y"].map(
    (tier): Readonly<Record<string, string>> => ({
      ...(app !== undefined && { app }),
      ...(tier !== undefined && { tier }),
    }),
  ),
);
const selector = fc.constantFrom<LabelSelector>(
  {},
  { matchLabels: { app: "api" } },
  { matchLabels: { app: "api", tier: "x" } },
  { matchExpressions: [{ key: "app", operator: "NotIn" as const, values: ["api"] }] },
  { matchExpressions: [{ key: "tier", operator: "Exists" as const }] },
);
const peer: fc.Arbitrary<PolicyPeer> = fc.record(
  { namespaceSelector: fc.constantFrom({}, { matchLabels: { team: "a" } }), podSelector: selector },
  { requiredKeys: [] },
);
const ports = fc.constantFrom<readonly PolicyPort[]>(
  [],
  [{ port: 80 }],
  [{ port: 70, endPort: 90 }],
  [{ protocol: "UDP", port: 80 }],
  [{ port: 81 }],
);
const rules = fc.array(fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports }), { maxLength: 2 });
const policies = fc.array(
  fc.record({ namespace: fc.constantFrom("one", "two"), podSelector: selector, egress: rules, ingress: rules }),
  { maxLength: 4 },
);

/** The same policies as Kubernetes has them, and as Terraform does. */
function both(made: readonly (typeof policies extends fc.Arbitrary<infer T> ? T : never)[number][]) {
  const objects = made.map(
    ({ namespace, podSelector, egress, ingress }, index): NetworkPolicy => ({
      metadata: { name: `p${index}`, namespace },
      spec: {
        podSelector,
        policyTypes: ["Egress", "Ingress"].filter(
          (_type, at) => (at === 0 ? egress : ingress).length > 0 || index % 2 === at,
        ),
        egress: egress.map((rule) => ({ to: rule.peers, ports: rule.ports })),
        ingress: ingress.map((rule) => ({ from: rule.peers, ports: rule.ports })),
      },
    }),
  );
  const labels = { one: { team: "a" }, two: {} };
  const model: NetworkModel = { namespaces: labels, policies: objects };
  const snake = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll(
        /"([a-z]+[A-Z]\w*)":/g,
        (_all, key: string) => `"${key.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}":`,
      ),
    );
  const named = (body: unknown, name: string) => [name, body];
  const stack = {
    resource: {
      kubernetes_namespace_v1: Object.fromEntries(
        Object.entries(labels).map(([name, own]) => named({ metadata: { name, labels: own } }, name)),
      ),
      kubernetes_network_policy_v1: Object.fromEntries(objects.map((each) => named(snake(each), each.metadata.name))),
    },
  };
  return { model, stack };
}

test("the answers are those of the rules of NetworkPolicy, pod by pod", () => {
  fc.assert(
    fc.property(policies, (made) => {
      const { model, stack } = both(made);
      const through = LABELS.flatMap((from) =>
        LABELS.map((to) =>
          allowed(model, {
            from: { namespace: "one", labels: from, ip: "203.0.113.1" },
            to: { namespace: "two", labels: to, ip: "203.0.113.2" },
            port: 80,
          }),
        ),
      );
      const traffic = { from: "one", to: "two", port: 80, protocol: "TCP" } as const;
      expect(holds(() => isIsolatedFrom(stack, traffic))).toBe(!through.includes(true));
      expect(holds(() => isReachable(stack, traffic))).toBe(!through.includes(false));
    }),
    { numRuns: 500 },
  );
});

function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof CheckFailed) return false;
    throw error;
  }
}

test.each<[unknown, string]>([
  ["app=q", '\'to.labels\' must be a map of texts, got "app=q"; write { app: "api" }'],
  [["app"], '\'to.labels\' must be a map of texts, got ["app"]; write { app: "api" }'],
  [null, "'to.labels' must be a map of texts, got null; write { app: \"api\" }"],
  [new Map([["app", "q"]]), "'to.labels' must be a map of texts, got an instance of Map; write { app: \"api\" }"],
  [{ app: ["q"] }, "'to.labels.app' must be a text, got [\"q\"]; leave out a label that pods do not have"],
  [{ app: undefined }, "'to.labels.app' must be a text, got nothing; leave out a label that pods do not have"],
  [{ "k8s.io/n": 1 }, "'to.labels[\"k8s.io/n\"]' must be a text, got 1; leave out a label that pods do not have"],
])("labels %j are of no pod, so nothing is said of it", (labels, message) => {
  const to = { namespace: "reports", labels };
  expect(() => isIsolatedFrom(opened, { from: "genomics", to } as never)).toThrow(new Error(message));
  expect(() => isReachable(opened, { from: "genomics", to, port: 8080 } as never)).toThrow(new Error(message));
});

test.each<[unknown, string]>([
  [undefined, 'the traffic must be an object such as { from: "a", to: "b" }, got nothing'],
  [null, 'the traffic must be an object such as { from: "a", to: "b" }, got null'],
  [{ to: "reports" }, "'from' must be the name of a namespace, or { namespace: \"...\" }, got nothing"],
  [{ from: "genomics" }, "'to' must be the name of a namespace, or { namespace: \"...\" }, got nothing"],
  [{ from: "", to: "reports" }, '\'from\' must be the name of a namespace, or { namespace: "..." }, got ""'],
  [
    { from: { labels: {} }, to: "a" },
    "'from' must be the name of a namespace, or { namespace: \"...\" }, got an object",
  ],
  [
    { from: "genomics", to: { namespace: null } },
    "'to' must be the name of a namespace, or { namespace: \"...\" }, got null",
  ],
  [{ ...jobs, beside: closed }, "'beside' must be a list of stacks, got an object; write beside: [stack]"],
  [
    { ...jobs, beside: testStack() },
    "'beside' must be a list of stacks, got an instance of TerraformStack; write beside: [stack]",
  ],
  [{ ...jobs, port: "80" }, "'port' must be from 1 to 65535, got \"80\""],
  [
    { ...jobs, protocl: "UDP" },
    "'traffic.protocl' is not known, did you mean 'protocol'? there are: from, to, port, protocol, beside, podCidrBlocks, withoutCharts",
  ],
  [
    { from: "genomics", to: { namespace: "reports", label: { app: "api" } } },
    "'to.label' is not known, did you mean 'labels'? there are: namespace, labels, elsewhere",
  ],
])("traffic %j is no question", (traffic, message) => {
  expect(() => isIsolatedFrom(opened, traffic as never)).toThrow(new Error(message));
  const asked = typeof traffic === "object" && traffic !== null ? { port: 1, ...traffic } : traffic;
  expect(() => isReachable(opened, asked as never)).toThrow(new Error(message));
});
