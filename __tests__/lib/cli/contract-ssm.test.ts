import { rmSync } from "node:fs";
import { join } from "node:path";
import { ssmContract } from "../../../lib/cli/contract/ssm-contract";
import { contractText } from "../../../lib/platform/contract-text";
import { smallContract } from "../../support/team-contract";
import { FakeTools } from "./doctor-fakes";

const tools = new FakeTools();
afterAll(() => tools.remove());

const TEXT = `${contractText({ ...smallContract, tags: { Note: "größe" } })}\n\n`;
const NAME = "/eks-platform/staging/genomics/contract";

const answering = (value: string) =>
  tools.aws({ "ssm get-parameter": { text: JSON.stringify({ Parameter: { Value: value } }) } });

beforeEach(() => {
  rmSync(join(tools.folder, "asked"), { force: true });
  answering(TEXT);
});

const ask = (region: string | undefined = "eu-west-3", env: Record<string, string> = {}) =>
  ssmContract("staging", "genomics", region, { ...tools.env, ...env });

test("asks for one parameter, and hands on its bytes", async () => {
  expect(await ask()).toEqual({ environment: "staging", team: "genomics", text: TEXT, source: "SSM of eu-west-3" });
  expect(tools.asked()).toEqual([`caller ssm get-parameter --name ${NAME} --region eu-west-3 --output json`]);
});

test("without a region the AWS CLI's own is asked", async () => {
  const found = await ssmContract("staging", "genomics", undefined, { ...tools.env, AWS_REGION: "eu-west-1" });
  expect(found.source).toBe("SSM of eu-west-1");
  expect(tools.asked()).toEqual([`caller ssm get-parameter --name ${NAME} --output json`]);
});

const failing = (text: string) => () => tools.aws({ "ssm get-parameter": { text, exitCode: 254 } });
const called = (error: string, says = "") =>
  `\nAn error occurred (${error}) when calling the GetParameter operation: ${says}\n`;

test.each<[string, () => unknown, string]>([
  [
    "no AWS CLI",
    () => rmSync(join(tools.bin, "aws")),
    `${NAME} cannot be read: aws is not installed; install it and see that it is on the PATH`,
  ],
  [
    "no permission",
    failing(called("AccessDeniedException", "User: x is not authorized to perform: ssm:GetParameter")),
    `${NAME} cannot be read: GetParameter (AccessDeniedException): User: x is not authorized to perform: ssm:GetParameter; see that team and region are right, and log in as the team's deploy role`,
  ],
  [
    "no parameter",
    failing(called("ParameterNotFound")),
    'team "genomics" has no contract for environment "staging" in eu-west-3; see that account, region and names are right, and that the platform is deployed',
  ],
  [
    "no region",
    failing('\nYou must specify a region. You can also configure your region by running "aws configure".\n'),
    `${NAME} cannot be read: no region is known; give --region`,
  ],
  [
    "no credentials",
    failing('\nUnable to locate credentials. You can configure credentials by running "aws login".\n'),
    `${NAME} cannot be read: Unable to locate credentials. You can configure credentials by running "aws login"; log in, or set AWS_PROFILE`,
  ],
  [
    "the contract of somebody else",
    () => answering('{"environment": "staging", "team": "imaging"}'),
    `${NAME} in SSM of eu-west-3 is no contract of team "genomics" for environment "staging"; ask whoever deploys the platform`,
  ],
  [
    "a contract of a newer platform",
    () => answering(contractText({ ...smallContract, contractVersion: "2.0" })),
    `${NAME} in SSM of eu-west-3 has version 2.0, and 1.x is read here; update cdktf-eks-platform here`,
  ],
  [
    "an answer without a value",
    () => tools.aws({ "ssm get-parameter": { text: "{}" } }),
    `${NAME} in SSM of eu-west-3 is no contract of team "genomics" for environment "staging"; ask whoever deploys the platform`,
  ],
])("%s is one line", async (_, prepare, message) => {
  prepare();
  await expect(ask()).rejects.toThrow(expect.objectContaining({ name: "CommandError", message }));
});
