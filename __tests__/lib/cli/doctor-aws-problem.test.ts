import { awsProblem, oneLine } from "../../../lib/cli/doctor/aws-problem";

test.each([
  [
    'Unable to locate credentials. You can configure credentials by running "aws configure".',
    {
      kind: "login",
      says: 'Unable to locate credentials. You can configure credentials by running "aws configure"',
      fix: "log in, or set AWS_PROFILE",
    },
  ],
  [
    "\nError when retrieving token from sso: Token has expired and refresh failed\n",
    {
      kind: "login",
      says: "Error when retrieving token from sso: Token has expired and refresh failed",
      fix: "run: aws sso login --profile staging",
    },
  ],
  [
    "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.",
    {
      kind: "login",
      says: "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile",
      fix: "run: aws sso login --profile staging",
    },
  ],
  [
    "The config profile (stagin) could not be found",
    {
      kind: "login",
      says: "The config profile (stagin) could not be found",
      fix: 'name another in AWS_PROFILE: "aws configure list-profiles" lists them',
    },
  ],
  [
    "\nAn error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired\n",
    {
      kind: "login",
      says: "GetCallerIdentity (ExpiredToken): The security token included in the request is expired",
      fix: "they ran out: log in again",
    },
  ],
  [
    "aws: [ERROR]: An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    {
      kind: "login",
      says: "GetCallerIdentity (InvalidClientTokenId): The security token included in the request is invalid",
      fix: "log in again: AWS does not know this key",
    },
  ],
  [
    "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20261004T100000Z is now earlier than 20261004T104500Z",
    {
      kind: "login",
      says: "GetCallerIdentity (SignatureDoesNotMatch): Signature expired: 20261004T100000Z is now earlier than 20261004T104500Z",
      fix: "check the secret key and this machine's clock",
    },
  ],
  [
    "An error occurred (404) when calling the HeadBucket operation: Not Found",
    { kind: "absent", says: "HeadBucket (404): Not Found", fix: "see that name and region are right" },
  ],
  [
    'fatal error: An error occurred (404) when calling the HeadObject operation: Key "a.tflock" does not exist',
    {
      kind: "absent",
      says: 'fatal error: HeadObject (404): Key "a.tflock" does not exist',
      fix: "see that name and region are right",
    },
  ],
  [
    "An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for name: staging.",
    {
      kind: "absent",
      says: "DescribeCluster (ResourceNotFoundException): No cluster found for name: staging",
      fix: "see that name and region are right",
    },
  ],
  [
    "An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/ana is not authorized to perform: sts:AssumeRole",
    {
      kind: "denied",
      says: "AssumeRole (AccessDenied): User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_1/ana is not authorized to perform: sts:AssumeRole",
      fix: "ask for the permission",
    },
  ],
  [
    'Could not connect to the endpoint URL: "https://sts.eu-west-3.amazonaws.com/"',
    {
      kind: "unreachable",
      says: 'Could not connect to the endpoint URL: "https://sts.eu-west-3.amazonaws.com/"',
      fix: "check network and proxy",
    },
  ],
  [
    "An error occurred (Throttling) when calling the DescribeKey operation (reached max retries: 2): Rate exceeded",
    { kind: "other", says: "DescribeKey (Throttling): Rate exceeded", fix: "mend what it says" },
  ],
])("%s", (errors, problem) => {
  expect(awsProblem(errors, "staging")).toEqual(problem);
});

test("without a profile the fix names none", () => {
  expect(awsProblem("Token has expired and refresh failed", undefined).fix).toBe("run: aws sso login");
});

test("what others wrote is one line, without what a terminal would obey, and of bounded length", () => {
  expect(oneLine("  a\n\tb\u001b[31mc\u0007  ")).toBe("a b [31mc");
  expect(oneLine("x".repeat(400))).toBe(`${"x".repeat(300)}...`);
});
