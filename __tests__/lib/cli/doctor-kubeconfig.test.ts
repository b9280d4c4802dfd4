import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { kubeconfigChecks } from "../../../lib/cli/doctor/kubeconfig-checks";
import { blankStack, FakeTools, found } from "./doctor-fakes";

let tools: FakeTools;
/** A stand-in for the API server, over plain HTTP. */
let server: Server;
let status: number;

beforeEach(async () => {
  tools = new FakeTools().real("kubectl");
  status = 200;
  server = createServer(({ url }, response) => {
    const answer =
      url === "/version" || url?.startsWith("/version?") ? { major: "1", minor: "35", gitVersion: "v1.35.2" } : {};
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  tools.remove();
  await new Promise((resolve) => server.close(resolve));
});

function kubeconfig(): string {
  const { port } = server.address() as AddressInfo;
  return `
current-context: kind-dev
contexts:
  - { name: kind-dev, context: { cluster: kind, user: ana } }
  - { name: minikube, context: { cluster: minikube, user: minikube } }
  - { name: no-cluster, context: { cluster: gone, user: ana } }
  - { name: no-user, context: { cluster: minikube, user: gone } }
  - { name: unsaid, context: { cluster: minikube } }
  - { name: unclustered, context: { user: ana } }
clusters:
  - { name: kind, cluster: { server: "http://127.0.0.1:1" } }
  - { name: minikube, cluster: { server: "http://127.0.0.1:${port}" } }
users:
  - { name: ana, user: { token: hush } }
  - { name: minikube, user: { token: hush } }
`;
}

function path(): string {
  return join(tools.folder, "config");
}

/** What is said of a cluster whose kubeconfig has this content. */
function look(context: string | undefined, content: string | undefined, kubernetesVersion?: string, mode = 0o600) {
  if (content !== undefined) {
    tools.write("config", content);
    chmodSync(path(), mode);
  }
  const stack = { ...blankStack, kubeconfig: { path: path(), context, kubernetesVersion } };
  return found(kubeconfigChecks(stack, tools.ask()));
}

const NOT_ASKED = { status: "skip", detail: "was not asked for: needs kubeconfig" };
const NAME_ANOTHER = "mend kubeconfig.context of the environment, or start the cluster";
const START_AGAIN = "start the cluster again, so that its tool writes the context anew";

/** What to do about a cluster that does not answer. */
function start(context: string): string {
  return `see that the cluster runs and that this login is still good: kubectl --kubeconfig ${path()} --context ${context} get nodes`;
}
const MEND = "name another file in kubeconfig.path of the environment, or have this one written again";

test("a cluster that answers, of the version that the stack is made for", async () => {
  expect(await look("minikube", kubeconfig(), "1.35")).toEqual({
    kubeconfig: { status: "ok", detail: `is ${path()}` },
    context: { status: "ok", detail: "minikube" },
    "cluster access": { status: "ok", detail: "works, Kubernetes 1.35.2" },
  });
});

test("a cluster of another version than the stack is made for", async () => {
  expect((await look("minikube", kubeconfig(), "1.34"))["cluster access"]).toEqual({
    status: "warn",
    detail: "works, Kubernetes 1.35.2, and the stack is made for 1.34",
    fix: 'write kubernetesVersion: "1.35", or take another cluster',
  });
});

test("a file that is not there: one line, and nothing else is asked", async () => {
  expect(await look("minikube", undefined)).toEqual({
    kubeconfig: {
      status: "fail",
      detail: `${path()} is not there`,
      fix: "start the cluster, or name another file in kubeconfig.path of the environment",
    },
    context: NOT_ASKED,
    "cluster access": { status: "skip", detail: "was not asked for: needs context" },
  });
});

test("a folder in its place", async () => {
  tools.write("config/content", "");
  expect((await look("minikube", undefined)).kubeconfig).toEqual({
    status: "fail",
    detail: `${path()} is not a file`,
    fix: MEND,
  });
});

test("a pipe in its place is not waited for", async () => {
  execFileSync("mkfifo", [path()]);
  expect((await look("minikube", undefined)).kubeconfig).toEqual({
    status: "fail",
    detail: `${path()} is not a file`,
    fix: MEND,
  });
});

test("a file that is too large for a kubeconfig", async () => {
  expect((await look("minikube", `${kubeconfig()}#${"x".repeat(16 * 1024 * 1024)}`)).kubeconfig).toEqual({
    status: "fail",
    detail: `${path()} is larger than 16 MiB`,
    fix: MEND,
  });
});

test("a file that this user may not read", async () => {
  const isSuperuser = process.getuid?.() === 0;
  // The superuser may read everything, so it becomes nobody for a moment.
  tools.write("config", kubeconfig());
  chmodSync(path(), 0o000);
  if (isSuperuser) process.seteuid?.(65534);
  const results = await look("minikube", undefined).finally(() => isSuperuser && process.seteuid?.(0));
  expect(results.kubeconfig).toEqual({
    status: "fail",
    detail: `${path()} may not be read by this user`,
    fix: `let its owner run: chmod 600 ${path()}, or run this as its owner`,
  });
});

test.each([
  ["token: [hush", "is not YAML"],
  ["- hush", 'is no kubeconfig: it has no list "contexts"'],
  ["contexts: hush", 'is no kubeconfig: it has no list "contexts"'],
])("a file that is none, %j: its content is not repeated", async (content, says) => {
  expect((await look("minikube", content)).kubeconfig).toEqual({
    status: "fail",
    detail: `${path()} ${says}`,
    fix: MEND,
  });
});

test("a file that others can read", async () => {
  expect(await look("minikube", kubeconfig(), undefined, 0o644)).toMatchObject({
    kubeconfig: { status: "warn", detail: `${path()} is open to others`, fix: `run: chmod 600 ${path()}` },
    context: { status: "ok", detail: "minikube" },
  });
});

test("a context that is not in the file: the ones that are, the likeliest first", async () => {
  expect(await look("minkube", kubeconfig())).toMatchObject({
    context: {
      status: "fail",
      detail: `"minkube" is not in ${path()}, which has minikube, kind-dev, no-user, unsaid, no-cluster, unclustered`,
      fix: NAME_ANOTHER,
    },
    "cluster access": { status: "skip", detail: "was not asked for: needs context" },
  });
});

test.each(["", "contexts: []", "contexts: null", "kind: Config", "contexts:\ncurrent-context: ''"])(
  "a file without any context, %j",
  async (content) => {
    expect((await look("minikube", content)).kubeconfig).toEqual({
      status: "fail",
      detail: `${path()} has no context`,
      fix: "start the cluster",
    });
  },
);

test.each([
  ["no-cluster", 'the cluster "gone", which is not'],
  ["no-user", 'the user "gone", which is not'],
  ["unclustered", "no cluster"],
])("a context %s that leads nowhere", async (context, says) => {
  expect((await look(context, kubeconfig())).context).toEqual({
    status: "fail",
    detail: `"${context}" names ${says} in ${path()}`,
    fix: START_AGAIN,
  });
});

test("a context without a user: some clusters want none", async () => {
  expect(await look("unsaid", kubeconfig())).toEqual({
    kubeconfig: { status: "ok", detail: `is ${path()}` },
    context: {
      status: "warn",
      detail: `"unsaid" names no user in ${path()}: the cluster is asked without a login`,
      fix: START_AGAIN,
    },
    "cluster access": { status: "ok", detail: "works, Kubernetes 1.35.2" },
  });
});

test("no context named: the file's current one", async () => {
  expect((await look(undefined, kubeconfig())).context).toEqual({ status: "ok", detail: "kind-dev" });
  expect((await look(undefined, "contexts: [{ name: kind-dev }]")).context).toEqual({
    status: "fail",
    detail: `is not named, and ${path()} has no current one`,
    fix: NAME_ANOTHER,
  });
});

test("a cluster that does not run", async () => {
  expect((await look("kind-dev", kubeconfig()))["cluster access"]).toEqual({
    status: "fail",
    detail:
      "does not work: The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
    fix: start("kind-dev"),
  });
});

test("a login that the cluster refuses", async () => {
  status = 401;
  const access = (await look("minikube", kubeconfig()))["cluster access"];
  expect(access?.status).toBe("fail");
  expect(access?.detail).toMatch(/^does not work: .*(Unauthorized|logged in)/);
});

test.each([
  [
    "a plugin's words come first",
    "token=hush\nUnable to connect to the server: getting credentials: exec: exit code 1",
    "Unable to connect to the server: getting credentials: exec: exit code 1",
  ],
  ["a plugin's words come last", "error: hush\ntoken=hush", "kubectl ended with exit code 1"],
  ["nothing is said", "", "kubectl ended with exit code 1"],
])("of what a failed login says, only kubectl's own last line is repeated: %s", async (_, errors, says) => {
  tools.add("kubectl", `printf '%s\\n' '${errors}' >&2; exit 1`);
  expect((await look("minikube", kubeconfig()))["cluster access"]).toEqual({
    status: "fail",
    detail: `does not work: ${says}`,
    fix: start("minikube"),
  });
});

test("a cluster that never answers is not waited for", async () => {
  tools.add("kubectl", "/bin/sleep 8 & wait");
  const stack = { ...blankStack, kubeconfig: { path: tools.write("config", kubeconfig()), context: "minikube" } };
  expect((await found(kubeconfigChecks(stack, tools.ask(0.3))))["cluster access"]).toEqual({
    status: "fail",
    detail: "gave no answer within 0.3 s",
    fix: start("minikube"),
  });
});

test("without kubectl the cluster is not asked", async () => {
  const withoutKubectl = new FakeTools();
  const stack = { ...blankStack, kubeconfig: { path: tools.write("config", kubeconfig()), context: "minikube" } };
  expect((await found(kubeconfigChecks(stack, withoutKubectl.ask())))["cluster access"]).toEqual({
    status: "warn",
    detail: "was not asked for: kubectl is not found",
    fix: "install it to see more here",
  });
  withoutKubectl.remove();
});

test("an answer without a version", async () => {
  tools.add("kubectl", "echo '{}'");
  expect((await look("minikube", kubeconfig()))["cluster access"]?.detail).toBe(
    "does not work: the cluster does not tell its version",
  );
});

test("kubectl is asked with exactly this file and context", async () => {
  tools.add("kubectl", `echo "$*" > "${tools.folder}/arguments"; echo '{"serverVersion": {"gitVersion": "v1.35.2"}}'`);
  await look("minikube", kubeconfig());
  expect(tools.read("arguments")).toBe(
    `--kubeconfig ${path()} --context minikube version --output=json --request-timeout=10s\n`,
  );
});

test("a stack without a kubeconfig has no line", () => {
  expect(kubeconfigChecks(blankStack, tools.ask())).toEqual([]);
});
