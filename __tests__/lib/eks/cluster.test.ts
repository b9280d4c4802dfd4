import { Cluster, type ClusterProps } from "../../../lib/eks/cluster";
import { clusterProps, KEY_ARN, testCluster, vpcWithEgress, ZONES } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

function synthesized(props: Partial<ClusterProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new Cluster(scope, "Cluster", clusterProps(scope, props));
  });
}

function fault(props: Partial<ClusterProps>): string {
  const scope = testStack();
  return messageOf(() => new Cluster(scope, "Cluster", clusterProps(scope, props)));
}

test("minimal: private, logged, encrypted, entered through access entries only, guarded", () => {
  const stack = synthesized();
  expect(stack.only("aws_eks_cluster")).toEqual({
    name: "test",
    version: "1.35",
    role_arn: expect.stringContaining("aws_iam_role.Cluster_Role"),
    access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    bootstrap_self_managed_addons: false,
    enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    encryption_config: { provider: { key_arn: KEY_ARN }, resources: ["secrets"] },
    kubernetes_network_config: { ip_family: "ipv4", service_ipv4_cidr: "172.20.0.0/16" },
    upgrade_policy: { support_type: "STANDARD" },
    vpc_config: {
      endpoint_private_access: true,
      endpoint_public_access: false,
      subnet_ids: ["subnet-control-plane-eu-west-3a", "subnet-control-plane-eu-west-3b"],
    },
    lifecycle: {
      prevent_destroy: true,
      ignore_changes: ["bootstrap_self_managed_addons", "access_config[0].bootstrap_cluster_creator_admin_permissions"],
    },
    depends_on: [
      expect.stringMatching(/^aws_cloudwatch_log_group\.Cluster_LogGroup_/),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.Cluster_Role_AmazonEKSClusterPolicy_/),
      expect.stringMatching(/^aws_iam_role_policy\.Cluster_Role_EncryptDecrypt-Key_/),
    ],
  });
  expect(stack.only("aws_cloudwatch_log_group")).toEqual({
    name: "/aws/eks/test/cluster",
    kms_key_id: KEY_ARN,
    retention_in_days: 365,
    skip_destroy: true,
  });
  expect(stack.census).toEqual({
    aws_eks_cluster: 1, // the control plane
    aws_cloudwatch_log_group: 1, // its logs: made before EKS makes one without key and retention
    aws_iam_role: 1, // what the control plane runs as
    aws_iam_role_policy: 1, // the role uses the secrets key
    aws_iam_role_policy_attachment: 1, // AmazonEKSClusterPolicy
  });
});

test("maximal: every choice reaches EKS", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = new Cluster(scope, "Cluster", {
      ...clusterProps(scope),
      account: {
        accountId: "111122223333",
        region: "eu-west-3",
        iamPath: "/platform/",
        permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/boundary",
      },
      kubernetesVersion: "1.33",
      supportType: "extended",
      endpointAccess: [
        { via: "route", cidrBlocks: ["10.255.0.0/24"] },
        { via: "runner", cidrBlocks: ["10.0.10.0/24"] },
        { via: "public", cidrBlocks: ["203.0.113.0/24"] },
      ],
      subnetGroup: "private-with-egress",
      serviceCidrBlock: "192.168.0.0/20",
      autoMode: { nodePools: ["general-purpose", "system"] },
      removal: "destroy",
    });
    expect(cluster.serviceCidrBlock).toBe("192.168.0.0/20");
    expect(cluster.clusterName).toBe("test");
    expect(cluster.kubernetesVersion).toBe("1.33");
  });
  expect(stack.only("aws_eks_cluster")).toMatchObject({
    version: "1.33",
    upgrade_policy: { support_type: "EXTENDED" },
    kubernetes_network_config: { service_ipv4_cidr: "192.168.0.0/20" },
    vpc_config: {
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ["203.0.113.0/24"],
      subnet_ids: ["subnet-private-with-egress-eu-west-3a", "subnet-private-with-egress-eu-west-3b"],
    },
  });
  for (const role of Object.values(stack.resources("aws_iam_role"))) {
    expect(role).toMatchObject({
      path: "/platform/",
      permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
    });
  }
  expect(stack.census).toEqual({
    aws_eks_cluster: 1, // the control plane
    aws_cloudwatch_log_group: 1, // its logs
    aws_iam_role: 2, // the control plane, and the nodes that Auto Mode starts
    aws_iam_role_policy: 1, // the control plane uses the secrets key
    aws_iam_role_policy_attachment: 7, // five policies of Auto Mode's control plane, two of its nodes
    aws_vpc_security_group_ingress_rule: 2, // one for the route's range, one for the runner's; the public way needs none
  });
});

