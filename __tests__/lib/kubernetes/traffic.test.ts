import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type ClusterNetwork, serviceAddresses } from "../../../lib/kubernetes/cluster-network";
import { Namespace } from "../../../lib/kubernetes/namespace";
import type { INamespace } from "../../../lib/kubernetes/namespace-interface";
import type { Traffic } from "../../../lib/kubernetes/traffic";
import { internetRanges } from "../../../lib/kubernetes/traffic-plan";
import { opened, type Says, say } from "../../support/namespaces";
import type { Synthesized } from "../../support/synth";

function openedAddresses(stack: Synthesized): string[] {
  return stack.addresses.filter((each) => /\.(genomics|reports)_(to|from|within)-/.test(each));
}

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
const ranges = (...blocks: string[]) => blocks.map((cidr) => ({ ipBlock: { cidr } }));

test("to a namespace: out of this one, and into that one", () => {
  const stack = say((genomics, reports) => genomics.allow({ to: reports, ports: [8080] }));
  expect(opened(stack)).toEqual({
    "genomics/to-namespace-reports": {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: [inNamespace("reports")], ports: tcp(8080) }],
    },
    "reports/from-namespace-genomics": {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from: [inNamespace("genomics")], ports: tcp(8080) }],
    },
  });
});

test("who says it does not matter: the same resources, at the same addresses", () => {
  const traffic = { ports: [8080, { port: 9000, endPort: 9010, protocol: "UDP" as const }] };
  const web = { app: "web" };
  const worker = { app: "worker" };
  const one = say((genomics, reports) => genomics.allow({ to: reports, ...traffic, pods: worker, peerPods: web }));
  const other = say((genomics, reports) => reports.allow({ from: genomics, ...traffic, pods: web, peerPods: worker }));
  expect(other.json).toEqual(one.json);
  expect(opened(one)).toEqual({
    "genomics/to-namespace-reports-worker-web-3d96692f": {
      podSelector: { matchLabels: worker },
      policyTypes: ["Egress"],
      egress: [
        {
          to: [{ ...inNamespace("reports"), podSelector: { matchLabels: web } }],
          ports: [...tcp(8080), { protocol: "UDP", port: 9000, endPort: 9010 }],
        },
      ],
    },
    "reports/from-namespace-genomics-worker-web-3d96692f": {
      podSelector: { matchLabels: web },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ ...inNamespace("genomics"), podSelector: { matchLabels: worker } }],
          ports: [...tcp(8080), { protocol: "UDP", port: 9000, endPort: 9010 }],
        },
      ],
    },
  });
});

test.each<[string, ClusterNetwork, readonly object[]]>([
  ["pods of a namespace", { loadBalancerNamespace: "ingress-nginx" }, [inNamespace("ingress-nginx")]],
  [
    "pods of a namespace, beside subnets",
    { loadBalancerNamespace: "ingress-nginx", loadBalancerCidrBlocks: ["10.64.1.0/24"] },
    [...ranges("10.64.1.0/24"), inNamespace("ingress-nginx")],
  ],
])("load balancers that are %s: opened at this end, under the same name", (_, facts, from) => {
  const stack = say((genomics) => genomics.allow({ from: "load-balancer", ports: [8000] }), facts);
  expect(opened(stack)).toEqual({
    "genomics/from-load-balancer": {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [{ from, ports: tcp(8000) }],
    },
  });
});

test("a namespace of elsewhere is left alone, unless it denies by default", () => {
  const attributes = { namespaceName: "legacy", kubernetesVersion: "1.35", podSecurityLevel: "baseline" } as const;
  const open = (deniesByDefault?: boolean) =>
    Object.keys(
      opened(
        say((genomics, _, scope) => {
          const legacy = Namespace.fromName(scope, "Legacy", { ...attributes, deniesByDefault });
          genomics.allow({ to: legacy, ports: [443] });
          genomics.allow({ from: legacy, ports: [8080] });
        }),
      ),
    );
  expect(open()).toEqual(["genomics/from-namespace-legacy", "genomics/to-namespace-legacy"]);
  expect(open(true).sort()).toEqual([
    "genomics/from-namespace-legacy",
    "genomics/to-namespace-legacy",
    "legacy/from-namespace-genomics",
    "legacy/to-namespace-genomics",
  ]);
});

