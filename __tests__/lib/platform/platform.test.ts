import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { Application } from "../../../lib/application/application";
import { awsProvider } from "../../../lib/core/aws-provider";
import { applyTags } from "../../../lib/core/tags";
import { HelmRelease } from "../../../lib/helm/helm-release";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { ServiceAccount } from "../../../lib/kubernetes/service-account";
import { changedFacts } from "../../../lib/platform/compare-contract";
import type { PlatformContract } from "../../../lib/platform/contract";
import { networkAdditions } from "../../../lib/platform/contract-additions";
import { Platform } from "../../../lib/platform/platform";
import { minimal } from "../../support/application";
import { bareContract, contract, onPlatform, teamStack } from "../../support/contract";
import { messageOf, stackFaults } from "../../support/errors";
import { type Body, parsed, synthesize } from "../../support/synth";

const RENEW =
  "npx eks-platform contract staging --ssm --team genomics --region eu-west-3 --file contracts/staging.json";
const DEPLOY_ROLE = "arn:aws:iam::111122223333:role/staging-genomics-deploy";
const LIVE = /^\$\{jsondecode\(data\.aws_ssm_parameter\.platform_Live_\w+\.insecure_value\)\.(.+)\}$/;

/** Which live fact a value is. */
function liveFact(value: unknown): string | undefined {
  return LIVE.exec(String(value))?.[1];
}

/** What a stack outputs. */
function outputs(values: (platform: Platform) => Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { json } = onPlatform((stack, platform) => {
    for (const [name, value] of Object.entries(values(platform))) new TerraformOutput(stack, name, { value });
  });
  const output = json.output as Record<string, { value: string }>;
  return Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, liveFact(value) ?? value]));
}

/** Why a platform cannot be had in a stack. */
function refusal(given: Partial<PlatformContract>, prepare?: (stack: TerraformStack) => void): string {
  const stack = teamStack();
  prepare?.(stack);
  return messageOf(() => Platform.fromContract(stack, "platform", { ...contract, ...given }));
}

test("minimal: it makes nothing, and reads two parameters with the team's role", () => {
  const { json, census } = onPlatform(() => {});
  expect(census).toEqual({});
  expect(json.provider).toEqual({
    aws: [
      {
        region: "eu-west-3",
        allowed_account_ids: ["111122223333"],
        assume_role: [
          { role_arn: "arn:aws:iam::111122223333:role/staging-genomics-deploy", session_name: "cdktf-eks-platform" },
        ],
      },
    ],
  });
  const { aws_ssm_parameter: parameters } = json.data as Record<string, Record<string, Body>>;
  expect(Object.values(parameters ?? {}).map(({ name }) => name)).toEqual([
    "/eks-platform/staging/genomics/contract",
    "/eks-platform/staging/live",
  ]);
  expect(json.terraform).toMatchObject({ required_version: ">= 1.11.0, != 1.15.0, != 1.15.1" });
});

test("a plan stops before live facts are read if a recorded one no longer holds, and names it", () => {
  const { json } = onPlatform(() => {});
  const { aws_ssm_parameter: parameters = {} } = json.data as Record<string, Record<string, Body>>;
  const locals = Object.keys(json.locals as object);
  expect(locals).toEqual([
    expect.stringMatching(/^platform_ChangedFacts_\w+$/),
    expect.stringMatching(/^platform_KubernetesVersion_\w+$/),
    expect.stringMatching(/^platform_NetworkAdditions_\w+$/),
    expect.stringMatching(/^platform_Published_\w+$/),
  ]);
  const [changed = "", version, additions = "", published = ""] = locals;
  const live = Object.values(parameters).find(({ name }) => name === "/eks-platform/staging/live");
  expect(live?.lifecycle).toEqual({
    precondition: [
      {
        condition: `\${length(compact(local.${changed})) == 0}`,
        error_message: `staging no longer promises genomics what contracts/staging.json records:\n\n  \${join("\\n  ", compact(local.${changed}))}\n\nWrite it anew as ${DEPLOY_ROLE}, and read in the next plan what follows:\n\n  ${RENEW}`,
      },
    ],
  });
  const values = json.locals as Record<string, unknown>;
  expect(values[published]).toMatch(
    /^\$\{try\(jsondecode\(data\.aws_ssm_parameter\.platform_Contract_\w+\.insecure_value\), \{\}\)\}$/,
  );
  expect(values[changed]).toEqual(changedFacts(contract, `local.${published}`).map((each) => `\${${each}}`));
  expect(values[additions]).toEqual(networkAdditions(contract, `local.${published}`).map((each) => `\${${each}}`));
  expect(json.check).toEqual({
    platform_network: {
      assert: [
        {
          condition: `\${length(compact(local.${additions})) == 0}`,
          error_message: `The network of staging has more than contracts/staging.json records:\n\n  \${join("\\n  ", compact(local.${additions}))}\n\nPolicies that are made from the file leave that out, so traffic may be dropped. Write it anew as ${DEPLOY_ROLE}:\n\n  ${RENEW}`,
        },
      ],
    },
    platform_kubernetes_version: {
      assert: [
        {
          condition: `\${local.${version} == "1.35"}`,
          error_message: `staging runs Kubernetes \${local.${version}}, and contracts/staging.json says 1.35. Nothing is broken. Write it anew as ${DEPLOY_ROLE}:\n\n  ${RENEW}`,
        },
      ],
    },
  });
});