test("import: a cluster by its attributes makes nothing and gives back what it was given", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    expect(cluster.clusterRef).toBe("test");
    expect(cluster.clusterArn).toBe("arn:aws:eks:eu-west-3:111122223333:cluster/test");
    expect(cluster.oidcIssuer).toBe("https://oidc.eks.eu-west-3.amazonaws.com/id/TEST");
  });
  expect(stack.census).toEqual({});
});

test("import: a name that is only known at apply is refused", () => {
  const scope = testStack();
  const made = new Cluster(scope, "Made", clusterProps(scope));
  const attributes = { ...testCluster(scope, "Known"), clusterName: made.clusterRef };
  expect(messageOf(() => Cluster.fromClusterAttributes(scope, "Import", attributes))).toBe(
    "'clusterName' must be known at synth, got a token at test/Import; write the value itself instead of another resource's attribute",
  );
});

test("removal: retain guards cluster and logs, destroy lets both go", () => {
  const [retained, destroyed] = [synthesized({ removal: "retain" }), synthesized({ removal: "destroy" })];
  expect(retained.only("aws_eks_cluster")).toMatchObject({ lifecycle: { prevent_destroy: true } });
  expect(retained.only("aws_cloudwatch_log_group")).toMatchObject({ skip_destroy: true });
  expect(destroyed.only("aws_eks_cluster")).toMatchObject({ lifecycle: { prevent_destroy: false } });
  expect(destroyed.only("aws_cloudwatch_log_group")).toMatchObject({ skip_destroy: false });
});

test("each range of a route or a runner gets a rule for 443, a range that is named twice gets one", () => {
  const stack = synthesized({
    endpointAccess: [
      { via: "route", cidrBlocks: ["10.255.0.0/24", "10.254.0.0/24"] },
      { via: "runner", cidrBlocks: ["10.0.10.0/24", "10.255.0.0/24"] },
    ],
  });
  const rules = Object.values(stack.resources("aws_vpc_security_group_ingress_rule"));
  expect(rules).toHaveLength(3);
  for (const cidr of ["10.255.0.0/24", "10.254.0.0/24", "10.0.10.0/24"]) {
    expect(rules).toContainEqual({
      security_group_id: expect.stringContaining("cluster_security_group_id"),
      description: `Kubernetes API from ${cidr}`,
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_ipv4: cidr,
    });
  }
});

test("the public endpoint opens for named ranges only, and stays shut when only private ways are named", () => {
  const open = synthesized({ endpointAccess: [{ via: "public", cidrBlocks: ["203.0.113.0/24", "198.51.100.7/32"] }] });
  expect(open.only("aws_eks_cluster").vpc_config).toMatchObject({
    endpoint_public_access: true,
    public_access_cidrs: ["203.0.113.0/24", "198.51.100.7/32"],
  });
  expect(open.resources("aws_vpc_security_group_ingress_rule")).toEqual({});
  const shut = synthesized({ endpointAccess: [{ via: "route", cidrBlocks: ["203.0.113.0/24"] }] });
  expect(shut.only("aws_eks_cluster").vpc_config).toMatchObject({ endpoint_public_access: false });
  expect(shut.only("aws_eks_cluster").vpc_config).not.toHaveProperty("public_access_cidrs");
});

test("the control plane's role trusts EKS alone and may use the secrets key", () => {
  const stack = synthesized();
  expect(parsed(stack.only("aws_iam_role"), "assume_role_policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: KEY_ARN,
      },
    ],
  });
});

test("the route tables of its subnets outlive the control plane, those of other subnets need not", () => {
  const stack = synthesizeWith((scope) => {
    new Cluster(scope, "Cluster", clusterProps(scope, { vpc: vpcWithEgress(scope) }));
  });
  const { depends_on } = stack.only("aws_eks_cluster");
  for (const zone of ZONES) {
    const association = (tier: string) => expect.stringMatching(`^aws_route_table_association\\.Vpc_${tier}_${zone}_`);
    expect(depends_on).toContainEqual(association("control-plane"));
    expect(depends_on).not.toContainEqual(association("public"));
  }
});

