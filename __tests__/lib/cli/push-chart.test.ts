import { execFile, execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { CommandError } from "../../../lib/cli/command-error";
import { pushChart } from "../../../lib/cli/push-chart";
import { HELM_VARIABLE } from "../../../lib/render/helm/helm";
import { untar } from "../../../lib/render/helm/tar";
import { type OciRegistry, type OciRegistryOptions, ociRegistry } from "../../support/oci-registry";
import { FakeTools } from "./doctor-fakes";

const command = resolve(__dirname, "..", "..", "..", "lib", "cli", "eks-platform.ts");
const helm = process.env[HELM_VARIABLE] ?? "helm";
const ECR = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";

const folder = mkdtempSync(join(tmpdir(), "push-chart-test-"));
const tools = new FakeTools();
const open: OciRegistry[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true });
  tools.remove();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((registry) => registry.close()));
});

async function registry(options: OciRegistryOptions = {}): Promise<OciRegistry> {
  const started = await ociRegistry(options);
  open.push(started);
  return started;
}

// Each runs Helm several times.
jest.setTimeout(60_000);

let charts = 0;

/** A chart of its own, that a test can change. */
function chart(version = "1.2.3"): string {
  charts += 1;
  const path = join(folder, `chart-${charts}`);
  cpSync("__tests__/fixtures/charts/echo", path, { recursive: true });
  const file = join(path, "Chart.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^version:.*$/m, `version: ${version}`));
  return path;
}

interface Run {
  readonly exitCode: number;
  readonly out: string;
  readonly errors: string;
}

/** As at a terminal; the registry answers in this process, so that it must not wait. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const settings = {
    encoding: "utf8",
    env: { ...process.env, HOME: folder, TMPDIR: tools.folder, HELM_REGISTRY_CONFIG: noLogins, ...env },
  } as const;
  return new Promise((done) => {
    const all = ["--require", "tsx/cjs", command, "push-chart", ...args];
    execFile(process.execPath, all, settings, (error, out, errors) =>
      done({ exitCode: error ? Number(error.code) : 0, out, errors }),
    );
  });
}

const noLogins = join(folder, "none");

/** The same in this process, without the second that a program takes to start. */
async function push(path: string, to: string, json = false): Promise<Run> {
  process.env.HELM_REGISTRY_CONFIG = noLogins;
  const [out, errors]: [string[], string[]] = [[], []];
  const log = jest.spyOn(console, "log").mockImplementation((line) => void out.push(`${line}\n`));
  const error = jest.spyOn(console, "error").mockImplementation((line) => void errors.push(`${line}\n`));
  try {
    await pushChart(path, { to, json });
    return { exitCode: 0, out: out.join(""), errors: errors.join("") };
  } catch (problem) {
    if (!(problem instanceof CommandError)) throw problem;
    return { exitCode: 1, out: out.join(""), errors: `eks-platform: ${problem.message}\n` };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

test("pushes a chart, and prints reference, digest and how a record names it", async () => {
  const { host, tags } = await registry({ immutable: true });
  const { exitCode, out, errors } = await run([chart(), "--to", `oci://${host}/charts/`]);
  const digest = tags.get("charts/echo:1.2.3");
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(out).toBe(
    [
      `oci://${host}/charts/echo:1.2.3`,
      digest,
      `chart: { repository: "oci://${host}/charts", name: "echo", version: "1.2.3" }\n`,
    ].join("\n"),
  );
});

test("what was pushed is the chart, as Helm pulls it", async () => {
  const { host } = await registry();
  const path = chart();
  await push(path, `oci://${host}/charts`);
  const to = mkdtempSync(join(folder, "pulled-"));
  const args = ["pull", `oci://${host}/charts/echo`, "--version", "1.2.3", "--plain-http", "--destination", to];
  await new Promise((done) => execFile(helm, args, done));
  const files = untar(readFileSync(join(to, "echo-1.2.3.tgz")));
  expect(files.get("echo/values.yaml")).toEqual(readFileSync(join(path, "values.yaml")));
  expect([...files.keys()].filter((file) => file.includes("/templates/"))).toHaveLength(4);
});

test("the same content again is said to be there, whenever it was packaged", async () => {
  const { host, tags } = await registry({ immutable: true });
  const path = chart();
  await push(path, `oci://${host}/charts`);
  const digest = tags.get("charts/echo:1.2.3");
  const { exitCode, out, errors } = await push(path, `oci://${host}/charts`, true);
  expect({ exitCode, errors, out: JSON.parse(out) }).toEqual({
    exitCode: 0,
    errors: "",
    out: {
      reference: `oci://${host}/charts/echo:1.2.3`,
      digest,
      pushed: false,
      chart: { repository: `oci://${host}/charts`, name: "echo", version: "1.2.3" },
    },
  });
  expect(await push(path, `oci://${host}/charts`)).toMatchObject({
    exitCode: 0,
    errors: "echo 1.2.3 is there already, with the same content\n",
  });
});

test.each<[string, (path: string) => void]>([
  ["a changed file", (path) => appendFileSync(join(path, "values.yaml"), "# changed\n")],
  ["a new file", (path) => writeFileSync(join(path, "templates", "more.yaml"), "")],
  ["a file less", (path) => rmSync(join(path, "templates", "NOTES.txt"))],
  ["another description", (path) => appendFileSync(join(path, "Chart.yaml"), "home: https://example.com\n")],
])("the same version with %s is refused where it would be overwritten, too", async (_, change) => {
  const { host, tags } = await registry({ immutable: false });
  const path = chart();
  await push(path, `oci://${host}/charts`);
  const digest = tags.get("charts/echo:1.2.3");
  change(path);
  expect(await push(path, `oci://${host}/charts`)).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: oci://${host}/charts/echo:1.2.3 is there already with other content (${digest}); raise the version in Chart.yaml\n`,
  });
  expect(tags.get("charts/echo:1.2.3")).toBe(digest);
});

test("a version that somebody pushed in between is refused by the registry, in one line", async () => {
  const { host } = await registry({ immutable: true, forgetful: true });
  const path = chart();
  await push(path, `oci://${host}/charts`);
  appendFileSync(join(path, "values.yaml"), "# changed\n");
  expect(await push(path, `oci://${host}/charts`)).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: oci://${host}/charts/echo has got a version 1.2.3 just now; run the same command again to see whether it is the same\n`,
  });
});

