import { backendChecks } from "../../../lib/cli/doctor/backend-checks";
import { identitiesOf } from "../../../lib/cli/doctor/identities";
import type { Backend, Stack } from "../../../lib/cli/doctor/stack";
import { type Answer, blankStack, FakeTools, found, passing } from "./doctor-fakes";

let tools: FakeTools;

beforeEach(() => {
  tools = new FakeTools();
});

afterEach(() => tools.remove());

const KEY = "arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate";
const both: Backend = {
  bucket: "states",
  key: "stacks/staging/terraform.tfstate",
  region: "eu-west-3",
  keyId: KEY,
  lockTable: "locks",
  lockFile: true,
  endpoints: {},
};
const bucketOnly: Backend = { ...both, lockTable: undefined };

function failing(text: string): Answer {
  return { text, exitCode: 254 };
}

const NO_LOCK_FILE = failing(
  'fatal error: An error occurred (404) when calling the HeadObject operation: Key "x" does not exist',
);
const LOCK = JSON.stringify({
  ID: "ef703431-1f33-fc82-5286-8f1a4b2cd147",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "ana@laptop",
  Version: "1.11.4",
  Created: "2026-10-04T12:01:02.07992793Z",
  Path: "states/stacks/staging/terraform.tfstate",
});

/** An account where all is well. */
const well: Readonly<Record<string, Answer>> = {
  "s3api head-bucket": {},
  "s3api get-bucket-versioning": { text: '{"Status": "Enabled"}' },
  "kms describe-key": { text: '{"KeyMetadata": {"KeyState": "Enabled"}}' },
  "dynamodb describe-table": {
    text: '{"Table": {"TableStatus": "ACTIVE", "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}]}}',
  },
  "dynamodb get-item": {},
  "s3 cp": NO_LOCK_FILE,
};

function look(answers: Readonly<Record<string, Answer>> = {}, backend: Backend = both, buckets: string[] = []) {
  tools.aws({ ...well, ...answers });
  const stack: Stack = { ...blankStack, folder: "out/stacks/staging", buckets, backend };
  const checks = backendChecks(stack, identitiesOf(stack, tools.ask(), {}), "terraform");
  return found([passing("credentials"), passing("state role"), ...checks]);
}

test("a state store where all is well", async () => {
  expect(await look()).toMatchObject({
    "state bucket": { status: "ok", detail: "states answers" },
    "state versions": { status: "ok", detail: "are kept" },
    "state key": { status: "ok", detail: "is enabled" },
    "lock table": { status: "ok", detail: "locks is ACTIVE" },
    "state lock": { status: "ok", detail: "is free" },
  });
  expect(tools.asked()).toEqual([
    "caller dynamodb describe-table --table-name locks --region eu-west-3",
    'caller dynamodb get-item --table-name locks --key {"LockID":{"S":"states/stacks/staging/terraform.tfstate"}} --consistent-read --region eu-west-3',
    `caller kms describe-key --key-id ${KEY} --region eu-west-3`,
    "caller s3 cp s3://states/stacks/staging/terraform.tfstate.tflock - --region eu-west-3",
    "caller s3api get-bucket-versioning --bucket states --region eu-west-3",
    "caller s3api head-bucket --bucket states --region eu-west-3",
  ]);
});

test("with locks in the bucket only, no table is asked for", async () => {
  const results = await look({}, { ...bucketOnly, keyId: undefined });
  expect(Object.keys(results)).toEqual(["credentials", "state role", "state bucket", "state versions", "state lock"]);
  expect(tools.asked().filter((line) => /dynamodb|kms/.test(line))).toEqual([]);
});

