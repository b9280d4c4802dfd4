import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { registryLogin, withRegistryLogin } from "../../../lib/cli/registry-login";
import { HELM_VARIABLE } from "../../../lib/render/helm/helm";
import { ociRegistry } from "../../support/oci-registry";
import { FakeTools } from "./doctor-fakes";

const helm = process.env[HELM_VARIABLE] ?? "helm";
const ECR = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";
const OTHER_ACCOUNT = "444455556666.dkr.ecr.eu-west-3.amazonaws.com";
const OTHER_REGION = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
const AUTH = { auth: Buffer.from("AWS:short-lived").toString("base64") };

// Some start programs of their own.
jest.setTimeout(60_000);

let tools: FakeTools;
beforeEach(() => {
  tools = new FakeTools().aws({ "ecr get-login-password": { text: "short-lived\n" } });
});
afterEach(() => tools.remove());

/** What the user has for Helm. */
function userLogins(config: object): string {
  return tools.write(".config/helm/registry/config.json", JSON.stringify(config));
}

/** With the user's own folders in the one of this test. */
function env(more: Record<string, string> = {}): Record<string, string> {
  return { ...tools.env, XDG_CONFIG_HOME: join(tools.folder, ".config"), ...more };
}

async function loginsTo(hosts: readonly string[], variables = env()): Promise<unknown> {
  const login = await registryLogin(hosts, variables);
  try {
    return JSON.parse(readFileSync(login.env.HELM_REGISTRY_CONFIG ?? "", "utf8"));
  } finally {
    login.remove();
  }
}

test("a registry of ECR gets a token of its region, and hosts of others none", async () => {
  expect(await loginsTo([ECR, "ghcr.io", OTHER_ACCOUNT, OTHER_REGION, ECR])).toEqual({
    auths: { [ECR]: AUTH, [OTHER_ACCOUNT]: AUTH, [OTHER_REGION]: AUTH },
  });
  expect(tools.asked()).toEqual([
    "caller ecr get-login-password --region eu-central-1",
    "caller ecr get-login-password --region eu-west-3",
  ]);
});

test("the credentials of an assumed role are used when they are in the environment", async () => {
  await loginsTo([ECR], env({ AWS_SESSION_TOKEN: "of-the-role" }));
  expect(tools.asked()).toEqual(["of-the-role ecr get-login-password --region eu-west-3"]);
});