test("a tag has no plus sign, the version of a record has", async () => {
  const { host, tags } = await registry();
  const { out } = await push(chart("1.2.3+build.4"), `oci://${host}/charts`);
  expect([...tags.keys()]).toEqual(["charts/echo:1.2.3_build.4"]);
  expect(out).toContain(`oci://${host}/charts/echo:1.2.3_build.4\n`);
  expect(out).toContain('version: "1.2.3+build.4"');
  expect(await push(chart("1.2.3+build.4"), `oci://${host}/charts`)).toMatchObject({ exitCode: 0, out });
});

test("the user's own login is used for a registry that is not one of ECR", async () => {
  const { host, tags } = await registry({ login: "somebody:word" });
  const args = [chart(), "--to", `oci://${host}/charts`];
  expect(await run(args)).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: ${host} does not say whether it has echo 1.2.3: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials; log in: helm registry login ${host}\n`,
  });
  const login = join(folder, "login.json");
  const auth = Buffer.from("somebody:word").toString("base64");
  writeFileSync(login, JSON.stringify({ auths: { [host]: { auth } } }));
  expect(await run(args, { HELM_REGISTRY_CONFIG: login })).toMatchObject({ exitCode: 0, errors: "" });
  expect([...tags.keys()]).toEqual(["charts/echo:1.2.3"]);
});

test("a repository that is not there is one line", async () => {
  const { host } = await registry({ repositories: ["charts/other"] });
  const { exitCode, out, errors } = await push(chart(), `oci://${host}/charts`);
  expect({ exitCode, out, lines: errors.trimEnd().split("\n").length }).toEqual({ exitCode: 1, out: "", lines: 1 });
  expect(errors).toContain(`eks-platform: ${host} does not take echo 1.2.3: `);
});