test("addresses of its own and a role are those of the backend", async () => {
  const role = { roleArn: "arn:aws:iam::777788889999:role/state" };
  const endpoints = { s3: "https://s3.example.com", dynamodb: "https://dynamodb.example.com" };
  const assumed = '{"Credentials": {"AccessKeyId": "A", "SecretAccessKey": "S", "SessionToken": "state-session"}}';
  await look({ "sts assume-role": { text: assumed } }, { ...both, role, endpoints });
  const asked = tools.asked().filter((line) => !line.includes("sts assume-role"));
  expect(asked).toHaveLength(6);
  expect(asked.filter((line) => !line.startsWith("state-session "))).toEqual([]);
  expect(asked.filter((line) => line.includes("--endpoint-url https://s3.example.com"))).toHaveLength(3);
  expect(asked.filter((line) => line.includes("--endpoint-url https://dynamodb.example.com"))).toHaveLength(2);
});

test("no bucket yet: bootstrap makes it, and nothing else is asked for", async () => {
  const missing = {
    "s3api head-bucket": failing("An error occurred (404) when calling the HeadBucket operation: Not Found"),
  };
  expect(await look(missing)).toMatchObject({
    "state bucket": {
      status: "fail",
      detail: "states is not there, in eu-west-3",
      fix: "run: npx eks-platform bootstrap",
    },
    "state lock": { status: "skip", detail: "was not asked for: needs state bucket" },
  });
  expect((await look(missing, both, ["states"]))["state bucket"]).toEqual({
    status: "skip",
    detail: "states is not there yet: this stack makes it",
  });
});

test.each<[string, string, Answer, object]>([
  [
    "state bucket",
    "s3api head-bucket",
    failing("An error occurred (403) when calling the HeadBucket operation: Forbidden"),
    {
      status: "fail",
      detail: "states is closed to this login",
      fix: "ask for s3:ListBucket on it, or log in to the account that holds it",
    },
  ],
  [
    "state bucket",
    "s3api head-bucket",
    failing("An error occurred (301) when calling the HeadBucket operation: Moved Permanently"),
    {
      status: "fail",
      detail: "states cannot be looked at: HeadBucket (301): Moved Permanently",
      fix: "mend what it says",
    },
  ],
  [
    "state versions",
    "s3api get-bucket-versioning",
    {},
    {
      status: "warn",
      detail: "are not kept: a state that is overwritten is lost",
      fix: "turn versioning on: run: npx eks-platform bootstrap",
    },
  ],
  [
    "state versions",
    "s3api get-bucket-versioning",
    failing("An error occurred (AccessDenied) when calling the GetBucketVersioning operation: Access Denied"),
    { status: "skip", detail: "cannot be looked at without s3:GetBucketVersioning" },
  ],
  [
    "state key",
    "kms describe-key",
    { text: '{"KeyMetadata": {"KeyState": "PendingDeletion"}}' },
    {
      status: "fail",
      detail: `${KEY} is PendingDeletion: the state cannot be read`,
      fix: "aws kms cancel-key-deletion, then aws kms enable-key, with the id of the key",
    },
  ],
  [
    "state key",
    "kms describe-key",
    failing("An error occurred (NotFoundException) when calling the DescribeKey operation: Alias is not found."),
    { status: "fail", detail: `${KEY} is not there`, fix: "run: npx eks-platform bootstrap" },
  ],
  [
    "lock table",
    "dynamodb describe-table",
    failing("An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: not found"),
    { status: "fail", detail: "locks is not there, in eu-west-3", fix: "run: npx eks-platform bootstrap" },
  ],
  [
    "lock table",
    "dynamodb describe-table",
    { text: '{"Table": {"TableStatus": "ACTIVE", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}}' },
    { status: "fail", detail: "locks has the key id, not LockID", fix: "name the table that bootstrap made" },
  ],
  [
    "lock table",
    "dynamodb describe-table",
    { text: '{"Table": {"TableStatus": "DELETING", "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}]}}' },
    { status: "fail", detail: "locks is being deleted", fix: "run: npx eks-platform bootstrap" },
  ],
  [
    "lock table",
    "dynamodb describe-table",
    failing("An error occurred (Throttling) when calling the DescribeTable operation: Rate exceeded"),
    { status: "warn", detail: "cannot be looked at: DescribeTable (Throttling): Rate exceeded" },
  ],
])("%s, when %s answers otherwise", async (name, question, answer, finding) => {
  expect((await look({ [question]: answer }))[name]).toEqual(finding);
});

