import type { Stack } from "../../../lib/cli/doctor/stack";
import { isSupported } from "../../../lib/cli/doctor/terraform";
import { checkNode, toolChecks } from "../../../lib/cli/doctor/tool-checks";
import { blankStack, FakeTools, found } from "./doctor-fakes";

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

/** What the checks of tools say of the machine. */
function look(env: Record<string, string> = {}, seconds?: number, stack?: Stack) {
  return found(toolChecks(tools.ask(seconds), env, stack));
}

const INSTALL = "install AWS CLI 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
const HELM_FIX =
  "get Helm 3, at least 3.14 and not 3.18.0, from https://helm.sh/docs/intro/install/, or name one in EKS_PLATFORM_HELM";

test("a machine with everything", async () => {
  tools
    .add("terraform", 'echo "Terraform v1.11.4"; echo "on linux_amd64"')
    .add("aws", 'echo "aws-cli/2.31.5 Python/3.13.7 Linux/6.1 exe/x86_64"')
    .add("curl", 'echo "curl 8.5.0 (x86_64-pc-linux-gnu)"')
    .add("base64", "read text; printf works")
    .add("helm", 'printf "%s" v3.18.6')
    .add("kubectl", 'echo "Client Version: v1.35.2"');
  expect(await look()).toEqual({
    Node: { status: "ok", detail: process.versions.node },
    Terraform: { status: "ok", detail: "1.11.4" },
    "AWS CLI": { status: "ok", detail: "2.31.5" },
    curl: { status: "ok", detail: "8.5.0" },
    base64: { status: "ok", detail: "decodes" },
    Helm: { status: "ok", detail: "3.18.6" },
    kubectl: { status: "ok", detail: "1.35.2" },
  });
});

test("a machine with nothing: what a deploy needs fails, the rest warns", async () => {
  expect(await look()).toEqual({
    Node: { status: "ok", detail: process.versions.node },
    Terraform: {
      status: "fail",
      detail: 'not found as "terraform": needed for everything',
      fix: "install Terraform or OpenTofu, 1.11.0 or later but not 1.15.0 or 1.15.1",
    },
    "AWS CLI": {
      status: "fail",
      detail: "not found: needed for logins to the cluster and for the state store",
      fix: INSTALL,
    },
    curl: {
      status: "fail",
      detail: "not found: the readiness gate asks the cluster with it",
      fix: "install curl",
    },
    base64: {
      status: "fail",
      detail: "not found: the readiness gate reads certificates with it",
      fix: "install base64 of GNU coreutils or BusyBox",
    },
    Helm: {
      status: "warn",
      detail: "not found: charts cannot be rendered; no deploy needs it",
      fix: HELM_FIX,
    },
    kubectl: {
      status: "warn",
      detail: "not found: no deploy needs it",
      fix: "install it to look into the cluster",
    },
  });
});

test("tools that never answer are not waited for, even if what they started keeps their output open", async () => {
  const hangs = "/bin/sleep 8 & wait";
  for (const name of ["terraform", "aws", "curl", "base64", "helm", "kubectl"]) tools.add(name, hangs);
  const started = Date.now();
  const results = await look({}, 0.3);
  expect(Date.now() - started).toBeLessThan(7_000);
  expect(Object.values(results).map(({ status, detail }) => `${status} ${detail}`)).toEqual([
    `ok ${process.versions.node}`,
    'fail gave no answer to "terraform version"',
    "fail gave no answer within 0.3 s: needed for logins to the cluster and for the state store",
    "fail gave no answer within 0.3 s: the readiness gate asks the cluster with it",
    "fail gave no answer: the readiness gate reads certificates with it",
    "warn gave no answer within 0.3 s: charts cannot be rendered; no deploy needs it",
    "warn gave no answer within 0.3 s: no deploy needs it",
  ]);
  expect(results["AWS CLI"]?.fix).toBe("run it yourself to see what it waits for");
});

test.each([
  ["Terraform v1.10.5", "fail", "1.10.5 is too old"],
  ["Terraform v1.15.0", "fail", "1.15.0 breaks cdktf deploy with a lock table"],
  ["Terraform v1.15.1", "fail", "1.15.1 breaks cdktf deploy with a lock table"],
  ["Terraform v1.15.2", "ok", "1.15.2"],
  ["OpenTofu v1.10.6", "fail", "1.10.6 (OpenTofu) is too old"],
  ["OpenTofu v1.11.0", "ok", "1.11.0 (OpenTofu)"],
  ["what?", "fail", 'not found as "terraform": needed for everything'],
])("a terraform that says %s", async (says, status, detail) => {
  tools.add("terraform", `echo "${says}"`);
  expect((await look()).Terraform).toMatchObject({ status, detail });
});

