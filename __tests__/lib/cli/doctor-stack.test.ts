import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TerraformStack, TerraformVariable } from "cdktf";
import { outputChecks } from "../../../lib/cli/doctor/output-checks";
import { readStack, stacksIn } from "../../../lib/cli/doctor/stack";
import { awsProvider } from "../../../lib/core/aws-provider";
import { Cluster } from "../../../lib/eks/cluster";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { Secret } from "../../../lib/kubernetes/secret";
import { useLocalState } from "../../../lib/state/local-state";
import { useS3State } from "../../../lib/state/s3-state";
import { stateLocation } from "../../../lib/state/state-location";
import { account } from "../../support/account";
import { clusterProps, testCluster } from "../../support/cluster";
import { testNamespace } from "../../support/namespace";
import { synthesize, testApp } from "../../support/synth";
import { found } from "./doctor-fakes";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-stack-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const ROLE = "arn:aws:iam::111122223333:role/platform-deploy";

/** Writes a file below the folder, last changed at that second. */
function write(path: string, content: string, second = 1_000_000): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, second, second);
}

/** Reads a stack back that the library's own constructs made. */
function readBack(build: (stack: TerraformStack) => void) {
  const stack = new TerraformStack(testApp(), "staging");
  build(stack);
  write("stacks/staging/cdk.tf.json", JSON.stringify(synthesize(stack).json));
  return readStack(folder, "staging");
}

test("what the library writes is what the doctor reads", () => {
  const stack = readBack((scope) => {
    awsProvider(scope, "Aws", { account, roleArn: ROLE });
    awsProvider(scope, "Copies", { account: { ...account, region: "eu-central-1" }, alias: "copies" });
    useS3State(scope, { location: stateLocation(account), roleArn: "arn:aws:iam::111122223333:role/state" });
    const cluster = new Cluster(scope, "Cluster", { ...clusterProps(scope), removal: "destroy" });
    new ClusterProviders(scope, "Providers", { cluster, roleArn: ROLE });
  });
  expect(stack).toEqual({
    name: "staging",
    folder: join(folder, "stacks/staging"),
    file: join(folder, "stacks/staging/cdk.tf.json"),
    providers: expect.arrayContaining(["aws", "helm", "kubernetes"]),
    target: {
      region: "eu-west-3",
      accountIds: ["111122223333"],
      role: { roleArn: ROLE, sessionName: "cdktf-eks-platform", externalId: undefined },
    },
    backend: {
      bucket: "eks-platform-tfstate-111122223333-eu-west-3",
      key: "stacks/staging/terraform.tfstate",
      region: "eu-west-3",
      keyId: "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate",
      lockTable: "eks-platform-tfstate-locks",
      lockFile: true,
      role: { roleArn: "arn:aws:iam::111122223333:role/state", sessionName: undefined, externalId: undefined },
      endpoints: {},
    },
    cluster: { name: "test", version: "1.35", publicEndpoint: false },
    loginArguments: expect.arrayContaining(["get-token", "--cluster-name", "test", "--role-arn", ROLE]),
    buckets: [],
    variables: [],
    registries: [],
    usesAws: true,
  });
});

test("a stack for a cluster by kubeconfig, with Secrets and a state in a file", () => {
  const stack = readBack((scope) => {
    useLocalState(scope);
    new ClusterProviders(scope, "Providers", { kubeconfig: { path: "kube/config", context: "minikube" } });
    const namespace = testNamespace(scope);
    const variables = { JWT_SECRET: "jwt_secret", CREDS_KEY: "creds_key" };
    new Secret(scope, "Credentials", { namespace, secretName: "credentials", variables, revision: 1 });
    new Secret(scope, "Copy", { namespace, secretName: "copy", variables: { KEY: "creds_key" }, revision: 1 });
    new TerraformVariable(scope, "level", { default: "1" });
  });
  const credentials = expect.stringMatching(/^kubernetes_secret_v1\.Credentials_\w+$/);
  const copy = expect.stringMatching(/^kubernetes_secret_v1\.Copy_\w+$/);
  expect(stack).toMatchObject({
    target: undefined,
    backend: undefined,
    otherState: { type: "local", path: join(folder, "../terraform.staging.tfstate") },
    loginArguments: undefined,
    kubeconfig: { path: join(folder, "../kube/config"), context: "minikube", kubernetesVersion: undefined },
    registries: [],
    usesAws: false,
  });
  expect([...(stack?.variables ?? [])].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: "creds_key", neededBy: expect.arrayContaining([credentials, copy]) },
    { name: "jwt_secret", neededBy: [credentials] },
  ]);
});

test.each([
  ["/etc/kubeconfig", "/etc/kubeconfig"],
  ["~/.kube/config", join(homedir(), ".kube/config")],
])("a kubeconfig at %s is there for every stack", (config_path, path) => {
  const provider = { kubernetes: [{ config_path }] };
  write("stacks/local/cdk.tf.json", JSON.stringify({ terraform: {}, provider }));
  expect(readStack(folder, "local")?.kubeconfig?.path).toBe(path);
});