const item = { text: JSON.stringify({ Item: { LockID: { S: "x" }, Info: { S: LOCK } } }) };
const FORCE = "terraform -chdir=out/stacks/staging force-unlock ef703431-1f33-fc82-5286-8f1a4b2cd147";
const WAIT = `wait until that run ends; only if it is gone for good: ${FORCE}`;
const HELD = "is held by ana@laptop since 2026-10-04T12:01:02Z for apply";

test("a lock in both places: who holds it, since when, and how to give it up", async () => {
  const results = await look({ "s3 cp": { text: LOCK }, "dynamodb get-item": item });
  expect(results["state lock"]).toEqual({ status: "fail", detail: HELD, fix: WAIT });
});

test("a lock in the bucket, where that is the only place", async () => {
  expect((await look({ "s3 cp": { text: LOCK } }, bucketOnly))["state lock"]).toEqual({
    status: "fail",
    detail: HELD,
    fix: WAIT,
  });
});

test.each<[string, Readonly<Record<string, Answer>>]>([
  ["bucket", { "s3 cp": { text: LOCK } }],
  ["table", { "dynamodb get-item": item }],
])("half a lock, in the %s", async (_, answers) => {
  expect((await look(answers))["state lock"]).toEqual({
    status: "fail",
    detail: HELD,
    fix: `${WAIT}, which calls it a failure that the other half of the lock is missing`,
  });
});

test("a lock that says nothing of its holder, or tries to say it to a shell", async () => {
  expect((await look({ "s3 cp": { text: "not Terraform's" } }, bucketOnly))["state lock"]).toEqual({
    status: "fail",
    detail: "is held by somebody since an unknown time",
    fix: "wait until that run ends; only if it is gone for good: terraform -chdir=out/stacks/staging force-unlock <id>",
  });
  const rude = JSON.stringify({ ID: "x; rm -rf .", Who: "a\nok   all is well", Created: 7 });
  expect((await look({ "s3 cp": { text: rude } }, bucketOnly))["state lock"]).toEqual({
    status: "fail",
    detail: "is held by a ok   all is well since an unknown time",
    fix: "wait until that run ends; only if it is gone for good: terraform -chdir=out/stacks/staging force-unlock <id>",
  });
});

test("a lock that cannot be looked at is not called free", async () => {
  const denied = failing("An error occurred (AccessDeniedException) when calling the GetItem operation: no");
  expect((await look({ "dynamodb get-item": denied }))["state lock"]).toEqual({
    status: "warn",
    detail: "cannot be looked at: GetItem (AccessDeniedException): no",
    fix: "ask for the permission",
  });
});

test("a backend that locks nowhere is told", async () => {
  expect((await look({}, { ...bucketOnly, lockFile: false }))["state lock"]).toEqual({
    status: "warn",
    detail: "is not used: two runs can meet",
    fix: "let the backend lock",
  });
});

test("a state in a file, and one in a backend that is not looked at", async () => {
  const identities = identitiesOf(blankStack, tools.ask(), {});
  const say = (otherState: Stack["otherState"]) => found(backendChecks({ ...blankStack, otherState }, identities, ""));
  expect(await say({ type: "local", path: "terraform.local.tfstate" })).toEqual({
    state: { status: "warn", detail: "lies in terraform.local.tfstate: not shared, not locked between machines" },
  });
  expect(await say({ type: "gcs" })).toEqual({
    state: { status: "skip", detail: 'lies in a backend "gcs", which is not looked at' },
  });
});