test.each<[string, Traffic<INamespace>, Readonly<Record<string, object>>]>([
  [
    "to ranges",
    { to: { cidrBlocks: ["10.1.0.0/16", "10.0.0.0/16"] }, ports: [5432] },
    {
      "genomics/to-ranges-10-0-0-0-16-56f77388": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: ranges("10.0.0.0/16", "10.1.0.0/16"), ports: tcp(5432) }],
      },
    },
  ],
  [
    "from a range",
    { from: { cidrBlocks: ["10.255.0.0/24"] }, ports: [22], pods: { app: "sftp" } },
    {
      "genomics/from-ranges-10-255-0-0-24-sftp-77dc1614": {
        podSelector: { matchLabels: { app: "sftp" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: ranges("10.255.0.0/24"), ports: tcp(22) }],
      },
    },
  ],
  [
    "to the Kubernetes API",
    { to: "kubernetes-api" },
    {
      "genomics/to-kubernetes-api": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: ranges("10.64.0.0/28", "172.20.0.1/32"), ports: tcp(443) }],
      },
    },
  ],
  [
    "to the Pod Identity agent",
    { to: "pod-identity-agent" },
    {
      "genomics/to-pod-identity-agent": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: ranges("169.254.170.23/32", "fd00:ec2::23/128"), ports: tcp(80) }],
      },
    },
  ],
  [
    "to VPC endpoints",
    { to: "vpc-endpoints" },
    {
      "genomics/to-vpc-endpoints": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: ranges("10.64.0.0/16"), ports: tcp(443) }],
      },
    },
  ],
  [
    "from load balancers",
    { from: "load-balancer", ports: [8000] },
    {
      "genomics/from-load-balancer": {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: ranges("10.64.1.0/24", "10.64.2.0/24"), ports: tcp(8000) }],
      },
    },
  ],
  [
    "from monitoring",
    { from: "monitoring", ports: [9090] },
    {
      "genomics/from-monitoring": {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [inNamespace("monitoring")], ports: tcp(9090) }],
      },
    },
  ],
  [
    "within the namespace",
    { within: "namespace" },
    {
      "genomics/within-namespace-egress": {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: [inNamespace("genomics")] }],
      },
      "genomics/within-namespace-ingress": {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [inNamespace("genomics")] }],
      },
    },
  ],
  [
    "within the namespace, from some pods to others",
    { within: "namespace", pods: { app: "web" }, peerPods: { app: "api" }, ports: [8080] },
    {
      "genomics/within-namespace-web-api-c80c41e4-egress": {
        podSelector: { matchLabels: { app: "web" } },
        policyTypes: ["Egress"],
        egress: [
          { to: [{ ...inNamespace("genomics"), podSelector: { matchLabels: { app: "api" } } }], ports: tcp(8080) },
        ],
      },
      "genomics/within-namespace-web-api-c80c41e4-ingress": {
        podSelector: { matchLabels: { app: "api" } },
        policyTypes: ["Ingress"],
        ingress: [
          { from: [{ ...inNamespace("genomics"), podSelector: { matchLabels: { app: "web" } } }], ports: tcp(8080) },
        ],
      },
    },
  ],
])("%s", (_, traffic, policies) => {
  expect(opened(say((genomics) => genomics.allow(traffic)))).toEqual(policies);
});

test("to the internet: HTTPS to everything that is not private, as a list, and never the VPC", () => {
  const policies = opened(say((genomics) => genomics.allow({ to: "internet" })));
  expect(policies).toEqual({
    "genomics/to-internet": {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: ranges(...internetRanges({})), ports: tcp(443) }],
    },
  });
  expect(internetRanges({}).slice(0, 6)).toEqual([
    "1.0.0.0/8",
    "2.0.0.0/7",
    "4.0.0.0/6",
    "8.0.0.0/7",
    "11.0.0.0/8",
    "12.0.0.0/6",
  ]);
  const publicVpc = internetRanges({ vpcCidrBlocks: ["11.0.0.0/16"] });
  expect(publicVpc).not.toContain("11.0.0.0/8");
  expect(publicVpc).toContain("11.1.0.0/16");
});

test("to the internet on other ports", () => {
  const policies = opened(
    say((genomics) => genomics.allow({ to: "internet", ports: [443, 587], pods: { app: "mail" } })),
  );
  const [spec] = Object.values(policies);
  expect(spec).toMatchObject({ podSelector: { matchLabels: { app: "mail" } }, egress: [{ ports: tcp(443, 587) }] });
});