test("what only a deploy can tell comes from the parameter", () => {
  const found = outputs(({ cluster, vpc, dataKey }) => ({
    cluster_arn: cluster.clusterArn,
    cluster_name: cluster.clusterName,
    endpoint: cluster.clusterEndpoint,
    authority: cluster.clusterCertificateAuthorityData,
    group: cluster.clusterSecurityGroupId,
    issuer: cluster.oidcIssuer,
    vpc: vpc.vpcId,
    subnet: vpc.subnets("public", ["eu-west-3a"])[0]?.subnetId ?? "",
    range: vpc.subnets("public", ["eu-west-3a"])[0]?.cidrBlock ?? "",
    control: vpc.subnets("control-plane")[0]?.subnetId ?? "",
    key: dataKey.keyArn,
  }));
  expect(found).toEqual({
    cluster_arn: "clusterArn",
    cluster_name: "staging",
    endpoint: "clusterEndpoint",
    authority: "clusterCertificateAuthorityData",
    group: "clusterSecurityGroupId",
    issuer: "oidcIssuer",
    vpc: "vpcId",
    subnet: 'subnetIds.public["eu-west-3a"]',
    range: "10.64.1.0/24",
    control: 'subnetIds["control-plane"]["eu-west-3a"]',
    key: "dataKeyArn",
  });
});

test("the first namespace brings the providers of the cluster, with the team's role, once", () => {
  const { json } = onPlatform((_, platform) => {
    expect(platform.namespace("genomics")).toBe(platform.namespace("genomics"));
    expect(platform.namespace("batch").podSecurityLevel).toBe("baseline");
  });
  const provider = json.provider as Record<string, Body[]>;
  expect(Object.keys(provider)).toEqual(["aws", "helm", "kubernetes"]);
  const [{ exec }] = provider.kubernetes as [{ exec: [{ args: string[] }] }];
  expect(exec[0].args.join(" ")).toBe(
    "eks get-token --output json --cluster-name staging --region eu-west-3 --role-arn arn:aws:iam::111122223333:role/staging-genomics-deploy",
  );
});

test("roles of its pods stand under the path of the team, within its boundary, and everything has its tags", () => {
  const stack = onPlatform((scope, platform) => {
    const namespace = platform.namespace("genomics");
    const { cluster } = platform;
    const api = new ServiceAccount(scope, "Api", { namespace, name: "api", cluster, statements: [] });
    platform.dataKey.grantDecrypt(api.role);
  });
  expect(stack.only("aws_iam_role")).toMatchObject({
    name: "staging-genomics-api",
    path: "/eks-platform/staging/genomics/",
    permissions_boundary: "arn:aws:iam::111122223333:policy/staging-genomics-pods",
    tags: { Team: "genomics", Environment: "staging" },
  });
  expect(stack.only("aws_eks_pod_identity_association")).toMatchObject({
    cluster_name: "staging",
    namespace: "genomics",
    tags: { Team: "genomics", Environment: "staging" },
  });
  const [{ Resource }] = (parsed(stack.only("aws_iam_role_policy"), "policy") as { Statement: [Body] }).Statement;
  expect(liveFact(Resource)).toBe("dataKeyArn");
});

test("an application and a release stand in a granted namespace", () => {
  const stack = onPlatform((scope, platform) => {
    const namespace = platform.namespace("genomics");
    new Application(scope, "Api", {
      ...minimal,
      team: "genomics",
      environment: platform.environment,
      namespace,
      host: "surveillance.staging.example.com",
      statements: [],
    });
    new HelmRelease(scope, "Other", { releaseName: "other", namespace, chart: { path: "charts/custom-resources" } });
  });
  expect(stack.census).toEqual({
    aws_eks_pod_identity_association: 1, // of the application
    aws_iam_role: 1, // of the application
    helm_release: 2, // the application, and the other one
    kubernetes_network_policy_v1: 4, // within, twice; from load balancers; to the agent of Pod Identity
    kubernetes_service_account_v1: 1, // of the application
  });
  const releases = Object.values(stack.resources("helm_release"));
  expect(releases.map(({ namespace, lifecycle }) => [namespace, lifecycle])).toEqual([
    ["genomics", { prevent_destroy: false }],
    ["genomics", { prevent_destroy: false }],
  ]);
});

test.each<[string, PlatformContract, (stack: TerraformStack, platform: Platform) => void, string]>([
  [
    "without a place for it",
    bareContract,
    () => {},
    "'state' must be in the contract at test/platform; give the stack a backend of its own: the environment's store lies in another account",
  ],
  [
    "beside another backend",
    contract,
    (stack) => new LocalBackend(stack, {}),
    "'state' must have one place, and the stack has a backend already at test/platform; keep one of them",
  ],
  [
    "twice",
    contract,
    (_, platform) => platform.useState(),
    "'state' must have one place, and the stack has a backend already at test/platform; keep one of them",
  ],
])("refuses state %s", (_, promised, before, message) => {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", promised);
  before(stack, platform);
  expect(messageOf(() => platform.useState())).toBe(message);
});

