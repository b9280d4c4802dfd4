import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { type ITerraformDependable, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { Namespace } from "../../../lib/kubernetes/namespace";
import type { NamespaceProps } from "../../../lib/kubernetes/namespace-props";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf, stackFaults } from "../../support/errors";
import { type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const minimal: NamespaceProps = { namespaceName: "genomics", kubernetesVersion: "1.35" };
const NAME = expect.stringMatching(/^\$\{kubernetes_namespace_v1\.Namespace_\w+\.metadata\[0\]\.name\}$/);
const labels = { "managed-by": "terraform" };

function synthesized(props: Partial<NamespaceProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = new Namespace(scope, "Namespace", { ...minimal, ...props });
    expect(namespace.namespaceName).toBe("genomics");
  });
}

function fault(props: Partial<NamespaceProps>): string {
  return messageOf(() => new Namespace(testStack(), "Namespace", { ...minimal, ...props }));
}

function pathOf(dependable: ITerraformDependable): string {
  return (dependable as unknown as IConstruct).node.path;
}

function policies(stack: Synthesized): Readonly<Record<string, unknown>> {
  const bodies = Object.values(stack.resources("kubernetes_network_policy_v1"));
  return Object.fromEntries(bodies.map((body) => [(body.metadata as { name: string }).name, body]));
}

test("minimal: restricted, guarded, closed, with a quota, limits, and no token for pods that ask for none", () => {
  const stack = synthesized();
  expect(stack.only("kubernetes_namespace_v1")).toEqual({
    metadata: {
      name: "genomics",
      labels: {
        "managed-by": "terraform",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.35",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.35",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.35",
      },
    },
    wait_for_default_service_account: true,
    timeouts: { delete: "15m" },
    lifecycle: { prevent_destroy: true },
  });
  expect(stack.only("kubernetes_resource_quota_v1")).toEqual({
    metadata: { name: "quota", namespace: NAME, labels },
    spec: {
      hard: {
        "requests.cpu": "10",
        "requests.memory": "20Gi",
        "limits.memory": "20Gi",
        "requests.storage": "100Gi",
        pods: "50",
        persistentvolumeclaims: "10",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
        "count/jobs.batch": "100",
      },
    },
  });
  expect(stack.only("kubernetes_limit_range_v1")).toEqual({
    metadata: { name: "limits", namespace: NAME, labels },
    spec: {
      limit: [
        {
          type: "Container",
          default_request: { cpu: "100m", memory: "256Mi" },
          default: { memory: "256Mi" },
          max: { memory: "8Gi" },
        },
        { type: "PersistentVolumeClaim", max: { storage: "50Gi" } },
      ],
    },
  });
  expect(stack.only("kubernetes_default_service_account_v1")).toEqual({
    metadata: { namespace: NAME },
    automount_service_account_token: false,
  });
  expect(policies(stack)).toEqual({
    "default-deny": {
      metadata: { name: "default-deny", namespace: NAME, labels },
      spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
    },
    "allow-dns": {
      metadata: { name: "allow-dns", namespace: NAME, labels },
      spec: {
        pod_selector: {},
        policy_types: ["Egress"],
        egress: [
          {
            to: [
              {
                namespace_selector: { match_labels: { "kubernetes.io/metadata.name": "kube-system" } },
                pod_selector: { match_labels: { "k8s-app": "kube-dns" } },
              },
            ],
            ports: [
              { port: "53", protocol: "UDP" },
              { port: "53", protocol: "TCP" },
            ],
          },
        ],
      },
    },
  });
  expect(stack.census).toEqual({
    kubernetes_namespace_v1: 1, // the namespace
    kubernetes_resource_quota_v1: 1, // what its pods share
    kubernetes_limit_range_v1: 1, // what a pod gets that names nothing
    kubernetes_default_service_account_v1: 1, // without a token
    kubernetes_network_policy_v1: 2, // nothing but DNS
  });
});