test("to a database: out of the namespace, and into the database's security group, once for all namespaces", () => {
  const stack = say((genomics, reports, scope) => {
    const { id: securityGroupId } = new SecurityGroup(scope, "Database", { name: "database" });
    const database = { cidrBlocks: ["10.64.8.0/24"], port: 5432, securityGroupId };
    genomics.allow({ to: { database } });
    reports.allow({ to: { database } });
    reports.allow({ to: { database: { ...database, port: 6432 } }, pods: { app: "pool" } });
  });
  const egress = [{ to: ranges("10.64.8.0/24"), ports: tcp(5432) }];
  expect(opened(stack)).toMatchObject({
    "genomics/to-database-10-64-8-0-24-5432-acbf2388": { policyTypes: ["Egress"], egress },
    "reports/to-database-10-64-8-0-24-5432-acbf2388": { policyTypes: ["Egress"], egress },
  });
  const rules = stack.resources("aws_vpc_security_group_ingress_rule");
  expect(Object.values(rules).sort((one, other) => Number(one.from_port) - Number(other.from_port))).toEqual(
    [5432, 6432].map((port) => ({
      security_group_id: expect.stringMatching(/^\$\{aws_security_group\.Database\.id\}$/),
      referenced_security_group_id: "sg-nodes",
      description: `Database port ${port} from the nodes`,
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
    })),
  );
  expect(Object.keys(rules).every((id) => /^DatabaseAccess-[0-9a-f]{8}$/.test(id))).toBe(true);
});

test("to a database whose security group is looked after elsewhere: no rule", () => {
  const database = { cidrBlocks: ["10.64.8.0/24"], port: 5432 };
  expect(say((genomics) => genomics.allow({ to: { database } }), {}).census).not.toHaveProperty(
    "aws_vpc_security_group_ingress_rule",
  );
});

test("the reason for a large range is written into the cluster", () => {
  const reason = "the hospital network has no smaller range";
  const stack = say((genomics) => genomics.allow({ to: { cidrBlocks: ["10.0.0.0/8"] }, ports: [443], reason }));
  const [body] = Object.entries(stack.resources("kubernetes_network_policy_v1")).flatMap(([id, each]) =>
    id.includes("to-ranges") ? [each] : [],
  );
  expect(body).toMatchObject({ metadata: { annotations: { "eks-platform/reason": reason } } });
});

test("addresses and names do not depend on the order of what is said, nor of labels and ranges", () => {
  const sentences: Says[] = [
    (genomics, reports) => genomics.allow({ to: reports, ports: [8080], pods: { app: "a", tier: "b" } }),
    (genomics) => genomics.allow({ to: "internet" }),
    (genomics) => genomics.allow({ to: { cidrBlocks: ["10.1.0.0/16", "10.2.0.0/16"] }, ports: [1] }),
  ];
  const turned: Says[] = [
    (genomics) => genomics.allow({ to: { cidrBlocks: ["10.2.0.0/16", "10.1.0.0/16"] }, ports: [1] }),
    (genomics, reports) => genomics.allow({ to: reports, ports: [8080], pods: { tier: "b", app: "a" } }),
    (genomics) => genomics.allow({ to: "internet" }),
  ];
  const all = (list: Says[]) =>
    say((genomics, reports, scope) => {
      for (const each of list) each(genomics, reports, scope);
    });
  expect(openedAddresses(all(turned))).toEqual(openedAddresses(all(sentences)));
  expect(Object.keys(opened(all(turned))).sort()).toEqual(Object.keys(opened(all(sentences))).sort());
  const fewer = openedAddresses(all(sentences.slice(0, 2)));
  expect(openedAddresses(all(sentences))).toEqual(expect.arrayContaining(fewer));
});

test("other ports change a policy in place", () => {
  const addresses = (ports: number[]) =>
    openedAddresses(say((genomics, reports) => genomics.allow({ to: reports, ports })));
  expect(addresses([8080])).toEqual(addresses([8080, 9090]));
});

test("names have at most 63 characters, and long ones that begin alike stay different", () => {
  const long = "a".repeat(63);
  const stack = say((genomics) => {
    genomics.allow({ to: "internet", pods: { app: long } });
    genomics.allow({ to: "internet", pods: { app: `${long.slice(1)}b` } });
    genomics.allow({ within: "namespace", pods: { app: long } });
  });
  const names = Object.keys(opened(stack)).map((each) => each.split("/")[1] ?? "");
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
});

test("addresses of two Services of every cluster", () => {
  expect(serviceAddresses("172.20.0.0/16")).toEqual({ kubernetesApi: "172.20.0.1", dns: "172.20.0.10" });
  expect(serviceAddresses("10.100.0.0/16")).toEqual({ kubernetesApi: "10.100.0.1", dns: "10.100.0.10" });
  expect(serviceAddresses("172.20.0.1/16")).toBeUndefined();
});

test("another monitoring namespace by its name", () => {
  const facts = { monitoringNamespace: "observability" };
  const policies = opened(say((genomics) => genomics.allow({ from: "monitoring", ports: [9090] }), facts));
  expect(policies["genomics/from-monitoring"]?.ingress?.[0]?.from).toEqual([inNamespace("observability")]);
});