test("the file is the caller's alone, and is named for Helm and for Terraform's provider", async () => {
  const login = await registryLogin([ECR], env());
  const folder = login.env.HELM_CONFIG_HOME ?? "";
  const file = join(folder, "registry", "config.json");
  expect(login.env).toEqual({
    HELM_CONFIG_HOME: folder,
    HELM_REGISTRY_CONFIG: file,
    HELM_REGISTRY_CONFIG_PATH: file,
    HELM_REPOSITORY_CONFIG: join(tools.folder, ".config", "helm", "repositories.yaml"),
  });
  expect([folder, dirname(file), file].map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual([
    "700",
    "700",
    "600",
  ]);
  login.remove();
  expect(existsSync(folder)).toBe(false);
});

test("a list of repositories that the user names elsewhere stays named", async () => {
  const login = await registryLogin([ECR], env({ HELM_REPOSITORY_CONFIG: "/elsewhere/repositories.yaml" }));
  expect(login.env.HELM_REPOSITORY_CONFIG).toBe("/elsewhere/repositories.yaml");
  login.remove();
});

test("the user's logins and helpers for other hosts are kept, and for ours the token counts", async () => {
  const file = userLogins({
    auths: { "ghcr.io": { auth: "dXNlcjp3b3Jk" }, [ECR]: { auth: "b2xkOm9sZA==" } },
    credHelpers: { "registry.example.com": "pass", [ECR]: "ecr-login" },
    HttpHeaders: { "X-Of": "somebody" },
  });
  const before = readFileSync(file, "utf8");
  expect(await loginsTo([ECR])).toEqual({
    auths: { "ghcr.io": { auth: "dXNlcjp3b3Jk" }, [ECR]: AUTH },
    credHelpers: { "registry.example.com": "pass" },
    HttpHeaders: { "X-Of": "somebody" },
  });
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("a store for all hosts stays for those that the file names: for ours it would be asked first", async () => {
  userLogins({ auths: { "ghcr.io": {}, [ECR]: {} }, credHelpers: { "ghcr.io": "pass" }, credsStore: "desktop" });
  expect(await loginsTo([ECR])).toEqual({
    auths: { "ghcr.io": {}, [ECR]: AUTH },
    credHelpers: { "ghcr.io": "pass" },
  });
  userLogins({ auths: { "ghcr.io": {} }, credsStore: "desktop" });
  expect(await loginsTo([ECR])).toEqual({
    auths: { "ghcr.io": {}, [ECR]: AUTH },
    credHelpers: { "ghcr.io": "desktop" },
  });
});

test("HELM_REGISTRY_CONFIG is read before Helm's own place, and an empty file is none", async () => {
  userLogins({ auths: { "ghcr.io": {} } });
  const own = tools.write("own.json", "\n");
  expect(await loginsTo([ECR], env({ HELM_REGISTRY_CONFIG: own }))).toEqual({ auths: { [ECR]: AUTH } });
});

test("Helm itself pulls with the user's login and with the user's helper from the merged file", async () => {
  const registry = await ociRegistry({ login: "somebody:word" });
  // A helper of Docker: what Helm runs for hosts in credHelpers.
  const answer = JSON.stringify({ ServerURL: registry.host, Username: "somebody", Secret: "word" });
  tools.add("docker-credential-trial", `echo '${answer}'`);
  const pull = (login: Readonly<Record<string, string>>) =>
    new Promise<string>((done) => {
      const args = ["pull", `oci://${registry.host}/charts/api`, "--version", "1.0.0", "--plain-http"];
      execFile(helm, args, { env: { ...env(), ...login } }, (_, _out, errors) => done(errors.trim()));
    });
  const absent = `Error: ${registry.host}/charts/api:1.0.0: not found`;
  try {
    for (const config of [
      { auths: { [registry.host]: { auth: Buffer.from("somebody:word").toString("base64") } } },
      { auths: { [registry.host]: {} }, credsStore: "trial" },
    ]) {
      userLogins(config);
      expect(await withRegistryLogin([ECR], env(), pull)).toBe(absent);
    }
    userLogins({});
    expect(await withRegistryLogin([ECR], env(), pull)).toContain("no basic auth credentials");
  } finally {
    await registry.close();
  }
});

test("without a registry of ECR nothing is asked and nothing is laid over", async () => {
  rmSync(join(tools.bin, "aws"));
  expect(await withRegistryLogin(["ghcr.io", "127.0.0.1:5000"], env(), async (given) => given)).toEqual({});
});

test("the action's answer is handed on, and the file is gone", async () => {
  const file = await withRegistryLogin([ECR], env(), async ({ HELM_REGISTRY_CONFIG: path = "" }) => {
    expect(existsSync(path)).toBe(true);
    return path;
  });
  expect(existsSync(file)).toBe(false);
});

test("the file is gone when the action fails, and no listener stays", async () => {
  const before = process.listenerCount("SIGTERM");
  let file = "";
  const failing = withRegistryLogin([ECR], env(), async ({ HELM_REGISTRY_CONFIG: path = "" }) => {
    file = path;
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

const DENIED = "\nAn error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: no\n";

test.each<[string, () => unknown, string]>([
  [
    "no AWS CLI",
    () => rmSync(join(tools.bin, "aws")),
    "aws is not installed; install it and see that it is on the PATH",
  ],
  [
    "no permission",
    () => tools.aws({ "ecr get-login-password": { text: DENIED, exitCode: 254 } }),
    "GetAuthorizationToken (AccessDeniedException): no; ask for the permission",
  ],
  [
    "no credentials",
    () => tools.aws({ "ecr get-login-password": { text: "Unable to locate credentials", exitCode: 253 } }),
    "Unable to locate credentials; log in, or set AWS_PROFILE",
  ],
  ["no token", () => tools.aws({ "ecr get-login-password": {} }), "the AWS CLI gave no token; mend what it says"],
])("%s is one line, and leaves nothing", async (_, prepare, message) => {
  prepare();
  await expect(registryLogin([ECR], env())).rejects.toThrow(
    expect.objectContaining({ name: "CommandError", message: `no login to ${ECR}: ${message}` }),
  );
  expect(readdirSync(tools.folder).filter((name) => name.startsWith("eks-platform-registry-"))).toEqual([]);
});

test("logins that cannot be read are named, and not repeated", async () => {
  const file = tools.write("own.json", '{ "auths": { "ghcr.io": { "auth": "secret" }');
  await expect(registryLogin([ECR], env({ HELM_REGISTRY_CONFIG: file }))).rejects.toThrow(
    `${file} is not a file of logins as Helm writes it; mend it, or remove it and log in again`,
  );
});

const module_ = resolve(__dirname, "..", "..", "..", "lib", "cli", "registry-login.ts");

/** A program that has a login and then waits. */
function waiting(listens: boolean): ChildProcess {
  const script = `
    const { withRegistryLogin } = require(${JSON.stringify(module_)});
    const { setTimeout: sleep } = require("node:timers/promises");
    let ended = false;
    ${listens ? 'process.on("SIGTERM", () => { ended = true; });' : ""}
    withRegistryLogin([${JSON.stringify(ECR)}], process.env, async (env) => {
      console.log(env.HELM_REGISTRY_CONFIG);
      while (!ended) await sleep(20);
      console.log(require("node:fs").existsSync(env.HELM_REGISTRY_CONFIG) ? "there until the end" : "gone");
    });`;
  const args = ["--require", "tsx/cjs", "--eval", script];
  return spawn(process.execPath, args, { env: env(), stdio: ["ignore", "pipe", "inherit"] });
}

/** What it printed, and how it ended after the signal. */
async function signalled(child: ChildProcess, signal: NodeJS.Signals): Promise<{ lines: string[]; end: unknown }> {
  let out = "";
  const ended = new Promise<unknown>((done) => child.once("close", (code, by) => done(by ?? code)));
  await new Promise<void>((ready) =>
    child.stdout?.on("data", (chunk) => {
      out += String(chunk);
      if (out.includes("\n")) ready();
    }),
  );
  expect(existsSync(out.trim())).toBe(true);
  child.kill(signal);
  return { end: await ended, lines: out.trim().split("\n") };
}

test.each<NodeJS.Signals>(["SIGINT", "SIGTERM", "SIGHUP"])(
  "%s ends the program, and the file is gone",
  async (signal) => {
    const { end, lines } = await signalled(waiting(false), signal);
    expect(end).toBe(signal);
    expect(existsSync(dirname(dirname(lines[0] ?? "")))).toBe(false);
  },
);

test("where the program ends in its own way, the file is there until then", async () => {
  const { end, lines } = await signalled(waiting(true), "SIGTERM");
  expect(end).toBe(0);
  expect(lines[1]).toBe("there until the end");
  expect(existsSync(lines[0] ?? "")).toBe(false);
});

test("knows nothing of cdktf: a command starts fast", async () => {
  const script = `require(${JSON.stringify(module_)}); console.log(Object.keys(require.cache).filter((path) => /node_modules.(cdktf|constructs|@cdktf)/.test(path)).length)`;
  const file = join(tools.folder, "loaded.cjs");
  writeFileSync(file, script);
  const loaded = await new Promise<string>((done) => {
    execFile(
      process.execPath,
      ["--require", "tsx/cjs", file],
      { cwd: resolve(dirname(module_), "..", "..") },
      (_, out) => done(out.trim()),
    );
  });
  expect(loaded).toBe("0");
});