test("maximal: labels of its own, a looser level with its reason, another quota, DNS of Auto Mode, and removal destroy", () => {
  const stack = synthesized({
    kubernetesVersion: "1.34",
    labels: { "app.kubernetes.io/part-of": "surveillance", "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    podSecurity: { level: "baseline", reason: "the agent needs a host path until 2.0" },
    quota: {
      cpu: "40",
      memory: "80Gi",
      memoryLimits: "96Gi",
      pods: 200,
      storage: "1Ti",
      loadBalancers: 1,
      nodePorts: 3,
    },
    limits: {
      container: {
        defaultRequest: { cpu: "250m", memory: "512Mi" },
        default: { cpu: "1", memory: "1Gi" },
        max: { cpu: "8", memory: "32Gi" },
      },
      persistentVolumeClaim: { maxStorage: "200Gi" },
    },
    network: { dnsAddress: "172.20.0.10" },
    removal: "destroy",
  });
  expect(stack.only("kubernetes_namespace_v1")).toMatchObject({
    metadata: {
      labels: {
        "managed-by": "terraform",
        "app.kubernetes.io/part-of": "surveillance",
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/enforce-version": "v1.34",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
      annotations: { "eks-platform/reason": "the agent needs a host path until 2.0" },
    },
    lifecycle: { prevent_destroy: false },
  });
  expect(stack.only("kubernetes_resource_quota_v1")).toMatchObject({
    spec: {
      hard: {
        "requests.cpu": "40",
        "requests.memory": "80Gi",
        "limits.memory": "96Gi",
        "requests.storage": "1Ti",
        pods: "200",
        "services.loadbalancers": "1",
        "services.nodeports": "3",
      },
    },
  });
  expect(stack.only("kubernetes_limit_range_v1")).toMatchObject({
    spec: {
      limit: [
        {
          default_request: { cpu: "250m", memory: "512Mi" },
          default: { cpu: "1", memory: "1Gi" },
          max: { cpu: "8", memory: "32Gi" },
        },
        { max: { storage: "200Gi" } },
      ],
    },
  });
  expect(policies(stack)["allow-dns"]).toMatchObject({
    spec: {
      egress: [
        {
          to: [{ pod_selector: { match_labels: { "k8s-app": "kube-dns" } } }, { ip_block: { cidr: "172.20.0.10/32" } }],
        },
      ],
    },
  });
});

test("its address has not changed: the namespace is the child Resource", () => {
  expect(synthesized().addresses).toContain("kubernetes_namespace_v1.Namespace_9B63B8C8");
});

test("what uses it is made after it: its reference is the resource's own name", () => {
  const namespace = new Namespace(testStack(), "Namespace", minimal);
  expect(Token.isUnresolved(namespace.namespaceRef)).toBe(true);
  expect(Token.isUnresolved(namespace.namespaceName)).toBe(false);
});

test("it tells others what it is", () => {
  const podSecurity = { level: "privileged", reason: "loads kernel modules" } as const;
  const namespace = new Namespace(testStack(), "Namespace", { ...minimal, podSecurity });
  expect(namespace).toMatchObject({ kubernetesVersion: "1.35", podSecurityLevel: "privileged", deniesByDefault: true });
  expect(new Namespace(testStack(), "Namespace", minimal).podSecurityLevel).toBe("restricted");
});

test("its pods wait for quota, limits, the default account, and the policies made so far", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    const namespace = new Namespace(scope, "Namespace", minimal);
    namespace.allow({ to: "internet" });
    new ConfigMapV1(scope, "Pods", { metadata: { name: "pods" }, dependsOn: [...namespace.dependables] });
    namespace.allow({ to: "pod-identity-agent" });
  });
  expect(stack.only("kubernetes_config_map_v1").depends_on).toEqual([
    expect.stringMatching(/^kubernetes_resource_quota_v1\.Namespace_Quota_/),
    expect.stringMatching(/^kubernetes_limit_range_v1\.Namespace_Limits_/),
    expect.stringMatching(/^kubernetes_default_service_account_v1\.Namespace_DefaultServiceAccount_/),
    expect.stringMatching(/^kubernetes_network_policy_v1\.Namespace_DefaultDeny_/),
    expect.stringMatching(/^kubernetes_network_policy_v1\.Namespace_Dns_/),
    expect.stringMatching(/^kubernetes_network_policy_v1\.Namespace_to-internet_Egress_/),
  ]);
});