test("a registry of ECR is logged in to, and nothing is left when that fails", async () => {
  tools.aws({
    "ecr get-login-password": {
      text: "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: not authorized",
      exitCode: 254,
    },
  });
  const env = { PATH: [tools.bin, dirname(process.execPath)].join(delimiter) };
  expect(await run([chart(), "--to", `oci://${ECR}/charts`, "--helm", helmOnDisk()], env)).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: no login to ${ECR}: GetAuthorizationToken (AccessDeniedException): not authorized; ask for the permission\n`,
  });
  expect(readdirSync(tools.folder).filter((name) => name.startsWith("eks-platform-"))).toEqual([]);
});

test("without the AWS CLI there is no login to ECR", async () => {
  const none = mkdtempSync(join(folder, "bin-"));
  const args = [chart(), "--to", `oci://${ECR}/charts`, "--helm", helmOnDisk()];
  expect(await run(args, { PATH: none })).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: no login to ${ECR}: aws is not installed; install it and see that it is on the PATH\n`,
  });
});

/** Helm by its path: these tests have a PATH of their own. */
function helmOnDisk(): string {
  return helm.includes("/") ? helm : execFileSync("/bin/sh", ["-c", `command -v ${helm}`], { encoding: "utf8" }).trim();
}

const EXAMPLE = "oci://<account>.dkr.ecr.<region>.amazonaws.com/charts";

test.each<[string, () => string[], string]>([
  [
    "no address",
    () => [chart()],
    `--to is missing; give where charts go, such as ${EXAMPLE}: the output charts_address of the registry's stack`,
  ],
  [
    "an address that is none of a registry",
    () => [chart(), "--to", "https://example.com/charts"],
    `--to must be oci://<host>/<path> in lower case, without a tag, got "https://example.com/charts"; for example ${EXAMPLE}`,
  ],
  [
    "a tag",
    () => [chart(), "--to", "oci://example.com/charts:1"],
    `--to must be oci://<host>/<path> in lower case, without a tag, got "oci://example.com/charts:1"; for example ${EXAMPLE}`,
  ],
  [
    "a password, which is not repeated",
    () => [chart(), "--to", "oci://me:word@example.com/charts"],
    `--to must be oci://<host>/<path> in lower case, without a tag; for example ${EXAMPLE}`,
  ],
  [
    "a token, which is not repeated",
    () => [chart(), "--to", "oci://127.0.0.1:1/charts?token=word"],
    `--to must be oci://<host>/<path> in lower case, without a tag, got "oci://127.0.0.1:1/charts?..."; for example ${EXAMPLE}`,
  ],
  [
    "a host in upper case",
    () => [chart(), "--to", "oci://Registry.example.com/charts"],
    `--to must be oci://<host>/<path> in lower case, without a tag, got "oci://Registry.example.com/charts"; for example ${EXAMPLE}`,
  ],
  [
    "a folder that is no chart",
    () => ["__tests__/lib/cli", "--to", "oci://127.0.0.1:1/charts"],
    "there is no Chart.yaml in __tests__/lib/cli; give the folder of a chart",
  ],
  [
    "a Helm that is not there",
    () => [chart(), "--to", "oci://127.0.0.1:1/charts", "--helm", "/nowhere/helm"],
    '"/nowhere/helm" cannot be run; needed is Helm 3, at least 3.14 and not 3.18.0; get one from https://helm.sh/docs/intro/install/ and name it with --helm or EKS_PLATFORM_HELM',
  ],
])("%s is one line", async (_, args, message) => {
  expect(await run(args())).toEqual({ exitCode: 1, out: "", errors: `eks-platform: ${message}\n` });
});

test("a chart without its dependencies says how to get them", async () => {
  const path = chart();
  appendFileSync(
    join(path, "Chart.yaml"),
    "\ndependencies: [{ name: web, version: 1.0.0, repository: https://example.com }]\n",
  );
  expect(await push(path, "oci://127.0.0.1:1/charts")).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: helm does not package ${path}: found in Chart.yaml, but missing in charts/ directory: web; run: helm dependency build ${path}\n`,
  });
});

test("a chart that Helm does not take is one line", async () => {
  const path = chart("soon");
  expect(await push(path, "oci://127.0.0.1:1/charts")).toEqual({
    exitCode: 1,
    out: "",
    errors: `eks-platform: helm does not package ${path}: validation: chart.metadata.version "soon" is invalid; mend the chart\n`,
  });
});
