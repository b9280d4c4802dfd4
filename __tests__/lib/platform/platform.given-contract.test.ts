import type { PlatformContract } from "../../../lib/platform/contract";
import { contractText } from "../../../lib/platform/contract-text";
import { Platform, type PlatformProps } from "../../../lib/platform/platform";
import { contract, teamStack } from "../../support/contract";
import { messageOf } from "../../support/errors";
import { synthesize } from "../../support/synth";

test("no contract at all is refused, for those who write JavaScript", () => {
  const none = undefined as unknown as PlatformContract;
  expect(messageOf(() => Platform.fromContract(teamStack(), "platform", none))).toBe(
    "'contract' must be an object at test/platform; write it anew with: npx eks-platform contract '<environment>' --ssm --team '<team>' --region '<region>' --file 'contracts/<environment>.json'",
  );
});

test.each([undefined, null, {}, "contract"])("the props %j have no contract", (props) => {
  expect(messageOf(() => new Platform(teamStack(), "platform", props as unknown as PlatformProps))).toBe(
    "'contract' must be an object at test/platform; write it anew with: npx eks-platform contract '<environment>' --ssm --team '<team>' --region '<region>' --file 'contracts/<environment>.json'",
  );
});

test.each([contractText(contract), "contracts/staging.json"])(
  "text is no contract, even if it is one's: %s",
  (text) => {
    expect(messageOf(() => Platform.fromContract(teamStack(), "platform", text as unknown as PlatformContract))).toBe(
      "'contract' must be an object, not text at test/platform; use Platform.fromLookup for a file, or JSON.parse for its text",
    );
  },
);

test.each([null, "", 1])("refuses %j as the place of a contract", (file) => {
  const props = { contract, file } as unknown as PlatformProps;
  expect(messageOf(() => new Platform(teamStack(), "platform", props))).toBe(
    `'file' must be text that is not empty, got ${JSON.stringify(file)} at test/platform`,
  );
});

test("a command in messages can be pasted into a shell, wherever the contract lies", () => {
  const file = "team's contracts/staging.json";
  const stack = teamStack();
  new Platform(stack, "platform", { contract, file });
  const { check } = synthesize(stack).json as { check: Record<string, { assert: { error_message: string }[] }> };
  const [assert] = check.platform_kubernetes_version?.assert ?? [];
  expect(assert?.error_message.split("\n").at(-1)).toBe(
    "  npx eks-platform contract staging --ssm --team genomics --region eu-west-3 --file 'team'\\''s contracts/staging.json'",
  );
});

test.each<[string, unknown, string]>([
  [
    "what holds itself",
    circular(),
    "'contract' must be plain data, as JSON can hold it at test/platform; write it anew with: npx eks-platform contract staging --ssm --team genomics --region eu-west-3 --file contracts/staging.json",
  ],
  [
    "a number that JSON has not",
    { ...contract, more: 1n },
    "'contract' must be plain data, as JSON can hold it at test/platform; write it anew with: npx eks-platform contract staging --ssm --team genomics --region eu-west-3 --file contracts/staging.json",
  ],
])("refuses %s as a contract", (_, given, message) => {
  const stack = teamStack();
  expect(messageOf(() => Platform.fromContract(stack, "platform", given as PlatformContract))).toBe(message);
});

function circular(): object {
  const given: Record<string, unknown> = { ...contract };
  given.self = given;
  return given;
}

test("nothing is made before a contract is checked", () => {
  const stack = teamStack();
  const network = { ...contract.network, subnets: { public: { "eu-west-3a": "banana" } } };
  expect(() => Platform.fromContract(stack, "platform", { ...contract, network })).toThrow(
    `'network.subnets.public.eu-west-3a' must be an IPv4 range inside 10.64.0.0/16, got "banana" at test/platform`,
  );
  expect(stack.node.findAll().map(({ node }) => node.path)).toEqual(["test", "test/platform"]);
});

test("nobody grants a namespace by writing into the contract", () => {
  const platform = Platform.fromContract(teamStack(), "platform", contract);
  const namespaces = platform.contract.namespaces as Record<string, object>;
  expect(() => {
    namespaces["kube-system"] = { podSecurityLevel: "privileged" };
  }).toThrow(TypeError);
  expect(() => Object.assign(platform.contract.identity, { networkPolicies: false })).toThrow(TypeError);
});

test("a contract is copied on the way in", () => {
  const given = structuredClone(contract) as { namespaces: Record<string, object> } & PlatformContract;
  const platform = Platform.fromContract(teamStack(), "platform", given);
  given.namespaces.research = { podSecurityLevel: "restricted" };
  expect(Object.keys(platform.contract.namespaces)).toEqual(["genomics", "batch"]);
});