test("pods wait for the policies of their own namespace, whoever says the sentence, and a database's rule for who said it", () => {
  const stack = testStack();
  const network = { nodeSecurityGroupId: "sg-nodes" };
  const genomics = new Namespace(stack, "Genomics", { ...minimal, network });
  const reports = new Namespace(stack, "Reports", { ...minimal, namespaceName: "reports", network });
  const attributes = { ...minimal, podSecurityLevel: "restricted", deniesByDefault: true } as const;
  const trials = Namespace.fromName(stack, "Trials", { ...attributes, namespaceName: "trials" });
  const database = { cidrBlocks: ["10.64.8.0/24"], port: 5432, securityGroupId: "sg-1" };
  genomics.allow({ from: reports, ports: [8080] });
  genomics.allow({ to: trials, ports: [8081] });
  genomics.allow({ to: { database } });
  reports.allow({ to: { database } });
  expect(trials.dependables.map(pathOf)).toEqual(["test/Genomics/to-namespace-trials/Ingress"]);
  expect(genomics.dependables.map(pathOf).slice(5)).toEqual([
    "test/Reports/to-namespace-genomics/Ingress",
    "test/Genomics/to-namespace-trials/Egress",
    expect.stringMatching(/^test\/Genomics\/to-database-[\w-]+\/Egress$/),
    expect.stringMatching(/^test\/DatabaseAccess-\w+$/),
  ]);
  expect(reports.dependables.map(pathOf).slice(5)).toEqual([
    "test/Reports/to-namespace-genomics/Egress",
    expect.stringMatching(/^test\/Reports\/to-database-[\w-]+\/Egress$/),
    expect.stringMatching(/^test\/DatabaseAccess-\w+$/),
  ]);
});

test("a stack makes each namespace once; one of elsewhere may have the name of another", () => {
  const stack = testStack();
  new Namespace(stack, "One", minimal);
  Namespace.fromName(stack, "Same", { ...minimal, podSecurityLevel: "restricted" });
  expect(stackFaults(stack)).toEqual([]);
  new Namespace(stack, "Two", minimal);
  expect(stackFaults(stack)).toEqual([`'namespaceName' must not be that of test/One, got "genomics" at test/Two`]);
});

test("refuses a removal that is none", () => {
  expect(fault({ removal: "keep" as "retain" })).toBe(
    `'removal' must be one of "retain", "destroy", got "keep" at test/Namespace`,
  );
});

test("props are copied: what the caller changes later changes nothing", () => {
  const own = { team: "genomics" };
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    new Namespace(scope, "Namespace", { ...minimal, labels: own });
    own.team = "reports";
  });
  expect(stack.only("kubernetes_namespace_v1")).toMatchObject({ metadata: { labels: { team: "genomics" } } });
});

test.each(["Genomics", "genomics_1", "-genomics", "a".repeat(64), ""])("refuses %j as a name", (namespaceName) => {
  expect(fault({ namespaceName })).toBe(
    `'namespaceName' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got ${JSON.stringify(namespaceName)} at test/Namespace`,
  );
});

test.each(["default", "kube-system", "kube-public", "kube-mine"])(
  "refuses %s, which belongs to Kubernetes",
  (namespaceName) => {
    expect(fault({ namespaceName })).toBe(
      `'namespaceName' must not be a namespace of Kubernetes itself, got "${namespaceName}" at test/Namespace`,
    );
  },
);

test("refuses a name that is only known at apply", () => {
  expect(fault({ namespaceName: aToken() })).toBe(
    "'namespaceName' must be known at synth, got a token at test/Namespace; write the value itself instead of another resource's attribute",
  );
});