test("a long cluster name keeps its role within 64 characters, and two long names keep two roles", () => {
  const roleOf = (clusterName: string) => String(synthesized({ clusterName }).only("aws_iam_role").name);
  const [one, other] = [roleOf(`${"a".repeat(99)}1`), roleOf(`${"a".repeat(99)}2`)];
  expect(one).toHaveLength(64);
  expect(other).toHaveLength(64);
  expect(one).not.toBe(other);
});

test.each<[string, Partial<ClusterProps>, string]>([
  [
    "a name with a dot",
    { clusterName: "test.1" },
    `'clusterName' must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit, got "test.1" at test/Cluster`,
  ],
  [
    "a name of 101 characters",
    { clusterName: "a".repeat(101) },
    `'clusterName' must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit, got "${"a".repeat(101)}" at test/Cluster`,
  ],
  [
    "a version that EKS does not offer",
    { kubernetesVersion: "1.20" },
    `'kubernetesVersion' must be a Kubernetes version that EKS offers, got "1.20" at test/Cluster; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36`,
  ],
  [
    "a version behind standard support",
    { kubernetesVersion: "1.33" },
    `'kubernetesVersion' must be in standard support, which ended on 2026-07-29, got "1.33" at test/Cluster; upgrade, or set 'supportType' to "extended" (it costs more)`,
  ],
  [
    "a single zone",
    { availabilityZones: ["eu-west-3a"] },
    `'availabilityZones' must list at least 2 zones, got ["eu-west-3a"] at test/Cluster`,
  ],
  [
    "a zone twice",
    { availabilityZones: ["eu-west-3a", "eu-west-3a"] },
    `'availabilityZones' must not repeat a value, got "eu-west-3a" at test/Cluster; remove the second one`,
  ],
  [
    "Service addresses of a wrong size",
    { serviceCidrBlock: "172.20.0.0/25" },
    `'serviceCidrBlock' must be an IPv4 range from /12 to /24, got "172.20.0.0/25" at test/Cluster`,
  ],
  [
    "Service addresses inside the VPC",
    { serviceCidrBlock: "10.0.128.0/20" },
    `'serviceCidrBlock' must not overlap the VPC, got "10.0.128.0/20" at test/Cluster; it overlaps 10.0.0.0/16`,
  ],
  [
    "a public way without ranges",
    { endpointAccess: [{ via: "public", cidrBlocks: [] }] },
    `'endpointAccess[0].cidrBlocks' must list the ranges that come in via public, got [] at test/Cluster`,
  ],
  [
    "an account id that is none",
    { account: { accountId: "1234", region: "eu-west-3" } },
    `'account.accountId' must be twelve digits, got "1234" at test/Cluster`,
  ],
])("refuses %s", (_, change, message) => {
  expect(fault(change)).toBe(message);
});

test("refuses a zone in which the VPC has no control-plane subnet", () => {
  expect(fault({ availabilityZones: [...ZONES, "eu-west-3c"] })).toBe(
    `'availabilityZones' must have a control-plane subnet in every zone, got "eu-west-3c" at test/Vpc; the VPC has control-plane subnets in eu-west-3a, eu-west-3b`,
  );
});

test("refuses a name and a version that are only known at apply", () => {
  const token = aToken();
  const rest =
    "must be known at synth, got a token at test/Cluster; write the value itself instead of another resource's attribute";
  expect(fault({ clusterName: token })).toBe(`'clusterName' ${rest}`);
  expect(fault({ kubernetesVersion: token })).toBe(`'kubernetesVersion' ${rest}`);
});

test("all faults at once, a line each", () => {
  expect(fault({ clusterName: "-", kubernetesVersion: "1.20", availabilityZones: [] })).toBe(
    [
      `'clusterName' must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit, got "-" at test/Cluster`,
      "'availabilityZones' must list at least 2 zones, got [] at test/Cluster",
      `'kubernetesVersion' must be a Kubernetes version that EKS offers, got "1.20" at test/Cluster; use one of 1.31, 1.32, 1.33, 1.34, 1.35, 1.36`,
    ].join("\n"),
  );
});
