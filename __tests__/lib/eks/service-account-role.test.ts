import { OidcProvider } from "../../../lib/eks/oidc-provider";
import { ServiceAccountRole, type ServiceAccountRoleProps } from "../../../lib/eks/service-account-role";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { parsed, type Synthesized, synthesizeWith, testStack } from "../../support/synth";

const cicd = { namespace: "genomics", serviceAccount: "nextflow" };

function synthesized(props: Partial<ServiceAccountRoleProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    const oidcProvider = new OidcProvider(scope, "Oidc", { cluster });
    const made = new ServiceAccountRole(scope, "Irsa", { cluster, oidcProvider, ...cicd, ...props });
    expect(made.annotations).toEqual({ "eks.amazonaws.com/role-arn": made.role.roleArn });
  });
}

function fault(props: Partial<ServiceAccountRoleProps>): string {
  const scope = testStack();
  const cluster = testCluster(scope);
  const oidcProvider = new OidcProvider(scope, "Oidc", { cluster });
  return messageOf(() => new ServiceAccountRole(scope, "Irsa", { cluster, oidcProvider, ...cicd, ...props }));
}

test("minimal: IAM trusts the cluster's issuer, for STS only", () => {
  const stack = synthesized();
  expect(stack.only("aws_iam_openid_connect_provider")).toEqual({
    url: "https://oidc.eks.eu-west-3.amazonaws.com/id/TEST",
    client_id_list: ["sts.amazonaws.com"],
  });
  expect(stack.census).toEqual({
    aws_iam_openid_connect_provider: 1, // once for a cluster
    aws_iam_role: 1, // what the pods run as; no policy, so no right
  });
});

test("the role is for one service account and one audience, by the issuer without https", () => {
  const role = synthesized().only("aws_iam_role");
  expect(role).toMatchObject({ name: "test-genomics-nextflow-irsa" });
  const text = String(role.assume_role_policy);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
  const issuer = '${replace("https://oidc.eks.eu-west-3.amazonaws.com/id/TEST", "https://", "")}';
  expect(text).toContain(issuer);
  // What Terraform makes of it at apply.
  const applied = text.replaceAll(issuer, "oidc.eks.eu-west-3.amazonaws.com/id/TEST");
  expect(JSON.parse(applied)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: expect.stringMatching(/^\$\{aws_iam_openid_connect_provider\.Oidc_\w+\.arn\}$/) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "oidc.eks.eu-west-3.amazonaws.com/id/TEST:aud": "sts.amazonaws.com",
            "oidc.eks.eu-west-3.amazonaws.com/id/TEST:sub": "system:serviceaccount:genomics:nextflow",
          },
        },
      },
    ],
  });
});

test("maximal: what the pods may do is written out", () => {
  const stack = synthesized({ statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }] });
  expect(parsed(stack.only("aws_iam_role_policy"), "policy")).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
  });
});

test.each<[string, Partial<ServiceAccountRoleProps>, string]>([
  [
    "a wildcard for the namespace",
    { namespace: "*" },
    `'namespace' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "*" at test/Irsa`,
  ],
  [
    "a service account with an underscore",
    { serviceAccount: "next_flow" },
    `'serviceAccount' must be a Kubernetes name: lower-case letters, digits, '-' and '.', at most 253, got "next_flow" at test/Irsa`,
  ],
  [
    "statements that are no list",
    { statements: null } as unknown as Partial<ServiceAccountRoleProps>,
    "'statements' must be a list of statements, got null at test/Irsa",
  ],
])("refuses %s", (_, props, message) => {
  expect(fault(props)).toBe(message);
});