test.each(["1", "1.35.2", "v1.35", "latest", ""])("refuses %j as a version to pin to", (kubernetesVersion) => {
  expect(fault({ kubernetesVersion })).toBe(
    `'kubernetesVersion' must be a minor version of Kubernetes, got "${kubernetesVersion}" at test/Namespace; for example "1.35"`,
  );
});

test.each<[string, Partial<NamespaceProps>, string]>([
  [
    "a looser level without a real reason",
    { podSecurity: { level: "privileged", reason: " because  " } },
    `'podSecurity.reason' must have 10 to 500 characters, has 7, got "because" at test/Namespace`,
  ],
  [
    "a level that is none",
    { podSecurity: { level: "restricted" as "baseline", reason: "nothing looser is needed" } },
    `'podSecurity.level' must be one of "baseline", "privileged", got "restricted" at test/Namespace`,
  ],
  [
    "a label that the construct sets",
    { labels: { "managed-by": "hand" } },
    `'labels' must not set a label that Kubernetes or this construct sets, got "managed-by" at test/Namespace`,
  ],
  [
    "a label of Pod Security",
    { labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
    `'labels' must not set a label that Kubernetes or this construct sets, got "pod-security.kubernetes.io/enforce" at test/Namespace`,
  ],
  [
    "the label that policies select it by",
    { labels: { "kubernetes.io/metadata.name": "reports" } },
    `'labels' must not set a label that Kubernetes or this construct sets, got "kubernetes.io/metadata.name" at test/Namespace`,
  ],
  [
    "a label key that is none",
    { labels: { "Example.com/a/b": "x" } },
    `'labels' must have label keys of the form [prefix/]name, the name at most 63 characters, got "Example.com/a/b" at test/Namespace`,
  ],
  [
    "a label value that is none",
    { labels: { team: "clinical trials" } },
    `'labels.team' must be letters, digits, '-', '_' and '.', at most 63, and begin and end with a letter or digit, got "clinical trials" at test/Namespace`,
  ],
  [
    "a range of the cluster that is none",
    {
      network: { vpcCidrBlocks: ["10.0.0.7/16"], kubernetesApiCidrBlocks: [], loadBalancerCidrBlocks: ["10.0.0.0/8"] },
    },
    [
      `'network.kubernetesApiCidrBlocks' must list at least one range, got [] at test/Namespace; or leave it out`,
      `'network.loadBalancerCidrBlocks' must be IPv4 ranges in their shortest form, from /16 to /32, got "10.0.0.0/8" at test/Namespace; for example "10.0.0.0/16"`,
      `'network.vpcCidrBlocks' must be IPv4 ranges in their shortest form, from /16 to /32, got "10.0.0.7/16" at test/Namespace; for example "10.0.0.0/16"`,
    ].join("\n"),
  ],
  [
    "a range of the cluster twice",
    { network: { vpcCidrBlocks: ["10.0.0.0/16", "10.0.0.0/16"] } },
    `'network.vpcCidrBlocks' must not repeat a value, got "10.0.0.0/16" at test/Namespace; remove the second one`,
  ],
  [
    "a DNS address that is a range, and namespaces that are none",
    {
      network: {
        dnsAddress: "172.20.0.0/16",
        monitoringNamespace: "Monitoring",
        loadBalancerNamespace: "ingress_nginx",
      },
    },
    [
      `'network.loadBalancerNamespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "ingress_nginx" at test/Namespace`,
      `'network.monitoringNamespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "Monitoring" at test/Namespace`,
      `'network.dnsAddress' must be an IPv4 address, got "172.20.0.0/16" at test/Namespace`,
    ].join("\n"),
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});

test("names all faults at once", () => {
  const message = fault({
    namespaceName: "default",
    labels: { "managed-by": "me" },
    podSecurity: { level: "baseline", reason: "x" },
    quota: { cpu: "ten" },
  });
  expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "'namespaceName'",
    "'labels'",
    "'podSecurity.reason'",
    "'quota.cpu'",
  ]);
});
