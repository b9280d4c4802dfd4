import { execFile, spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { FakeTools } from "./doctor-fakes";

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

const PROJECT = resolve(__dirname, "../../..");
const TSX = require.resolve("tsx");

/** Runs the command in the folder of the fake tools, which are all it finds. */
function doctor(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ["--import", TSX, join(PROJECT, "lib/cli/eks-platform.ts"), "doctor", ...args];
  const options = { cwd: tools.folder, env: { ...tools.env, TSX_TSCONFIG_PATH: join(PROJECT, "tsconfig.json") } };
  return new Promise((done) => {
    execFile(process.execPath, command, options, (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Every tool of a good machine; `aws` knows its version only. */
function goodMachine(): void {
  tools
    .add("terraform", 'echo "Terraform v1.11.4"')
    .add("aws", '[ "$1" = --version ] && echo "aws-cli/2.31.5 Python/3.13.7"')
    .add("curl", 'echo "curl 8.5.0"')
    .add("base64", "read text; printf works")
    .add("helm", 'printf "%s" v3.18.6')
    .add("kubectl", 'echo "Client Version: v1.35.2"');
}

const GOOD = [
  `ok   Node ${process.versions.node}`,
  "ok   Terraform 1.11.4",
  "ok   AWS CLI 2.31.5",
  "ok   curl 8.5.0",
  "ok   base64 decodes",
  "ok   Helm 3.18.6",
  "ok   kubectl 1.35.2",
];

test("without an environment: the tools, a line each", async () => {
  goodMachine();
  expect(await doctor()).toEqual({ code: 0, stdout: `${GOOD.join("\n")}\n`, stderr: "" });
});

test("with one that is not synthesised: the tools, and how to synthesise", async () => {
  goodMachine();
  expect(await doctor("staging")).toEqual({
    code: 1,
    stdout: `${[...GOOD, "FAIL stack staging is not in cdktf.out; run: npx cdktf synth"].join("\n")}\n`,
    stderr: "",
  });
  tools.write("out/stacks/dev/cdk.tf.json", '{"terraform": {}}');
  expect((await doctor("staging", "--out", "out")).stdout).toContain(
    "FAIL stack staging is not in out; it has dev; or run: npx cdktf synth\n",
  );
});

test("for programs: the same as JSON, and exit code 1 if anything fails", async () => {
  goodMachine();
  tools.aws({
    "--version ": { text: "aws-cli/2.31.5 Python/3.13.7" },
    "sts get-caller-identity": { text: '{"Account": "444455556666", "Arn": "arn:aws:iam::444455556666:user/ana"}' },
  });
  const provider = { aws: [{ region: "eu-west-3", allowed_account_ids: ["111122223333"] }] };
  tools.write("cdktf.out/stacks/staging/cdk.tf.json", JSON.stringify({ terraform: {}, provider }));
  const { code, stdout } = await doctor("staging", "--json");
  expect(code).toBe(1);
  const { environment, checks } = JSON.parse(stdout) as { environment: string; checks: object[] };
  expect(environment).toBe("staging");
  expect(checks).toHaveLength(8);
  expect(checks.at(-1)).toEqual({
    name: "credentials",
    status: "fail",
    detail: "are those of arn:aws:iam::444455556666:user/ana, and the stack is for account 111122223333",
    fix: "log in to that account, or set AWS_PROFILE",
  });
});

test("a variable that leads the providers elsewhere is a line", async () => {
  const provider = { kubernetes: [{ config_path: "~/.kube/config", config_context: "minikube" }] };
  tools.write("cdktf.out/stacks/local/cdk.tf.json", JSON.stringify({ terraform: {}, provider }));
  tools.env.KUBE_HOST = "https://hush.example.com";
  const { code, stdout } = await doctor("local");
  expect(code).toBe(1);
  expect(stdout).toContain(
    "\nFAIL KUBE_HOST is set: the providers would go there instead of the context; unset KUBE_HOST\n",
  );
  expect(stdout).not.toContain("hush");
});

test("for a cluster by kubeconfig nothing of AWS is needed, and each thing that is missing is a line", async () => {
  tools.add("terraform", 'echo "Terraform v1.11.4"').add("helm", 'printf "%s" v3.18.6');
  const stack = {
    terraform: { backend: { local: { path: "../../../terraform.local.tfstate" } } },
    provider: { kubernetes: [{ config_path: "~/.kube/config", config_context: "minikube" }] },
    variable: { jwt_secret: { ephemeral: true, sensitive: true, type: "string" } },
    resource: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Terraform
      kubernetes_secret_v1: { Credentials: { data_wo: { JWT_SECRET: "${var.jwt_secret}" } } },
    },
  };
  tools.write("cdktf.out/stacks/local/cdk.tf.json", JSON.stringify(stack));
  tools.write("cdktf.out/stacks/local/.terraform.lock.hcl", "");
  tools.write("cdktf.out/stacks/local/terraform.tfvars", 'jwt_secret = "hush"');
  expect(await doctor("local")).toEqual({
    code: 1,
    stdout: [
      `ok   Node ${process.versions.node}`,
      "ok   Terraform 1.11.4",
      "ok   Helm 3.18.6",
      "warn kubectl not found: no deploy needs it; install it to look into the cluster",
      "ok   stack local is synthesised",
      "ok   provider lock is there",
      "FAIL TF_VAR_jwt_secret is not set: kubernetes_secret_v1.Credentials needs it; export TF_VAR_jwt_secret=...",
      "warn state lies in terraform.local.tfstate: not shared, not locked between machines",
      `FAIL kubeconfig ${tools.folder}/.kube/config is not there; start the cluster, or name another file in kubeconfig.path of the environment`,
      "skip context was not asked for: needs kubeconfig",
      "skip cluster access was not asked for: needs context",
      "",
    ].join("\n"),
    stderr: "",
  });
});

test("a reader that goes away after the first line is no fault", async () => {
  goodMachine();
  const command = [process.execPath, "--import", TSX, join(PROJECT, "lib/cli/eks-platform.ts"), "doctor"];
  const env = { ...process.env, ...tools.env, TSX_TSCONFIG_PATH: join(PROJECT, "tsconfig.json") };
  const script = '{ "$@"; echo "code $?" >&2; } | read line';
  const { stderr } = spawnSync("/bin/bash", ["-c", script, "bash", ...command], { cwd: tools.folder, env });
  expect(String(stderr)).toBe("code 0\n");
});

test("a timeout that is none is refused", async () => {
  expect(await doctor("--timeout", "soon")).toEqual({
    code: 1,
    stdout: "",
    stderr: 'eks-platform: --timeout must be from 1 to 600 seconds, got "soon"; leave it out for 20\n',
  });
});
