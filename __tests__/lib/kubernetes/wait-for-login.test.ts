import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { waitForLogin } from "../../../lib/kubernetes/wait-for-login";

/** A stand-in for the API server, over plain HTTP, and a folder whose `aws` prints a credential. */
let server: Server;
let requests: { url?: string; authorization?: string }[];
let folder: string;
let status: number;

beforeEach(async () => {
  requests = [];
  status = 200;
  server = createServer(({ url, headers }, response) => {
    requests.push({ url, authorization: headers.authorization });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  folder = mkdtempSync(join(tmpdir(), "wait-for-login-"));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the provisioner as Terraform does, its escapes resolved. */
function run(aws: string, path = `${folder}${delimiter}${process.env.PATH}`): Promise<Ended> {
  writeFileSync(join(folder, "aws"), `#!/bin/sh\n${aws}\n`);
  chmodSync(join(folder, "aws"), 0o755);
  const { interpreter, environment, command } = provisioner(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
  const [shell = "", ...flags] = interpreter ?? [];
  const env = { ...environment, PATH: path, TMPDIR: folder };
  return new Promise((resolve) => {
    execFile(shell, [...flags, script(command)], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

function provisioner(endpoint: string) {
  return waitForLogin({
    endpoint,
    certificateAuthorityData: "Y2E=",
    tokenArguments: ["eks", "get-token", "--cluster-name", "test"],
    timeoutSeconds: 0,
  });
}

function script(command: string): string {
  return command.replaceAll("%%{", "%{").replaceAll("$${", "${");
}

const credential = `[ "$*" = "eks get-token --cluster-name test" ] && echo '{"status": {"token": "k8s-aws-v1.test"}}'`;

test("the script is valid for sh", () => {
  const check = (text: string) => () => execFileSync("/bin/sh", ["-n"], { input: text, stdio: "pipe" });
  expect(check(script(provisioner("https://x").command))()).toHaveLength(0);
  let broken = 0;
  try {
    check("while :; do")();
  } catch {
    broken += 1;
  }
  expect(broken).toBe(1);
});

test("no mark of Terraform's templates is left unescaped in it", () => {
  const { command } = provisioner("https://x");
  expect(command).toContain("%%{http_code}");
  expect(command).not.toMatch(/(^|[^%])%\{|(^|[^$])\$\{/);
});

test("a login that works ends it: asked by the token, which is in no output, and nothing is left behind", async () => {
  const ended = await run(credential);
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(requests).toEqual([{ url: "/api/v1/namespaces/kube-system", authorization: "Bearer k8s-aws-v1.test" }]);
  expect(readdirSync(folder)).toEqual(["aws"]);
});

test("what it writes can be read by the caller alone", async () => {
  const ended = await run(`umask > "$TMPDIR/umask"; ${credential}`);
  expect(ended.code).toBe(0);
  expect(readFileSync(join(folder, "umask"), "utf8")).toMatch(/^0*077\n$/);
});

test("a login that is refused ends with an error when the time is over, and says what the answer means", async () => {
  status = 401;
  const ended = await run(credential);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toBe(
    [
      "the cluster did not let this login in within 0 seconds (last answer: 401).",
      `000: no route to http://127.0.0.1:${(server.address() as AddressInfo).port} from here; 401 or 403: no access entry for this role.`,
      "",
    ].join("\n"),
  );
  expect(requests).toHaveLength(1);
  expect(readdirSync(folder)).toEqual(["aws"]);
});

test("without a credential the cluster is not asked, and the reason of aws is shown", async () => {
  const ended = await run("echo 'Unable to locate credentials' >&2; exit 253");
  expect(ended.code).toBe(1);
  expect(ended.stderr.split("\n").slice(0, 2)).toEqual([
    "Unable to locate credentials",
    "the cluster did not let this login in within 0 seconds (last answer: none).",
  ]);
  expect(requests).toEqual([]);
});

test("a machine without a tool is told which one", async () => {
  const ended = await run(credential, folder);
  expect(ended).toEqual({
    code: 1,
    stdout: "curl is needed where Terraform runs, and is not installed\n",
    stderr: "",
  });
});
