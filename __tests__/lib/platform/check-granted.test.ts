import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Release } from "@cdktf/provider-helm/lib/release";
import { ClusterRoleV1 } from "@cdktf/provider-kubernetes/lib/cluster-role-v1";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Labels } from "@cdktf/provider-kubernetes/lib/labels";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { RoleV1 } from "@cdktf/provider-kubernetes/lib/role-v1";
import { TerraformLocal, type TerraformStack } from "cdktf";
import { Application } from "../../../lib/application/application";
import { awsProvider } from "../../../lib/core/aws-provider";
import { CustomResources } from "../../../lib/helm/custom-resources";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ServiceAccount } from "../../../lib/kubernetes/service-account";
import type { PlatformContract } from "../../../lib/platform/contract";
import { Platform } from "../../../lib/platform/platform";
import { minimal } from "../../support/application";
import { bareContract, contract, teamStack } from "../../support/contract";
import { stackFaults } from "../../support/errors";
import { synthesize } from "../../support/synth";

type Builds = (stack: TerraformStack, platform: Platform) => unknown;

/** What synth says against what a team builds. */
function faults(builds: Builds, promised: PlatformContract = contract): string[] {
  const stack = teamStack();
  const platform = Platform.fromContract(stack, "platform", promised);
  platform.namespace("genomics");
  builds(stack, platform);
  try {
    synthesize(stack);
  } catch {
    // It ran the Aspects that bring tags; what it says is asked for without the words around it.
  }
  return stackFaults(stack);
}

const release = { name: "api", chart: "api" };
const trust = { assumeRolePolicy: "{}" };
const podRole = {
  ...trust,
  path: "/eks-platform/staging/genomics/",
  permissionsBoundary: "arn:aws:iam::111122223333:policy/staging-genomics-pods",
};
const association = { clusterName: "staging", namespace: "genomics", serviceAccount: "api", roleArn: "role" };
const GRANTED = "must be a namespace granted to genomics (genomics, batch)";

test("what stands in a granted namespace is fine, raw resources too", () => {
  const made = faults((stack) => {
    new ConfigMapV1(stack, "Map", { metadata: { name: "a", namespace: "genomics" } });
    new Release(stack, "Release", { ...release, namespace: "batch" });
    new NetworkPolicyV1(stack, "Policy", {
      metadata: { name: "a", namespace: "batch" },
      spec: { podSelector: {}, policyTypes: ["Ingress"] },
    });
    const role = new IamRole(stack, "Role", { ...podRole, name: "api" });
    new IamRolePolicy(stack, "ByName", { role: role.name, policy: "{}" });
    new IamRolePolicy(stack, "ById", { role: role.id, policy: "{}" });
    new IamRolePolicy(stack, "Literal", { role: "api", policy: "{}" });
    new EksPodIdentityAssociation(stack, "Association", association);
  });
  expect(made).toEqual([]);
});

test("a provider with an alias leads elsewhere: nothing is asked of what it makes", () => {
  const made = faults((stack) => {
    const provider = new AwsProvider(stack, "Other", { region: "us-east-1", alias: "other" });
    new IamRole(stack, "Role", { ...trust, provider });
    new S3Bucket(stack, "Bucket", { bucket: "results", provider });
  });
  expect(made).toEqual([]);
});

test("a provider that the stack brought may have other rights: only what IAM bounds for everybody is asked", () => {
  const stack = teamStack();
  awsProvider(stack, "Own", { account: contract.account });
  Platform.fromContract(stack, "platform", contract);
  new S3Bucket(stack, "Bucket", { bucket: "results" });
  new IamRolePolicy(stack, "Policy", { role: "other", policy: "{}" });
  expect(stackFaults(stack)).toEqual([]);
});