test.each([
  ["research", "must be a namespace granted to genomics (genomics, batch)", "ask the platform to grant it"],
  ["genomic", "must be a namespace granted to genomics (genomics, batch)", 'use "genomics"'],
  ["toString", "must be a namespace granted to genomics (genomics, batch)", "ask the platform to grant it"],
])("refuses the namespace %s", (name, rule, fix) => {
  const platform = Platform.fromContract(teamStack(), "platform", contract);
  expect(messageOf(() => platform.namespace(name))).toBe(
    `'namespaceName' ${rule}, got "${name}" at test/platform; ${fix}`,
  );
});

test("a namespace without a name is refused, for those who write JavaScript", () => {
  const platform = Platform.fromContract(teamStack(), "platform", contract);
  expect(messageOf(() => platform.namespace(undefined as unknown as string))).toBe(
    "'namespaceName' must be a namespace granted to genomics (genomics, batch), got null at test/platform; ask the platform to grant it",
  );
});

test("a provider of the stack that leads to the same account and region is used", () => {
  const stack = teamStack();
  awsProvider(stack, "Own", { account: contract.account });
  Platform.fromContract(stack, "platform", contract);
  expect(synthesize(stack).json.provider).toEqual({
    aws: [{ region: "eu-west-3", allowed_account_ids: ["111122223333"] }],
  });
});

test("a provider with an alias may lead elsewhere", () => {
  const stack = teamStack();
  new AwsProvider(stack, "Other", { region: "us-east-1", alias: "other" });
  Platform.fromContract(stack, "platform", contract);
  expect(synthesize(stack).json.provider).toMatchObject({ aws: [{ alias: "other" }, { region: "eu-west-3" }] });
});

test.each<[string, Partial<PlatformContract>, (stack: TerraformStack) => void, string]>([
  [
    "a provider of another region and account",
    {},
    (stack) => new AwsProvider(stack, "Own", { region: "us-east-1", allowedAccountIds: ["444455556666"] }),
    [
      `'region' of the AWS provider test/Own must be that of the platform, "eu-west-3", got "us-east-1" at test/platform; leave that provider out, and Platform makes one; or give it an alias`,
      `'allowedAccountIds' of the AWS provider test/Own must be that of the platform, ["111122223333"], got ["444455556666"] at test/platform; leave that provider out, and Platform makes one; or give it an alias`,
    ].join("\n"),
  ],
  [
    "a provider that is bound to no region and no account",
    {},
    (stack) => new AwsProvider(stack, "Own"),
    [
      `'region' of the AWS provider test/Own must be that of the platform, "eu-west-3", got null at test/platform; leave that provider out, and Platform makes one; or give it an alias`,
      `'allowedAccountIds' of the AWS provider test/Own must be that of the platform, ["111122223333"], got [] at test/platform; leave that provider out, and Platform makes one; or give it an alias`,
    ].join("\n"),
  ],
  [
    "a second platform",
    {},
    (stack) => Platform.fromContract(stack, "first", contract),
    `'platform' must be the only Platform of its stack, got "test/first" at test/platform; hand that one on, or use a stack for each`,
  ],
  [
    "a contract of another major version",
    { contractVersion: "3.0" },
    () => {},
    `'contractVersion' must be 1.x, got "3.0" at test/platform; it is of a newer platform: update cdktf-eks-platform here`,
  ],
])("refuses %s", (_, given, prepare, message) => {
  expect(refusal(given, prepare)).toBe(message);
});

test("synth fails for a provider that comes later", () => {
  const stack = teamStack();
  Platform.fromContract(stack, "platform", contract).namespace("genomics");
  new AwsProvider(stack, "Own", { region: "eu-west-3" });
  const platform = stack.node.findChild("platform") as Platform;
  new ClusterProviders(stack, "Providers", { cluster: platform.cluster });
  expect(stackFaults(stack)).toEqual([
    "'provider aws' must be the only one without an alias, got 2 at test",
    "'provider kubernetes' must be the only one without an alias, got 2 at test",
    "'provider helm' must be the only one without an alias, got 2 at test",
  ]);
});

test("tags of the stack's own and those of the contract come together; the team's stays", () => {
  const { resources } = onPlatform(
    (stack, platform) => {
      applyTags(stack, { Component: "variants" });
      const { iamPath: path, permissionsBoundaryArn: permissionsBoundary } = platform.contract.identity.podRoles ?? {};
      new IamRole(stack, "Own", { assumeRolePolicy: "{}", path, permissionsBoundary });
    },
    { ...contract, tags: { Environment: "staging" } },
  );
  expect(resources("aws_iam_role")).toMatchObject({
    Own: { tags: { Environment: "staging", Team: "genomics", Component: "variants" } },
  });
});
