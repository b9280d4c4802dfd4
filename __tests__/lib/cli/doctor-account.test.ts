import { accountChecks } from "../../../lib/cli/doctor/account-checks";
import { identitiesOf } from "../../../lib/cli/doctor/identities";
import type { Stack } from "../../../lib/cli/doctor/stack";
import { blankStack, FakeTools, found, passing } from "./doctor-fakes";

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

const ROLE = "arn:aws:iam::111122223333:role/platform-deploy";
const CALLER = '{"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/ana"}';
const STRANGER = '{"Account": "444455556666", "Arn": "arn:aws:iam::444455556666:user/ana"}';
const ASSUMED =
  '{"Credentials": {"AccessKeyId": "AKIA1", "SecretAccessKey": "hush", "SessionToken": "deploy-session"}}';

const base: Stack = {
  ...blankStack,
  target: { region: "eu-west-3", accountIds: ["111122223333"], role: { roleArn: ROLE, sessionName: "platform" } },
};
const withoutRole: Stack = { ...base, target: { region: "eu-west-3", accountIds: ["111122223333"] } };

function look(stack: Stack, env: Record<string, string> = {}, seconds?: number) {
  const identities = identitiesOf(stack, tools.ask(seconds), env);
  return found([passing("AWS CLI"), ...accountChecks(stack, identities)]);
}

test("credentials that may assume the deploy role", async () => {
  tools.aws({ "sts get-caller-identity": { text: CALLER }, "sts assume-role": { text: ASSUMED } });
  expect(await look(base)).toMatchObject({
    credentials: { status: "ok", detail: "are those of arn:aws:iam::111122223333:user/ana" },
    "deploy role": { status: "ok", detail: `${ROLE} can be assumed` },
  });
  expect(tools.asked()).toEqual([
    `caller sts assume-role --role-arn ${ROLE} --role-session-name platform --duration-seconds 900 --region eu-west-3`,
    "caller sts get-caller-identity --region eu-west-3",
    "deploy-session sts get-caller-identity --region eu-west-3",
  ]);
});

test("a role asks with its external id", async () => {
  tools.aws({ "sts get-caller-identity": { text: CALLER }, "sts assume-role": { text: ASSUMED } });
  await look({ ...base, target: { region: "eu-west-3", accountIds: [], role: { roleArn: ROLE, externalId: "e-1" } } });
  expect(tools.asked()[0]).toBe(
    `caller sts assume-role --role-arn ${ROLE} --role-session-name cdktf-eks-platform --duration-seconds 900 --external-id e-1 --region eu-west-3`,
  );
});

test("no part of a role's credentials is in any result", async () => {
  tools.aws({ "sts get-caller-identity": { text: CALLER }, "sts assume-role": { text: ASSUMED } });
  expect(JSON.stringify(await look(base))).not.toMatch(/AKIA1|hush|deploy-session/);
});

test("credentials that ran out: one line with the login to run, and nothing else is asked", async () => {
  tools.aws({
    "sts get-caller-identity": { text: "Error loading SSO Token: Token for platform has expired", exitCode: 255 },
  });
  expect(await look(base, { AWS_PROFILE: "staging" })).toMatchObject({
    credentials: {
      status: "fail",
      detail: "do not work: Error loading SSO Token: Token for platform has expired",
      fix: "run: aws sso login --profile staging",
    },
    "deploy role": { status: "skip", detail: "was not asked for: needs credentials" },
  });
  expect(tools.asked()).toEqual(["caller sts get-caller-identity --region eu-west-3"]);
});

test("without a role the caller must be in the stack's account", async () => {
  tools.aws({ "sts get-caller-identity": { text: STRANGER } });
  expect((await look(withoutRole)).credentials).toEqual({
    status: "fail",
    detail: "are those of arn:aws:iam::444455556666:user/ana, and the stack is for account 111122223333",
    fix: "log in to that account, or set AWS_PROFILE",
  });
  tools.aws({ "sts get-caller-identity": { text: CALLER } });
  expect((await look(withoutRole)).credentials?.status).toBe("ok");
});

test("with a role the caller may be anywhere, as long as the role lets it in", async () => {
  tools.aws({
    "sts get-caller-identity": { text: STRANGER },
    "sts assume-role": {
      text: "An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized to perform: sts:AssumeRole",
      exitCode: 254,
    },
  });
  expect(await look(base)).toMatchObject({
    credentials: { status: "ok", detail: "are those of arn:aws:iam::444455556666:user/ana" },
    "deploy role": {
      status: "fail",
      detail: `${ROLE} cannot be assumed by arn:aws:iam::444455556666:user/ana: AssumeRole (AccessDenied): not authorized to perform: sts:AssumeRole`,
      fix: "let its trust policy and your own policies allow it, or log in to account 111122223333",
    },
  });
});

test("a role that leads to another account than the stack's", async () => {
  tools.aws({ "sts get-caller-identity": { text: STRANGER }, "sts assume-role": { text: ASSUMED } });
  expect((await look(base))["deploy role"]).toEqual({
    status: "fail",
    detail: `${ROLE} leads to account 444455556666, and the stack is for 111122223333`,
    fix: "mend account.accountId or account.deployRoleArn of the environment",
  });
});

test("the role of the state is one of its own", async () => {
  const roleArn = "arn:aws:iam::777788889999:role/state";
  const backend = { bucket: "b", key: "k", region: "eu-central-1", lockFile: true, role: { roleArn }, endpoints: {} };
  tools.aws({ "sts get-caller-identity": { text: CALLER }, "sts assume-role": { text: ASSUMED } });
  expect((await look({ ...base, backend }))["state role"]).toEqual({
    status: "ok",
    detail: `${roleArn} can be assumed`,
  });
  expect(tools.asked()).toContain(
    `caller sts assume-role --role-arn ${roleArn} --role-session-name cdktf-eks-platform --duration-seconds 900 --region eu-central-1`,
  );
});

test("an AWS CLI that waits for an answer of somebody is not waited for", async () => {
  tools.add("aws", "/bin/sleep 8");
  expect((await look(withoutRole, {}, 0.3)).credentials).toEqual({
    status: "fail",
    detail: "do not work: no answer within 0.3 s",
    fix: "run the same with --timeout 60, or check network and proxy",
  });
});

test("a stack that asks nothing of AWS needs no login", () => {
  const stack = { ...blankStack, usesAws: false };
  expect(accountChecks(stack, identitiesOf(stack, tools.ask(), {}))).toEqual([]);
});
