import { identitiesOf } from "../../../lib/cli/doctor/identities";
import { registryChecks } from "../../../lib/cli/doctor/registry-checks";
import type { Stack } from "../../../lib/cli/doctor/stack";
import { type Answer, blankStack, FakeTools, found, passing } from "./doctor-fakes";

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

const ROLE = "arn:aws:iam::111122223333:role/platform-deploy";
const ASSUMED = '{"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "deploy-session"}}';
const HOST = "111122223333.dkr.ecr.eu-west-3.amazonaws.com";

function look(token: Answer, target?: Stack["target"], assumed: Answer = { text: ASSUMED }) {
  tools.aws({ "sts assume-role": assumed, "ecr get-login-password": token });
  const stack: Stack = { ...blankStack, registries: [HOST], target };
  const checks = registryChecks(stack, identitiesOf(stack, tools.ask(), {}));
  return found([passing("credentials"), passing("deploy role"), ...checks]);
}

test("a token can be had, as whoever runs the command, and is not shown", async () => {
  expect((await look({ text: "hush" }))[`registry ${HOST}`]).toEqual({ status: "ok", detail: "gives a token" });
  expect(tools.asked()).toEqual(["caller ecr get-login-password --region eu-west-3"]);
});

test("a token is asked for as the deploy role, in the registry's region", async () => {
  const target = { region: "us-east-1", accountIds: [], role: { roleArn: ROLE } };
  expect((await look({ text: "hush" }, target))[`registry ${HOST}`]?.status).toBe("ok");
  expect(tools.asked()).toEqual([
    `caller sts assume-role --role-arn ${ROLE} --role-session-name cdktf-eks-platform --duration-seconds 900 --region us-east-1`,
    "deploy-session ecr get-login-password --region eu-west-3",
  ]);
});

const DENIED: Answer = {
  text: "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: not authorized",
  exitCode: 254,
};

test("a login that may have no token", async () => {
  expect((await look(DENIED))[`registry ${HOST}`]).toEqual({
    status: "fail",
    detail: "gives no token: GetAuthorizationToken (AccessDeniedException): not authorized",
    fix: "ask for the permission",
  });
});

test("an AWS CLI that answers nothing", async () => {
  expect((await look({ text: "\n" }))[`registry ${HOST}`]).toEqual({
    status: "fail",
    detail: "gives no token: the AWS CLI answered nothing",
  });
});

test("a role that cannot be assumed", async () => {
  const denied = { text: "An error occurred (AccessDenied) when calling the AssumeRole operation: no", exitCode: 254 };
  const target = { region: "eu-west-3", accountIds: [], role: { roleArn: ROLE } };
  expect((await look({ text: "hush" }, target, denied))[`registry ${HOST}`]).toEqual({
    status: "fail",
    detail: "cannot be asked for a token: AssumeRole (AccessDenied): no",
    fix: "ask for the permission",
  });
});

test("a stack that pulls from no registry of AWS has no line", () => {
  expect(registryChecks(blankStack, identitiesOf(blankStack, tools.ask(), {}))).toEqual([]);
});