test("releases tell registries of AWS, and the version that the stack is made for", () => {
  const host = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";
  const helm_release = {
    one: { repository: `oci://${host}/charts`, chart: "api" },
    two: { chart: `oci://${host}/charts/web`, "//": { eksPlatform: { kubernetesVersion: "1.35" } } },
    three: { repository: "oci://ghcr.io/danny-avila/librechat-chart", chart: "librechat" },
    four: { repository: "https://charts.example.com", chart: "web" },
    five: { repository: "oci://111122223333.dkr.ecr.eu-west-3.amazonaws.com.example.com/charts", chart: "web" },
    six: { chart: "./assets/web" },
  };
  const provider = { kubernetes: [{ config_path: "/config" }] };
  write("stacks/local/cdk.tf.json", JSON.stringify({ terraform: {}, provider, resource: { helm_release } }));
  expect(readStack(folder, "local")).toMatchObject({
    kubeconfig: { path: "/config", kubernetesVersion: "1.35" },
    registries: [host],
    usesAws: true,
  });
});

test("a variable is needed by what reads it, and not by what reads another of a longer name", () => {
  const resource = { terraform_data: { a: { input: `$${"{var.key}"}` }, b: { input: `$${"{var.key_two}"}` } } };
  write("stacks/local/cdk.tf.json", JSON.stringify({ terraform: {}, variable: { key: {} }, resource }));
  expect(readStack(folder, "local")?.variables).toEqual([{ name: "key", neededBy: ["terraform_data.a"] }]);
});

test("a state in another backend", () => {
  write("stacks/local/cdk.tf.json", '{"terraform": {"backend": {"gcs": {"bucket": "states"}}}}');
  expect(readStack(folder, "local")).toMatchObject({ otherState: { type: "gcs" }, backend: undefined, usesAws: false });
});

test("a cluster of another stack is known by the login to it", () => {
  const stack = readBack((scope) => {
    awsProvider(scope, "Aws", { account });
    useS3State(scope, { location: stateLocation(account), locking: "s3" });
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
  });
  expect(stack?.cluster).toEqual({ name: "test" });
  expect(stack?.backend?.lockTable).toBeUndefined();
  expect(stack?.target?.role).toBeUndefined();
});

test("a stack without account, state and cluster has nothing to be asked for", () => {
  write("stacks/plain/cdk.tf.json", '{"terraform": {}}');
  expect(readStack(folder, "plain")).toMatchObject({ target: undefined, backend: undefined, cluster: undefined });
});

test.each(['{"terraform": {', "null", "[]", "{}"])("a stack that is not whole is one line: %s", (content) => {
  write("stacks/staging/cdk.tf.json", content);
  expect(() => readStack(folder, "staging")).toThrow(
    new Error(`${folder}/stacks/staging/cdk.tf.json is not what synth writes; run again: npx cdktf synth`),
  );
});

test("a stack that is not there, and the ones that are", () => {
  write("stacks/staging/cdk.tf.json", '{"terraform": {}}');
  write("stacks/dev/cdk.tf.json", '{"terraform": {}}');
  expect(readStack(folder, "prod")).toBeUndefined();
  expect(stacksIn(folder)).toEqual(["dev", "staging"]);
  expect(stacksIn(join(folder, "nowhere"))).toEqual([]);
});

/** What is said of a stack that was synthesised at second 1000000 and needs the provider aws. */
function lookAtOutput() {
  write("out/stacks/staging/cdk.tf.json", '{"terraform": {"required_providers": {"aws": {"source": "aws"}}}}');
  const stack = readStack(join(folder, "out"), "staging");
  if (!stack) throw new Error("no stack");
  return found(outputChecks(stack, folder));
}

test("an output that is newer than its sources, with its provider lock", async () => {
  write("main.ts", "", 999_999);
  write("stacks/environments.ts", "", 999_999);
  write("stacks/notes.md", "", 1_000_001);
  write("out/stacks/staging/.terraform.lock.hcl", 'provider "registry.terraform.io/hashicorp/aws" {\n}\n');
  expect(await lookAtOutput()).toEqual({
    "stack staging": { status: "ok", detail: "is synthesised" },
    "provider lock": { status: "ok", detail: "is there" },
  });
});

test("an output that is older than a source, without a provider lock", async () => {
  write("stacks/environments.ts", "", 1_000_001);
  expect(await lookAtOutput()).toEqual({
    "stack staging": {
      status: "warn",
      detail: "is older than stacks/environments.ts",
      fix: "run: npx cdktf synth",
    },
    "provider lock": {
      status: "warn",
      detail: "is missing: Terraform takes the providers that it gets",
      fix: "keep terraform.lock.hcl in Git beside cdktf.json, and run: npx cdktf synth",
    },
  });
});

test("a provider lock that lacks a provider of the stack", async () => {
  write("out/stacks/staging/.terraform.lock.hcl", 'provider "registry.terraform.io/hashicorp/helm" {\n}\n');
  expect((await lookAtOutput())["provider lock"]?.detail).toBe("does not name aws");
});
