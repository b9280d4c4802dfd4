import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { FakeTools } from "./doctor-fakes";

jest.setTimeout(180_000);

let tools: FakeTools;
let server: Server | undefined;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => {
  tools.remove();
  server?.close();
});

const PROJECT = resolve(__dirname, "../../..");
const TSX = require.resolve("tsx");
/** A reference of Terraform. */
const SECRET = "$" + "{var.jwt_secret}";

interface Run {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the command in the folder of the fake tools, in a session of its own as a terminal would. */
function start(env: Record<string, string | undefined>, ...args: string[]): Run {
  const command = ["--import", TSX, join(PROJECT, "lib/cli/eks-platform.ts"), "deploy", ...args];
  const child = spawn(process.execPath, command, {
    cwd: tools.folder,
    env: { ...tools.env, TSX_TSCONFIG_PATH: join(PROJECT, "tsconfig.json"), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
  return { process: child, output: () => stdout, ended };
}

function deploy(...args: string[]) {
  return start({}, ...args).ended;
}

/** The project's cdktf, as a script. */
function cdktf(script: string): void {
  tools.script("node_modules/.bin/cdktf", script);
}

/** The real CLI, with the real Terraform. */
function realCdktf(): Record<string, string | undefined> {
  cdktf(`exec "${process.execPath}" "${join(PROJECT, "node_modules/cdktf-cli/bundle/bin/cdktf")}" "$@"`);
  tools.write("cdktf.json", JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }));
  return {
    PATH: process.env.PATH,
    TF_CLI_CONFIG_FILE: undefined,
    CHECKPOINT_DISABLE: "1",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CI: "true",
    NO_COLOR: "1",
    FORCE_COLOR: "0",
  };
}

/** A stack as it was synthesised, with nothing to be warned of. */
function synthesised(stack: object): void {
  // The real CLI reads it.
  const note = { metadata: { version: "0.21.0", stackName: "local", backend: "local", overrides: {} }, outputs: {} };
  tools.write("cdktf.out/stacks/local/cdk.tf.json", JSON.stringify({ "//": note, ...stack }));
  tools.write("cdktf.out/stacks/local/.terraform.lock.hcl", "");
  const local = {
    ...{ name: "local", constructPath: "local", annotations: [], dependencies: [] },
    ...{ workingDirectory: "stacks/local", synthesizedStackPath: "stacks/local/cdk.tf.json" },
  };
  tools.write("cdktf.out/manifest.json", JSON.stringify({ version: "0.21.0", stacks: { local } }));
}

function goodMachine(): void {
  tools
    .add("terraform", 'echo "Terraform v1.11.4"')
    .add("helm", 'printf "%s" v3.18.6')
    .add("kubectl", 'echo "Client Version: v1.35.2"');
}

const GOOD = [
  `ok   Node ${process.versions.node}`,
  "ok   Terraform 1.11.4",
  "ok   Helm 3.18.6",
  "ok   kubectl 1.35.2",
  "ok   stack local is synthesised",
  "ok   provider lock is there",
];
/** Writes down what it is called with. */
const NOTES = `printf '%s TF_INPUT=%s\\n' "$*" "$TF_INPUT" >> called`;

test("the real thing: synthesised, checked and applied; the value of a variable is in no file and no output", async () => {
  const env = { ...realCdktf(), TF_VAR_jwt_secret: "hush-hush" };
  const provisioner = [
    { "local-exec": { command: "printf '%s' \"$KEY\" | wc -c > length", environment: { KEY: SECRET } } },
  ];
  tools.write(
    "main.js",
    `const { App, LocalBackend, TerraformStack } = require(${JSON.stringify(join(PROJECT, "node_modules/cdktf"))});
    const app = new App();
    const stack = new TerraformStack(app, "local");
    new LocalBackend(stack, { path: "../../../terraform.local.tfstate" });
    stack.addOverride("variable.jwt_secret", { type: "string", ephemeral: true, sensitive: true });
    stack.addOverride("resource.terraform_data.Thing", ${JSON.stringify({ input: "made", provisioner })});
    app.synth();`,
  );
  const { code, stdout } = await start(env, "local", "--auto-approve", "--skip-provider-lock").ended;
  expect(stdout).toContain("ok   stack local is synthesised\n");
  expect(stdout).toContain("ok   TF_VAR_jwt_secret is set\n");
  expect(stdout).toContain("warn state lies in terraform.local.tfstate: not shared, not locked between machines\n");
  expect(stdout).toContain("Resources: 1 added, 0 changed, 0 destroyed.");
  expect(code).toBe(0);
  expect(tools.read("cdktf.out/stacks/local/length").trim()).toBe(String("hush-hush".length));
  expect(tools.read("terraform.local.tfstate")).toContain('"value": "made"');
  for (const text of [
    stdout,
    tools.read("terraform.local.tfstate"),
    tools.read("cdktf.out/stacks/local/cdk.tf.json"),
  ]) {
    expect(text).not.toContain("hush");
  }
});

/** Where Terraform keeps a state, and takes its time to. */
function slowStateServer(saved: string[], seen: string[]): Promise<string> {
  const states = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      seen.push(request.method ?? "");
      const isSave = request.method === "POST";
      if (request.method === "GET") response.writeHead(saved.length > 0 ? 200 : 404).end(saved.at(-1));
      else setTimeout(answer, isSave ? 1_500 : 0);
      function answer(): void {
        if (isSave && !response.destroyed) saved.push(body);
        response.end();
      }
    });
  });
  server = states;
  return new Promise((done) => {
    states.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${(states.address() as AddressInfo).port}`));
  });
}

/** Runs a command at a terminal, and closes that when it has shown a text. */
const CLOSED_TERMINAL = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execvp(sys.argv[2], sys.argv[2:])
seen = b""
while sys.argv[1].encode() not in seen: seen += os.read(terminal, 65536)
os.close(terminal)
os.waitpid(pid, 0)
`;

test.each([
  ["Ctrl-C", "SIGINT", true],
  ["the end of a job", "SIGTERM", false],
] as const)(
  "after %s Terraform saves its state and gives the lock back, and the command ends after it",
  async (_, signal, toGroup) => {
    const env = realCdktf();
    const saved: string[] = [];
    const seen: string[] = [];
    const address = await slowStateServer(saved, seen);
    const waits = { provisioner: [{ "local-exec": { command: "sleep 60" } }] };
    synthesised({
      terraform: { backend: { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } } },
      resource: { terraform_data: { Slow: waits } },
    });
    const run = start(env, "local", "--auto-approve", "--skip-synth", "--skip-provider-lock");
    while (!run.output().includes("Provisioning with") && run.process.exitCode === null) {
      await new Promise((done) => setTimeout(done, 100));
    }
    const { pid = 0 } = run.process;
    process.kill(toGroup ? -pid : pid, signal);
    // npm passes on what a terminal sent to everybody.
    if (toGroup) setTimeout(() => process.kill(pid, signal), 100);
    const { code, stdout } = await run.ended;
    expect(stdout).toContain("Please wait for Terraform to exit");
    expect(code).toBe(1);
    expect(saved.at(-1)).toMatch(/"status": "tainted"/);
    expect(seen.at(-1)).toBe("UNLOCK");
  },
);

test("a terminal that is closed is an interrupt: state and lock are as after Ctrl-C", async () => {
  const env = realCdktf();
  const saved: string[] = [];
  const seen: string[] = [];
  const address = await slowStateServer(saved, seen);
  const waits = { provisioner: [{ "local-exec": { command: "while :; do echo working; sleep 0.1; done" } }] };
  synthesised({
    terraform: { backend: { http: { address, lock_address: address, unlock_address: address, retry_max: 0 } } },
    resource: { terraform_data: { Slow: waits } },
  });
  const options = ["local", "--auto-approve", "--skip-synth", "--skip-provider-lock"];
  const command = [process.execPath, "--import", TSX, join(PROJECT, "lib/cli/eks-platform.ts"), "deploy", ...options];
  const terminal = spawn("python3", ["-c", CLOSED_TERMINAL, "Provisioning with", ...command], {
    cwd: tools.folder,
    env: { ...tools.env, TSX_TSCONFIG_PATH: join(PROJECT, "tsconfig.json"), ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  // It ends when the command has.
  expect(await new Promise((done) => terminal.once("close", done))).toBe(0);
  expect(saved.at(-1)).toMatch(/"status": "tainted"/);
  expect(seen.at(-1)).toBe("UNLOCK");
});

test("SIGINT to the command alone while it synthesises: nothing comes after", async () => {
  goodMachine();
  cdktf(`${NOTES}; echo synthesising; /bin/sleep 2`);
  synthesised({ terraform: {} });
  const run = start({}, "local", "--auto-approve");
  while (!run.output().includes("synthesising") && run.process.exitCode === null) {
    await new Promise((done) => setTimeout(done, 50));
  }
  process.kill(run.process.pid ?? 0, "SIGINT");
  expect(await run.ended).toEqual({
    code: 130,
    stdout: "synthesising\n",
    stderr: "eks-platform: cdktf synth was interrupted; nothing is deployed\n",
  });
  expect(tools.read("called")).toBe("synth --output cdktf.out TF_INPUT=\n");
});

test("a check that fails ends it: its lines, and cdktf does nothing but synth", async () => {
  goodMachine();
  cdktf(NOTES);
  synthesised({
    terraform: { backend: { local: { path: "../../../terraform.local.tfstate" } } },
    variable: { jwt_secret: { ephemeral: true } },
  });
  expect(await deploy("local", "--auto-approve")).toEqual({
    code: 1,
    stdout: [
      ...GOOD,
      "FAIL TF_VAR_jwt_secret is not set; export TF_VAR_jwt_secret=...",
      "warn state lies in terraform.local.tfstate: not shared, not locked between machines",
      "local is not deployed: mend what says FAIL",
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(tools.read("called")).toBe("synth --output cdktf.out TF_INPUT=\n");
});

test("a stack that synth does not write", async () => {
  goodMachine();
  cdktf(NOTES);
  synthesised({ terraform: {} });
  const { code, stdout } = await deploy("prod", "--skip-synth");
  expect(stdout).toContain("FAIL stack prod is not in cdktf.out; it has local; or run: npx cdktf synth\n");
  expect(stdout.endsWith("prod is not deployed: mend what says FAIL\n")).toBe(true);
  expect(code).toBe(1);
  expect(existsSync(join(tools.folder, "called"))).toBe(false);
});

test("cdktf gets the options, and its exit code is the command's", async () => {
  goodMachine();
  cdktf(`${NOTES}; [ "$1" = synth ] || exit 7`);
  tools.write("out/stacks/local/cdk.tf.json", '{"terraform": {}}');
  tools.write("out/stacks/local/.terraform.lock.hcl", "");
  expect(await deploy("local", "--out", "out")).toEqual({ code: 7, stdout: `${GOOD.join("\n")}\n`, stderr: "" });
  expect((await deploy("local", "--out", "out", "--auto-approve", "--skip-synth", "--skip-provider-lock")).code).toBe(
    7,
  );
  expect(tools.read("called").split("\n")).toEqual([
    "synth --output out TF_INPUT=",
    "deploy local --skip-synth --output out TF_INPUT=",
    "deploy local --skip-synth --output out --auto-approve --skip-provider-lock TF_INPUT=0",
    "",
  ]);
});

test("a synth that fails ends it before anything is asked", async () => {
  cdktf("echo 'dev: something is wrong' >&2; exit 1");
  expect(await deploy("local")).toEqual({
    code: 1,
    stdout: "",
    stderr: "dev: something is wrong\neks-platform: cdktf synth failed; mend what it says above; nothing is deployed\n",
  });
});

test("a project without cdktf", async () => {
  expect(await deploy("local")).toEqual({
    code: 1,
    stdout: "",
    stderr: "eks-platform: cdktf is not installed in this project; run: npm install --save-dev cdktf-cli\n",
  });
});

test("a chart in a registry of AWS: logged in as the deploy role while it runs, and gone afterwards", async () => {
  goodMachine();
  const identity = '{"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/ana"}';
  const credentials = '{"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "deploy-session"}}';
  tools.aws({
    "--version ": { text: "aws-cli/2.31.5 Python/3.13.7" },
    "sts get-caller-identity": { text: identity },
    "sts assume-role": { text: credentials },
    "ecr get-login-password": { text: "hush" },
  });
  const role_arn = "arn:aws:iam::111122223333:role/platform-deploy";
  const host = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";
  synthesised({
    terraform: {},
    provider: { aws: [{ region: "eu-west-3", allowed_account_ids: ["111122223333"], assume_role: [{ role_arn }] }] },
    resource: { helm_release: { api: { repository: `oci://${host}/charts`, chart: "api" } } },
  });
  cdktf(
    `printf '%s\\n' "$HELM_REGISTRY_CONFIG_PATH" "\${AWS_SESSION_TOKEN:-caller}" > called; while read -r line || [ -n "$line" ]; do printf '%s\\n' "$line"; done < "$HELM_REGISTRY_CONFIG_PATH" > login`,
  );
  const { code, stdout, stderr } = await deploy("local", "--skip-synth");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`ok   registry ${host} gives a token\n`);
  expect(stdout).not.toContain("hush");
  const [file = "", who] = tools.read("called").split("\n");
  // Terraform assumes the role itself.
  expect(who).toBe("caller");
  expect(existsSync(file)).toBe(false);
  const { auths } = JSON.parse(tools.read("login")) as { auths: Record<string, { auth: string }> };
  expect(Buffer.from(auths[host]?.auth ?? "", "base64").toString()).toBe("AWS:hush");
  expect(readFileSync(join(tools.folder, "asked"), "utf8").match(/^.* ecr get-login-password/gm)).toEqual([
    "deploy-session ecr get-login-password",
    "deploy-session ecr get-login-password",
  ]);
});
