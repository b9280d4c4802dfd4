import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { clusterChecks } from "../../../lib/cli/doctor/cluster-checks";
import { identitiesOf } from "../../../lib/cli/doctor/identities";
import type { Stack, StackCluster } from "../../../lib/cli/doctor/stack";
import { type Answer, blankStack, FakeTools, found, passing } from "./doctor-fakes";

/** A stand-in for the API server, over plain HTTP; the real one's certificate is tried in the engine run. */
let server: Server;
let requests: { url?: string; authorization?: string }[];
let status: number;
let tools: FakeTools;

beforeEach(async () => {
  requests = [];
  status = 200;
  tools = new FakeTools().real("curl");
  server = createServer(({ url, headers }, response) => {
    requests.push({ url, authorization: headers.authorization });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  tools.remove();
  await new Promise((resolve) => server.close(resolve));
});

const ROLE = "arn:aws:iam::111122223333:role/platform-deploy";
const ASSUMED = '{"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "deploy-session"}}';
const LOGIN = ["eks", "get-token", "--output", "json", "--cluster-name", "staging", "--role-arn", ROLE];
const TOKEN: Answer = { text: '{"status": {"token": "k8s-aws-v1.abc-_9"}}' };
const own: StackCluster = { name: "staging", version: "1.35", publicEndpoint: false };

function address(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function described(changes: object = {}): Answer {
  const cluster = {
    name: "staging",
    status: "ACTIVE",
    version: "1.35",
    endpoint: address(),
    certificateAuthority: { data: "Y2E=" },
    resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: [] },
  };
  return { text: JSON.stringify({ cluster: { ...cluster, ...changes } }) };
}

function look(answer: Answer, changes: Partial<Stack> = {}, token: Answer = TOKEN) {
  tools.aws({ "sts assume-role": { text: ASSUMED }, "eks describe-cluster": answer, "eks get-token": token });
  const stack: Stack = {
    ...blankStack,
    target: { region: "eu-west-3", accountIds: [], role: { roleArn: ROLE } },
    cluster: own,
    loginArguments: LOGIN,
    ...changes,
  };
  const ask = tools.ask();
  const checks = clusterChecks(stack, identitiesOf(stack, ask, {}), ask);
  const needed = ["credentials", "deploy role", "curl", "base64"].map(passing);
  return found([...needed, ...checks]);
}

test("a cluster that is there and lets the deploy in", async () => {
  expect(await look(described())).toMatchObject({
    cluster: { status: "ok", detail: "staging is ACTIVE, Kubernetes 1.35" },
    "login to the cluster": { status: "ok", detail: `works at ${address()}` },
  });
  expect(requests).toEqual([{ url: "/api/v1/namespaces/kube-system", authorization: "Bearer k8s-aws-v1.abc-_9" }]);
});

test("the cluster is described as the deploy role, and the token is asked for as Terraform does", async () => {
  await look(described());
  expect(tools.asked()).toEqual([
    `caller eks get-token --output json --cluster-name staging --role-arn ${ROLE}`,
    `caller sts assume-role --role-arn ${ROLE} --role-session-name cdktf-eks-platform --duration-seconds 900 --region eu-west-3`,
    "deploy-session eks describe-cluster --name staging --region eu-west-3",
  ]);
});

test("the token is in no argument, no result and no file that stays", async () => {
  tools.add("curl", `echo "$*" > "${tools.folder}/arguments"; printf 200`);
  const results = await look(described());
  expect(results["login to the cluster"]?.status).toBe("ok");
  expect(readFileSync(`${tools.folder}/arguments`, "utf8")).toMatch(/ --config - http:\S+\/kube-system\n$/);
  expect(readFileSync(`${tools.folder}/arguments`, "utf8")).not.toContain("k8s-aws-v1");
  expect(JSON.stringify(results)).not.toContain("k8s-aws-v1");
  expect(readdirSync(tools.folder).sort()).toEqual(["arguments", "asked", "bin"]);
});

const NOT_FOUND: Answer = {
  text: "An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for name: staging.",
  exitCode: 254,
};

test("a cluster that is not deployed yet is nothing to mend", async () => {
  expect(await look(NOT_FOUND)).toMatchObject({
    cluster: {
      status: "skip",
      detail:
        'staging is not deployed yet; its endpoint will be private: see "The first deploy to a private endpoint" in docs/cluster.md',
    },
    "login to the cluster": { status: "skip", detail: "was not asked for: needs cluster" },
  });
  expect((await look(NOT_FOUND, { cluster: { ...own, publicEndpoint: true } })).cluster?.detail).toBe(
    "staging is not deployed yet",
  );
});

test("a cluster of another stack must be there", async () => {
  expect((await look(NOT_FOUND, { cluster: { name: "staging" } })).cluster).toEqual({
    status: "fail",
    detail: "staging is not there, and the stack does not make it",
    fix: "deploy it first",
  });
});

test("a stack without anything in the cluster is asked for no login", async () => {
  expect(Object.keys(await look(described(), { loginArguments: undefined })).slice(4)).toEqual(["cluster"]);
});

test.each<[object, object]>([
  [{ status: "UPDATING" }, { status: "warn", detail: "staging is UPDATING", fix: "wait until it is ACTIVE" }],
  [{ status: "FAILED" }, { status: "fail", detail: "staging is FAILED", fix: "see why in the EKS console" }],
  [
    { version: "1.34" },
    {
      status: "warn",
      detail: "staging is ACTIVE, Kubernetes 1.34: the deploy upgrades it to 1.35, and there is no way back",
    },
  ],
  [
    { version: "1.33" },
    {
      status: "fail",
      detail: "staging is ACTIVE, Kubernetes 1.33, and the stack says 1.35: EKS takes one minor version at a time",
      fix: "write the next one",
    },
  ],
  [
    { version: "1.36" },
    {
      status: "fail",
      detail: "staging is ACTIVE, Kubernetes 1.36, and the stack says 1.35: EKS does not downgrade",
      fix: "write 1.36",
    },
  ],
])("a cluster with %j", async (changes, finding) => {
  expect((await look(described(changes))).cluster).toEqual(finding);
});

test("a cluster that is being made has no endpoint to ask", async () => {
  const results = await look(described({ status: "CREATING", endpoint: undefined }));
  expect(results["login to the cluster"]).toEqual({
    status: "skip",
    detail: "was not asked for: staging has no endpoint yet",
  });
});

test.each([
  [
    401,
    `is refused (401): ${ROLE} has no access entry`,
    'see "aws eks list-access-entries --cluster-name staging"; a new entry takes minutes to work',
  ],
  [
    403,
    `works, and ${ROLE} may not read the namespace kube-system (403)`,
    "give its access entry a policy, for example AmazonEKSClusterAdminPolicy",
  ],
])("a login that is answered %i", async (code, detail, fix) => {
  status = code;
  expect((await look(described()))["login to the cluster"]).toEqual({ status: "fail", detail, fix });
});

test("a login that something else answers", async () => {
  status = 503;
  expect((await look(described()))["login to the cluster"]).toEqual({
    status: "fail",
    detail: `is answered 503 by ${address()}`,
    fix: "see what stands between here and the cluster",
  });
});

test("no way to a private endpoint", async () => {
  const login = (await look(described({ endpoint: "http://127.0.0.1:1" })))["login to the cluster"];
  expect(login?.status).toBe("fail");
  expect(login?.detail).toMatch(/^has no way to http:\/\/127\.0\.0\.1:1: curl: \(7\) /);
  expect(login?.fix).toBe("the endpoint is private: run this in a network with a route to the VPC (docs/cluster.md)");
});

test("no way to a public endpoint: the ranges that may come in", async () => {
  const resourcesVpcConfig = { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "198.51.100.7/32"] };
  const login = (await look(described({ endpoint: "http://127.0.0.1:1", resourcesVpcConfig })))["login to the cluster"];
  expect(login?.fix).toBe(
    "run this from one of 203.0.113.0/24, 198.51.100.7/32, or from a network with a route to the VPC",
  );
});

test("an endpoint that does not prove to be the cluster's", async () => {
  tools.add(
    "curl",
    "echo 'curl: (60) SSL certificate problem: self-signed certificate in certificate chain' >&2; exit 60",
  );
  expect((await look(described()))["login to the cluster"]).toEqual({
    status: "fail",
    detail: `meets another server at ${address()} than the cluster: curl: (60) SSL certificate problem: self-signed certificate in certificate chain`,
    fix: "see which proxy opens TLS on the way",
  });
});

test.each<[string, Answer, object]>([
  [
    "refused",
    { text: "An error occurred (AccessDenied) when calling the AssumeRole operation: no", exitCode: 254 },
    { status: "fail", detail: "has no token: AssumeRole (AccessDenied): no", fix: "ask for the permission" },
  ],
  [
    "not a token",
    { text: '{"status": {"token": "a b\\" header"}}' },
    {
      status: "fail",
      detail: 'has no token: "aws eks get-token" answered something else',
      fix: "install AWS CLI 2",
    },
  ],
])("a token that is %s: the cluster is not asked", async (_, token, finding) => {
  expect((await look(described(), {}, token))["login to the cluster"]).toEqual(finding);
  expect(requests).toEqual([]);
});
