import { dependable, TerraformStack } from "cdktf";
import { TerraformData } from "../../../lib/core/terraform-data";
import { HelmRelease } from "../../../lib/helm/helm-release";
import type { IRole } from "../../../lib/iam/role";
import { Namespace } from "../../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { ReadinessGate } from "../../../lib/kubernetes/readiness-gate";
import { ServiceAccount } from "../../../lib/kubernetes/service-account";
import { testCluster, testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { testNamespace } from "../../support/namespace";
import { chart } from "../../support/release";
import { synthesizeWith, testApp } from "../../support/synth";

test("a release waits for releases of its own stack only", () => {
  const app = testApp();
  const [one, two] = ["one", "two"].map((name) => new TerraformStack(app, name)) as [TerraformStack, TerraformStack];
  const first = new HelmRelease(one, "First", { releaseName: "first", namespace: testNamespace(one), chart });
  const props = { releaseName: "api", namespace: testNamespace(two), chart, after: [first] };
  expect(messageOf(() => new HelmRelease(two, "Release", props))).toBe(
    `'after' must name releases of the same stack, got "one/First" at two/Release`,
  );
});

test("a namespace of another stack is refused", () => {
  const app = testApp();
  const [one, two] = ["one", "two"].map((name) => new TerraformStack(app, name)) as [TerraformStack, TerraformStack];
  const namespace = new Namespace(one, "Namespace", { namespaceName: "genomics", kubernetesVersion: "1.35" });
  new HelmRelease(one, "Release", { releaseName: "api", namespace, chart });
  expect(messageOf(() => new HelmRelease(two, "Release", { releaseName: "api", namespace, chart }))).toBe(
    `'namespace' must be a namespace of the same stack, got "one/Namespace" at two/Release; name it in this stack with Namespace.fromName(...)`,
  );
});

test("what the namespace gets after the release was made comes before it too, each once, and what was there stays", () => {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    new ClusterProviders(scope, "Providers", { cluster });
    new ReadinessGate(scope, "Gate", { cluster });
    const namespace = new Namespace(scope, "Namespace", { namespaceName: "platform", kubernetesVersion: "1.35" });
    const first = new HelmRelease(scope, "First", { releaseName: "first", namespace, chart });
    const { resource } = new HelmRelease(scope, "Release", { releaseName: "api", namespace, chart, after: [first] });
    const other = new TerraformData(scope, "Other", { triggersReplace: {} });
    resource.dependsOn = [dependable(other), dependable(first.resource)];
    namespace.allow({ within: "namespace" });
  });
  const release = Object.values(stack.resources("helm_release")).find(({ name }) => name === "api") ?? {};
  const types = (release.depends_on as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, ""));
  expect(types).toEqual([
    "kubernetes_resource_quota_v1.Namespace_Quota",
    "kubernetes_limit_range_v1.Namespace_Limits",
    "kubernetes_default_service_account_v1.Namespace_DefaultServiceAccount",
    "kubernetes_network_policy_v1.Namespace_DefaultDeny",
    "kubernetes_network_policy_v1.Namespace_Dns",
    "kubernetes_network_policy_v1.Namespace_within-namespace_Egress",
    "kubernetes_network_policy_v1.Namespace_within-namespace_Ingress",
    "helm_release.First",
    "terraform_data.Other",
    "terraform_data.Gate",
  ]);
});

/** What two releases wait for: one in another namespace, and one in that of an account. */
function waits(
  build: (scope: TerraformStack, role: IRole, release: () => HelmRelease) => void,
): readonly (readonly string[])[] {
  const stack = synthesizeWith((scope) => {
    const cluster = testCluster(scope);
    new ClusterProviders(scope, "Providers", { cluster });
    const namespace = testNamespace(scope);
    const { role } = new ServiceAccount(scope, "Account", { namespace, name: "api", cluster, statements: [] });
    build(scope, role, () => new HelmRelease(scope, "Release", { releaseName: "api", namespace, chart }));
    new HelmRelease(scope, "Other", { releaseName: "api", namespace: testNamespace(scope, "reports"), chart });
  });
  return Object.values(stack.resources("helm_release")).map(({ depends_on: addresses = [] }) =>
    (addresses as string[]).map((address) => address.replace(/_[0-9A-F]{8}$/, "")),
  );
}

const ACCOUNT = ["kubernetes_service_account_v1.Account", "aws_eks_pod_identity_association.Account_Identity"];

test("what a role is granted before the release is made is there before its pods", () => {
  const found = waits((scope, role, release) => {
    testKey(scope).grantDecrypt(role);
    release();
  });
  expect(found).toEqual([[], [...ACCOUNT, "aws_iam_role_policy.Account_Identity_Role_Decrypt-Key"]]);
});

test("a right on what the release brings comes after it", () => {
  const found = waits((_, role, release) => {
    role.addPolicy("Read", [{ Effect: "Allow", Action: "s3:GetObject", Resource: release().resource.id }]);
  });
  expect(found).toEqual([[], ACCOUNT]);
});
