import { Cluster } from "../../../lib/eks/cluster";
import { Key } from "../../../lib/kms/key";
import { PublishedFacts } from "../../../lib/platform/published-facts";
import { Vpc } from "../../../lib/vpc/vpc";
import { account } from "../../support/account";
import { clusterProps, testCluster, testKey, testVpc } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";
import { smallVpc } from "../../support/vpc";

const names = { parameterName: "/eks-platform/staging/live", environment: "staging" };

test("the facts of what was made elsewhere, whole", () => {
  const stack = synthesizeWith((scope) => {
    new PublishedFacts(scope, "LiveFacts", {
      ...names,
      cluster: testCluster(scope),
      vpc: testVpc(scope),
      tiers: ["control-plane", "private-with-egress"],
      dataKey: testKey(scope),
    });
  });
  const { insecure_value, ...rest } = stack.only("aws_ssm_parameter");
  expect(rest).toEqual({
    name: "/eks-platform/staging/live",
    description: "What is known of staging since it is deployed",
    type: "String",
    tier: "Standard",
  });
  const facts = {
    clusterArn: "arn:aws:eks:eu-west-3:111122223333:cluster/test",
    clusterEndpoint: "https://test.eks.example",
    clusterCertificateAuthorityData: "Y2E=",
    clusterSecurityGroupId: "sg-1",
    oidcIssuer: "https://oidc.eks.eu-west-3.amazonaws.com/id/TEST",
    vpcId: "vpc-1",
    subnetIds: {
      "control-plane": {
        "eu-west-3a": "subnet-control-plane-eu-west-3a",
        "eu-west-3b": "subnet-control-plane-eu-west-3b",
      },
      "private-with-egress": {
        "eu-west-3a": "subnet-private-with-egress-eu-west-3a",
        "eu-west-3b": "subnet-private-with-egress-eu-west-3b",
      },
    },
    dataKeyArn: "arn:aws:kms:eu-west-3:111122223333:key/11111111-2222-3333-4444-555555555555",
  };
  expect(insecure_value).toBe(`\${jsonencode(${hcl(facts)})}`);
  expect(stack.census).toEqual({
    aws_ssm_parameter: 1, // the facts
  });
});

test("the facts of what the stack makes come from its resources", () => {
  const stack = synthesizeWith((scope) => {
    const vpc = new Vpc(scope, "Vpc", smallVpc);
    const cluster = new Cluster(scope, "Cluster", clusterProps(scope, { vpc }));
    const dataKey = new Key(scope, "DataKey", { account, alias: "test/data", description: "test" });
    new PublishedFacts(scope, "LiveFacts", { ...names, cluster, vpc, tiers: ["public"], dataKey });
  });
  const value = String(stack.only("aws_ssm_parameter").insecure_value);
  for (const reference of [
    /"clusterArn" = aws_eks_cluster\.Cluster_\w+\.arn/,
    /"clusterEndpoint" = aws_eks_cluster\.Cluster_\w+\.endpoint/,
    /"clusterCertificateAuthorityData" = aws_eks_cluster\.Cluster_\w+\.certificate_authority\[0\]\.data/,
    /"clusterSecurityGroupId" = aws_eks_cluster\.Cluster_\w+\.vpc_config\[0\]\.cluster_security_group_id/,
    /"oidcIssuer" = aws_eks_cluster\.Cluster_\w+\.identity\[0\]\.oidc\[0\]\.issuer/,
    /"vpcId" = aws_vpc\.Vpc_\w+\.id/,
    /"public" = \{"eu-west-3a" = aws_subnet\.Vpc_public_eu-west-3a_\w+\.id, "eu-west-3b" = aws_subnet\.Vpc_public_eu-west-3b_\w+\.id\}/,
    /"dataKeyArn" = aws_kms_key\.DataKey_\w+\.arn/,
  ]) {
    expect(value).toMatch(reference);
  }
});

test("a tier that the VPC has not is refused", () => {
  const stack = testStack();
  const props = { ...names, cluster: testCluster(stack), vpc: testVpc(stack), dataKey: testKey(stack) };
  expect(messageOf(() => new PublishedFacts(stack, "LiveFacts", { ...props, tiers: ["public"] }))).toBe(
    `'subnetGroup' must be a tier or a secondary range of the VPC, got "public" at test/Vpc; it has control-plane, private-with-egress`,
  );
});

/** A value as an expression of Terraform. */
function hcl(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)} = ${hcl(each)}`);
  return `{${entries.join(", ")}}`;
}