test.each<[string, Builds, string[]]>([
  [
    "a Helm release elsewhere",
    (stack) => new Release(stack, "Raw", { ...release, namespace: "kube-system" }),
    [`'namespace' ${GRANTED}, got "kube-system" at test/Raw`],
  ],
  [
    "a Helm release without a namespace",
    (stack) => new Release(stack, "Raw", release),
    [`'namespace' ${GRANTED} at test/Raw; without it the object is in "default"`],
  ],
  [
    "a Helm release that makes its namespace",
    (stack) => new Release(stack, "Raw", { ...release, namespace: "genomics", createNamespace: true }),
    ["'create_namespace' must not be set: namespaces are the platform's at test/Raw"],
  ],
  [
    "an object elsewhere",
    (stack) => new ConfigMapV1(stack, "Raw", { metadata: { name: "a", namespace: "reports" } }),
    [`'metadata.namespace' ${GRANTED}, got "reports" at test/Raw`],
  ],
  [
    "an object that an override moves",
    (stack) =>
      new ConfigMapV1(stack, "Raw", { metadata: { name: "a", namespace: "genomics" } }).addOverride(
        "metadata.namespace",
        "reports",
      ),
    [`'metadata.namespace' ${GRANTED}, got "reports" at test/Raw`],
  ],
  [
    "an object that an override of the stack makes",
    (stack) => stack.addOverride("resource.kubernetes_config_map_v1.raw", { metadata: [{ namespace: "reports" }] }),
    [`'metadata.namespace' ${GRANTED}, got "reports" at kubernetes_config_map_v1.raw`],
  ],
  [
    "a namespace that is known only at apply",
    (stack) => {
      const local = new TerraformLocal(stack, "local", "reports");
      new ConfigMapV1(stack, "Raw", { metadata: { name: "a", namespace: local.asString } });
    },
    [`'metadata.namespace' ${GRANTED}, known at synth, got "\${local.local}" at test/Raw; write its name`],
  ],
  [
    "a cluster-wide object",
    (stack) => new ClusterRoleV1(stack, "Raw", { metadata: { name: "a" } }),
    [
      `'kubernetes_cluster_role_v1' must not be made: the role 'deploy' of genomics may not write it, got "a" at test/Raw`,
    ],
  ],
  [
    "an object without a namespace",
    (stack) => new ConfigMapV1(stack, "Raw", { metadata: { name: "a" } }),
    [`'metadata.namespace' ${GRANTED} at test/Raw; without it the object is in "default"`],
  ],
  [
    "what the team's role may not write",
    (stack, platform) => {
      const metadata = { name: "a", namespace: platform.namespace("genomics").namespaceName };
      new RoleV1(stack, "Role", { metadata, rule: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] });
      new ResourceQuotaV1(stack, "Quota", { metadata });
    },
    [
      `'kubernetes_role_v1' must not be made: the role 'deploy' of genomics may not write it, got "a" at test/Role`,
      `'kubernetes_resource_quota_v1' must not be made: the role 'deploy' of genomics may not write it, got "a" at test/Quota`,
    ],
  ],
  [
    "what writes objects of any kind",
    (stack) => {
      const metadata = { name: "genomics", namespace: "genomics" };
      const labels = { "pod-security.kubernetes.io/enforce": "privileged" };
      new Labels(stack, "Labels", { apiVersion: "v1", kind: "Namespace", metadata, labels });
      new Manifest(stack, "Manifest", { manifest: { apiVersion: "v1", kind: "Pod", metadata } });
    },
    [
      `'kubernetes_labels' must not be made: synth cannot tell what it writes, got "genomics" at test/Labels; write them on the object itself`,
      "'kubernetes_manifest' must not be made: synth cannot tell what it writes at test/Manifest; use the resource of its kind, or a chart",
    ],
  ],
  [
    "custom resources",
    (stack, platform) =>
      new CustomResources(stack, "Own", {
        releaseName: "own",
        namespace: platform.namespace("genomics"),
        resources: [{ apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "a" } }],
      }),
    [
      "'resources' must not be made: the role 'deploy' of genomics has no rights on custom resources at test/Own; ask the platform to make them; of a Secret that the platform has External Secrets write, give its name",
    ],
  ],
  [
    "a password that External Secrets would write",
    (stack, platform) =>
      new Application(stack, "Api", {
        ...minimal,
        team: "genomics",
        environment: platform.environment,
        namespace: platform.namespace("genomics"),
        database: {
          host: "db.example.com",
          name: "variants",
          user: "variants",
          cidrBlocks: ["10.64.3.0/24"],
          password: { externalSecret: { storeName: "aws", remoteKey: "variants" } },
        },
      }),
    [
      "'resources' must not be made: the role 'deploy' of genomics has no rights on custom resources at test/Api/Password; ask the platform to make them; of a Secret that the platform has External Secrets write, give its name",
    ],
  ],
  [
    "what the deploy role cannot make in AWS",
    (stack) => {
      new S3Bucket(stack, "Bucket", { bucket: "results" });
      new IamRolePolicyAttachment(stack, "Attachment", { role: "a", policyArn: "b" });
    },
    [
      "'aws_s3_bucket' must not be made: the deploy role makes only roles of pods at test/Bucket; give the resource a provider with an alias",
      "'aws_iam_role_policy_attachment' must not be made: the deploy role makes only roles of pods at test/Attachment; give the resource a provider with an alias",
    ],
  ],
  [
    "a role named as the deploy role, with managed policies",
    (stack) =>
      new IamRole(stack, "Raw", {
        ...podRole,
        name: "staging-genomics-deploy",
        managedPolicyArns: ["arn:aws:iam::aws:policy/X"],
      }),
    [
      `'name' must not be the deploy role's own: names are unique in an account, got "staging-genomics-deploy" at test/Raw`,
      `'managed_policy_arns' must not be set: the deploy role may attach no managed policies, got ["arn:aws:iam::aws:policy/X"] at test/Raw; write the statements in a policy of the role`,
    ],
  ],
  [
    "a role with the tag of another team",
    (stack) =>
      new IamRole(stack, "Raw", { ...podRole, name: "genomics-api", tags: { team: "imaging", Owner: "imaging" } }),
    [`'tags.team' must be "genomics": the deploy role may give no other, got "imaging" at test/Raw; leave it out`],
  ],
  [
    "a policy of a role that is made elsewhere",
    (stack) => {
      const provider = new AwsProvider(stack, "Other", { region: "us-east-1", alias: "other" });
      const other = new IamRole(stack, "Role", { ...trust, name: "other", provider });
      new IamRolePolicy(stack, "Referred", { role: other.name, policy: "{}" });
      new IamRolePolicy(stack, "Named", { role: "platform-deploy", policy: "{}" });
    },
    [
      `'role' must be a role that this stack makes: the deploy role changes no other, got "\${aws_iam_role.Role.name}" at test/Referred`,
      `'role' must be a role that this stack makes: the deploy role changes no other, got "platform-deploy" at test/Named`,
    ],
  ],
  [
    "a raw namespace",
    (stack) => new NamespaceV1(stack, "Raw", { metadata: { name: "mine" } }),
    [
      `'kubernetes_namespace_v1' must not be made: namespaces are the platform's, got "mine" at test/Raw; use platform.namespace("genomics") or platform.namespace("batch")`,
    ],
  ],
  [
    "a namespace with all that belongs to it, in one sentence",
    (stack) => new Namespace(stack, "Own", { namespaceName: "mine", kubernetesVersion: "1.35" }),
    [
      `'kubernetes_namespace_v1' must not be made: namespaces are the platform's, got "mine" at test/Own/Resource; use platform.namespace("genomics") or platform.namespace("batch")`,
    ],
  ],
  [
    "an application in a namespace of its own",
    (stack, { environment }) => new Application(stack, "Api", { ...minimal, environment }),
    [
      `'kubernetes_namespace_v1' must not be made: namespaces are the platform's, got "surveillance" at test/Api/Namespace/Resource; use platform.namespace("genomics") or platform.namespace("batch")`,
    ],
  ],
  [
    "a role outside its bounds",
    (stack) => new IamRole(stack, "Raw", trust),
    [
      `'path' must be "/eks-platform/staging/genomics/", got null at test/Raw; make it with ServiceAccount or PodIdentity, and the cluster of the Platform`,
      `'permissions_boundary' must be "arn:aws:iam::111122223333:policy/staging-genomics-pods", got null at test/Raw; make it with ServiceAccount or PodIdentity, and the cluster of the Platform`,
    ],
  ],
  [
    "an association with another cluster, in another namespace",
    (stack) =>
      new EksPodIdentityAssociation(stack, "Raw", { ...association, clusterName: "prod", namespace: "kube-system" }),
    [
      `'cluster_name' must be "staging", got "prod" at test/Raw`,
      `'namespace' ${GRANTED}, got "kube-system" at test/Raw`,
    ],
  ],
  [
    "an association of another team",
    (stack, platform) =>
      new Application(stack, "Api", {
        ...minimal,
        environment: platform.environment,
        namespace: platform.namespace("genomics"),
        statements: [],
      }),
    [
      `'tags.Team' must be "genomics": the deploy role may give no other, got "epidemiology" at test/Api/ServiceAccount/Identity/Role/Resource; leave it out`,
      `'tags.Team' must be "genomics": the deploy role may touch no other, got "epidemiology" at test/Api/ServiceAccount/Identity/Resource; give the 'team' "genomics"`,
    ],
  ],
])("synth refuses %s", (_, builds, messages) => {
  expect(faults(builds)).toEqual(messages);
});