test("Terraform is the one that TERRAFORM_BINARY_NAME names", async () => {
  tools.add("terraform", 'echo "Terraform v1.11.4"').add("tofu", 'echo "OpenTofu v1.11.0"');
  expect((await look({ TERRAFORM_BINARY_NAME: "tofu" })).Terraform).toEqual({
    status: "ok",
    detail: "1.11.0 (OpenTofu)",
  });
});

test("OpenTofu alone is not found by the cdktf CLI, and the fix names it", async () => {
  tools.add("tofu", 'echo "OpenTofu v1.11.0"');
  expect((await look()).Terraform).toEqual({
    status: "fail",
    detail: 'not found as "terraform": needed for everything',
    fix: "OpenTofu 1.11.0 is here: export TERRAFORM_BINARY_NAME=tofu",
  });
});

test.each([
  ["1.10.9", false],
  ["1.11.0", true],
  ["1.12.0-beta1", true],
  ["1.15.0", false],
  ["1.15.1", false],
  ["1.15.2", true],
  ["2.0.0", true],
  ["0.15.5", false],
])("whether Terraform %s is supported: %s", (version, supported) => {
  expect(isSupported(version)).toBe(supported);
});

test.each([
  [
    "aws-cli/1.23.13 Python/3.9",
    "fail",
    "1.23.13 is too old: needed for logins to the cluster and for the state store",
  ],
  ["aws-cli/2.6.4 Python/3.9", "fail", "2.6.4 is too old: needed for logins to the cluster and for the state store"],
  ["aws-cli/1.24.0 Python/3.9", "warn", '1.24.0 works, but has no "aws sso login"'],
  ["aws-cli/2.7.0 Python/3.9", "ok", "2.7.0"],
])("an AWS CLI that says %s", async (says, status, detail) => {
  tools.add("aws", `echo "${says}"`);
  expect((await look())["AWS CLI"]).toEqual({ status, detail, ...(status !== "ok" && { fix: INSTALL }) });
});

test("an AWS CLI that does not tell its version fails", async () => {
  tools.add("aws", "echo 'No module named awscli' >&2; exit 1");
  expect((await look())["AWS CLI"]?.detail).toBe(
    "does not tell its version (exit code 1): needed for logins to the cluster and for the state store",
  );
});

test("a base64 that decodes with another flag will not do", async () => {
  tools.add("base64", "echo 'invalid option -- d' >&2; exit 64");
  expect((await look()).base64?.detail).toBe('does not know "-d": the readiness gate reads certificates with it');
});

test("Helm is the one that EKS_PLATFORM_HELM names, and one that renders wrongly is told", async () => {
  tools.add("helm", "printf v3.17.3").add("other-helm", "printf v3.18.0");
  expect((await look()).Helm).toEqual({ status: "ok", detail: "3.17.3" });
  expect((await look({ EKS_PLATFORM_HELM: "other-helm" })).Helm).toEqual({
    status: "warn",
    detail: "3.18.0 cannot render charts; no deploy needs it",
    fix: HELM_FIX,
  });
});

test("Node is held against the engines of the package", () => {
  expect(checkNode("20.12.0")).toEqual({ status: "ok", detail: "20.12.0" });
  expect(checkNode("20.11.1")).toEqual({
    status: "fail",
    detail: "20.11.1 is not >=20.12",
    fix: "install Node >=20.12",
  });
});

test("only the tools that the stack needs are looked at", async () => {
  const names = async (changes: Partial<Stack>) => Object.keys(await look({}, 20, { ...blankStack, ...changes }));
  expect(await names({ usesAws: false })).toEqual(["Node", "Terraform", "Helm", "kubectl"]);
  expect(await names({ usesAws: true })).toEqual(["Node", "Terraform", "AWS CLI", "Helm", "kubectl"]);
  expect(await names({ loginArguments: ["eks", "get-token"] })).toEqual([
    "Node",
    "Terraform",
    "AWS CLI",
    "curl",
    "base64",
    "Helm",
    "kubectl",
  ]);
});
