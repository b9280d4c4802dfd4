import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalBackend, TerraformStack, Testing } from "cdktf";
import type { ICluster } from "../../../lib/eks/cluster-interface";
import { ClusterProviders, getTokenArguments } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { type Body, synthesize, synthesizeWith, testStack } from "../../support/synth";
import { aToken } from "../../support/tokens";

const roleArn = "arn:aws:iam::111122223333:role/platform-deploy";
const getToken = ["eks", "get-token", "--output", "json", "--cluster-name", "test", "--region", "eu-west-3"];

function providers(role?: string): Readonly<Record<string, readonly Body[]>> {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope), roleArn: role });
  });
  expect(stack.census).toEqual({}); // providers only
  return stack.json.provider as Readonly<Record<string, readonly Body[]>>;
}

test("minimal: both providers log in anew for every call, as the caller, by the cluster's literal name", () => {
  const { kubernetes, helm } = providers();
  const connection = {
    host: "https://test.eks.example",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
    cluster_ca_certificate: '${base64decode("Y2E=")}',
  };
  const exec = { api_version: "client.authentication.k8s.io/v1beta1", command: "aws", args: getToken };
  expect(kubernetes).toEqual([{ ...connection, exec: [exec] }]);
  expect(helm).toEqual([{ kubernetes: { ...connection, exec } }]);
});

test("maximal: both log in as the role that is named", () => {
  const args = [...getToken, "--role-arn", roleArn];
  const { kubernetes, helm } = providers(roleArn);
  expect(kubernetes).toMatchObject([{ exec: [{ args }] }]);
  expect(helm).toMatchObject([{ kubernetes: { exec: { args } } }]);
});

test("no token, password or client key is configured anywhere, and no data source reads one", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope), roleArn });
  });
  const { aws, ...login } = stack.json.provider as Readonly<Record<string, unknown>>;
  expect(aws).toHaveLength(1);
  const settings = /"(token|password|username|client_key|client_certificate|config_path)":/;
  expect(JSON.stringify({ token: "x" })).toMatch(settings);
  expect(JSON.stringify(login)).toContain("get-token");
  expect(JSON.stringify(login)).not.toMatch(settings);
  expect(stack.json).toHaveProperty("provider");
  expect(stack.json).not.toHaveProperty("data");
});

test("the arguments print a token for the cluster's own region", () => {
  const cluster: ICluster = testCluster(testStack());
  expect(getTokenArguments(cluster)).toEqual(getToken);
  expect(getTokenArguments(cluster, roleArn).slice(-2)).toEqual(["--role-arn", roleArn]);
});

test("refuses a cluster whose name is only known at apply", () => {
  const scope = testStack();
  const cluster = Object.assign(testCluster(scope), { clusterName: aToken() });
  expect(messageOf(() => new ClusterProviders(scope, "Providers", { cluster }))).toBe(
    "'cluster.clusterName' must be known at synth, got a token at test/Providers; write the value itself instead of another resource's attribute",
  );
});

test.each([
  ["~/.kube/config", "~/.kube/config"],
  ["/etc/kubernetes/admin.conf", "/etc/kubernetes/admin.conf"],
  ["kubeconfig.yaml", "../../../kubeconfig.yaml"],
  ["C:/kube/config", "C:/kube/config"],
  ["./clusters/desk.yaml", "../../../clusters/desk.yaml"],
])("a kubeconfig at %s is %s for Terraform, and its context is named", (path, seen) => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { kubeconfig: { path, context: "minikube" } });
  });
  const { kubernetes, helm } = stack.json.provider as Readonly<Record<string, unknown>>;
  expect(kubernetes).toEqual([{ config_path: seen, config_context: "minikube" }]);
  expect(helm).toEqual([{ kubernetes: { config_path: seen, config_context: "minikube" } }]);
});

test("from an output folder of another depth the same file is found", () => {
  const [before, project] = [process.cwd(), mkdtempSync(join(tmpdir(), "providers-"))];
  mkdirSync(join(project, "build"));
  process.chdir(project);
  try {
    const stack = new TerraformStack(Testing.app({ outdir: "build/out" }), "desk");
    new LocalBackend(stack, { path: "desk.tfstate" });
    new ClusterProviders(stack, "Providers", { kubeconfig: { path: "kc/config", context: "minikube" } });
    expect(synthesize(stack).json.provider).toMatchObject({ kubernetes: [{ config_path: "../../../../kc/config" }] });
  } finally {
    process.chdir(before);
    rmSync(project, { recursive: true });
  }
});

test.each(["~", "~root/.kube/config", "$HOME/.kube/config", " ~/.kube/config", "kc ", "~/.kube/config:kc", "~/"])(
  "refuses the kubeconfig %j, which only a shell or kubectl would understand",
  (path) => {
    const build = () => new ClusterProviders(testStack(), "Providers", { kubeconfig: { path, context: "minikube" } });
    expect(messageOf(build)).toBe(
      `'kubeconfig.path' must be one file without variables: absolute, below '~/', or relative, got ${JSON.stringify(path)} at test/Providers; for example "~/.kube/config"`,
    );
  },
);

test("refuses a kubeconfig without path or context, both at once", () => {
  const build = () => new ClusterProviders(testStack(), "Providers", { kubeconfig: { path: " ", context: "" } });
  expect(messageOf(build)).toBe(
    [
      `'kubeconfig.path' must be given, got " " at test/Providers; for example "~/.kube/config"`,
      `'kubeconfig.context' must be given, got "" at test/Providers; see: kubectl config get-contexts`,
    ].join("\n"),
  );
});