test.each<[string, Builds, string[]]>([
  [
    "a network policy",
    (stack) =>
      new NetworkPolicyV1(stack, "Raw", {
        metadata: { name: "a", namespace: "genomics" },
        spec: { podSelector: {}, policyTypes: ["Ingress"] },
      }),
    [
      "'kubernetes_network_policy_v1' must not be made: genomics may not open traffic at test/Raw; the platform can open the traffic, or grant it: 'networkPolicies' in the team's contract",
    ],
  ],
  [
    "a role for pods",
    (stack, platform) => {
      const namespace = platform.namespace("genomics");
      new ServiceAccount(stack, "Api", { namespace, name: "api", cluster: platform.cluster, statements: [] });
    },
    [
      `'aws_eks_pod_identity_association' must not be made: pods of genomics have no roles in AWS, got "genomics" at test/Api/Identity/Resource; the platform can grant them: 'podStatements' in the team's contract`,
      `'aws_iam_role' must not be made: pods of genomics have no roles in AWS, got "staging-genomics-api" at test/Api/Identity/Role/Resource; the platform can grant them: 'podStatements' in the team's contract`,
    ],
  ],
])("synth refuses %s without the grant", (_, builds, messages) => {
  expect(faults(builds, bareContract).sort()).toEqual(messages);
});

test("synth refuses everything of a contract without a namespace", () => {
  const stack = teamStack();
  Platform.fromContract(stack, "platform", { ...contract, namespaces: {} });
  new NamespaceV1(stack, "Own", { metadata: { name: "mine" } });
  new Release(stack, "Raw", { ...release, namespace: "genomics" });
  expect(stackFaults(stack)).toEqual([
    `'kubernetes_namespace_v1' must not be made: namespaces are the platform's, got "mine" at test/Own; none is granted`,
    `'namespace' must be a namespace granted to genomics (none), got "genomics" at test/Raw`,
  ]);
});

test("a fault stops synth", () => {
  const stack = teamStack();
  Platform.fromContract(stack, "platform", contract).namespace("genomics");
  new Release(stack, "Raw", { ...release, namespace: "reports" });
  expect(() => synthesize(stack)).toThrow(`'namespace' ${GRANTED}, got "reports" at test/Raw`);
});
