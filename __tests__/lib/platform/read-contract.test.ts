import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ValidationError } from "../../../lib/core/validation-error";
import type { PlatformContract } from "../../../lib/platform/contract";
import { contractText } from "../../../lib/platform/contract-text";
import { parseContract, readContract } from "../../../lib/platform/read-contract";
import { bareContract, contract } from "../../support/contract";
import { messageOf } from "../../support/errors";

const FILE = "contracts/staging.json";
const RENEW = `npx eks-platform contract staging --ssm --team <team> --region <region> --file ${FILE}`;
const ANEW = `write it anew with: ${RENEW}`;
const { contractVersion: _, ...withoutVersion } = contract;
const { stage: __, ...withoutStage } = contract;

/** Why a contract is refused. */
function refusal(given: unknown): string {
  return messageOf(() => parseContract(JSON.stringify(given), FILE, RENEW));
}

/** The contract with other values somewhere. */
function having(part: { readonly [K in keyof PlatformContract]?: object | string }): unknown {
  const parts = Object.entries(part).map(([key, value]) => [
    key,
    typeof value === "object" ? { ...(contract[key as keyof PlatformContract] as object), ...value } : value,
  ]);
  return { ...contract, ...Object.fromEntries(parts) };
}

test("a contract is read as it was written", () => {
  expect(parseContract(contractText(contract), FILE, RENEW)).toEqual(contract);
  expect(contractText(parseContract(contractText(bareContract), FILE, RENEW))).toBe(contractText(bareContract));
});

test("a contract need not have the tag of its team", () => {
  const { Team: _team, ...tags } = contract.tags;
  expect(parseContract(JSON.stringify({ ...contract, tags }), FILE, RENEW).tags).toEqual(tags);
});

test("a newer minor version may have keys that are not known here", () => {
  const newer = having({ contractVersion: "1.7", cluster: { upgradePolicy: "EXTENDED" }, logs: {} } as object);
  expect(parseContract(JSON.stringify(newer), FILE, RENEW)).toEqual({ ...contract, contractVersion: "1.7" });
});

test.each([
  [
    "a key that is not known",
    having({ logs: {} } as object),
    `'logs' is not a known property at ${FILE}; remove it or correct its name; ${ANEW}`,
  ],
  [
    "a key that is not known, further in",
    having({ cluster: { upgradePolicy: "EXTENDED" } }),
    `'cluster.upgradePolicy' is not a known property at ${FILE}; remove it or correct its name; ${ANEW}`,
  ],
  ["a missing key", withoutStage, `'stage' must be given at ${FILE}; ${ANEW}`],
  [
    "wrong types, all at once",
    having({ identity: { networkPolicies: "yes" }, network: { cidrBlocks: "10.0.0.0/16" }, stage: "test" }),
    [
      `'stage' must be ("dev" | "staging" | "prod"), got "test" at ${FILE}`,
      `'network.cidrBlocks' must be a list, got "10.0.0.0/16" at ${FILE}`,
      `'identity.networkPolicies' must be true or false, got "yes" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "wrong values, all at once",
    {
      ...contract,
      account: { accountId: "1", region: "Paris" },
      cluster: { clusterName: "staging", kubernetesVersion: "1.35.1" },
      network: { ...contract.network, cidrBlocks: [], traffic: { dnsAddress: "dns" } },
      namespaces: { Genomics: { podSecurityLevel: "restricted" } },
      identity: {
        deployRoleArn: "deploy",
        podRoles: { iamPath: "pods", permissionsBoundaryArn: "pods" },
        networkPolicies: true,
      },
      state: { ...contract.state, region: "x", keyPrefix: "/teams" },
      parameters: { contract: "contract", live: "/live" },
    },
    [
      `'account.accountId' must be twelve digits, got "1" at ${FILE}`,
      `'account.region' must be an AWS region, got "Paris" at ${FILE}; for example "eu-west-3"`,
      `'cluster.kubernetesVersion' must be a minor version of Kubernetes, got "1.35.1" at ${FILE}; for example "1.35"`,
      `'network.cidrBlocks' must name at least one range, got [] at ${FILE}`,
      `'network.traffic.dnsAddress' must be an IPv4 address, got "dns" at ${FILE}`,
      `'namespaces.Genomics' must be a Kubernetes name: lower-case letters, digits and '-', at most 63, got "Genomics" at ${FILE}`,
      `'identity.deployRoleArn' must begin with arn:aws:iam::1:role/, got "deploy" at ${FILE}`,
      `'identity.podRoles.iamPath' must begin and end with a slash, got "pods" at ${FILE}`,
      `'identity.podRoles.permissionsBoundaryArn' must begin with arn:aws:iam::1:policy/, got "pods" at ${FILE}`,
      `'state.region' must be an AWS region, got "x" at ${FILE}`,
      `'state.keyPrefix' must end with a slash, not begin with one, and have no part that is '.' or '..', got "/teams" at ${FILE}`,
      `'parameters.contract' must begin with a slash, and have letters, digits and '_.-/', got "contract" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  ["a list", [contract], `'contract' must be an object at ${FILE}; write it anew with: ${RENEW}`],
  ["nothing", null, `'contract' must be an object at ${FILE}; write it anew with: ${RENEW}`],
  [
    "no version",
    withoutVersion,
    `'contractVersion' must be text such as "1.0", got null at ${FILE}; is it a contract? Write it anew with: ${RENEW}`,
  ],
  [
    "a version that is none",
    having({ contractVersion: "1" }),
    `'contractVersion' must be text such as "1.0", got "1" at ${FILE}; is it a contract? Write it anew with: ${RENEW}`,
  ],
  [
    "a version with a nought before it",
    having({ contractVersion: "01.0" }),
    `'contractVersion' must be text such as "1.0", got "01.0" at ${FILE}; is it a contract? Write it anew with: ${RENEW}`,
  ],
  [
    "lists that stand for objects",
    {
      ...contract,
      namespaces: [],
      tags: [],
      network: { cidrBlocks: ["10.64.0.0/16"], subnets: [], traffic: [] },
    },
    [
      `'network.subnets' must be an object at ${FILE}`,
      `'network.traffic' must be an object at ${FILE}`,
      `'namespaces' must be an object at ${FILE}`,
      `'tags' must be an object at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "a list of zones",
    having({ network: { subnets: { public: [] } } }),
    `'network.subnets.public' must be an object at ${FILE}; ${ANEW}`,
  ],
  [
    "a cluster's name that is an argument",
    having({ cluster: { clusterName: "--profile x" } }),
    `'cluster.clusterName' must have letters, digits, '-' and '_', at most 100, and begin with a letter or a digit, got "--profile x" at ${FILE}; ${ANEW}`,
  ],
  [
    "names that are none",
    having({ environment: "", team: "Genomics", domain: "Example" }),
    [
      `'environment' must have lower-case letters, digits and '-', at most 63, got "" at ${FILE}`,
      `'team' must have lower-case letters, digits and '-', at most 63, got "Genomics" at ${FILE}`,
      `'domain' must be a DNS name in lower case, got "Example" at ${FILE}; for example "staging.example.com"`,
      `'tags.Team' must be the contract's own team, "Genomics", got "genomics" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "namespaces of Kubernetes itself",
    having({
      namespaces: Object.fromEntries(
        ["kube-system", "default", "kube-public", "kube-node-lease"].map((name) => [
          name,
          { podSecurityLevel: "privileged" },
        ]),
      ),
    }),
    [
      `'namespaces.kube-system' must not be a namespace of Kubernetes itself, got "kube-system" at ${FILE}`,
      `'namespaces.default' must not be a namespace of Kubernetes itself, got "default" at ${FILE}`,
      `'namespaces.kube-public' must not be a namespace of Kubernetes itself, got "kube-public" at ${FILE}`,
      `'namespaces.kube-node-lease' must not be a namespace of Kubernetes itself, got "kube-node-lease" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "the tag of another team",
    having({ tags: { Team: "imaging" } }),
    `'tags.Team' must be the contract's own team, "genomics", got "imaging" at ${FILE}; ${ANEW}`,
  ],
  [
    "a word of a newer minor version",
    having({ contractVersion: "1.3", namespaces: { genomics: { podSecurityLevel: "hardened" } } }),
    `'namespaces.genomics.podSecurityLevel' must be ("restricted" | "baseline" | "privileged"), got "hardened" at ${FILE}; update cdktf-eks-platform here, which knows 1.0, or ${ANEW}`,
  ],
  [
    "ranges and zones that are none",
    having({ network: { cidrBlocks: ["banana", "10.64.0.0/16"], subnets: { public: { mars: "10.65.0.0/24" } } } }),
    [
      `'network.cidrBlocks' must be IPv4 ranges, got "banana" at ${FILE}; for example "10.0.0.0/16"`,
      `'network.subnets.public.mars' must be named after a zone, got "mars" at ${FILE}; for example "eu-west-3a"`,
      `'network.subnets.public.mars' must be an IPv4 range inside banana, 10.64.0.0/16, got "10.65.0.0/24" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "a state that is elsewhere",
    having({ state: { bucketName: "a..b", keyAliasArn: "alias/x", keyPrefix: "teams/../stacks/" } }),
    [
      `'state.bucketName' must be the name of an S3 bucket, got "a..b" at ${FILE}`,
      `'state.keyAliasArn' must be the ARN of an alias of a KMS key in eu-west-3, got "alias/x" at ${FILE}`,
      `'state.keyPrefix' must end with a slash, not begin with one, and have no part that is '.' or '..', got "teams/../stacks/" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "tags that AWS refuses",
    having({ tags: { "aws:x": "1", Note: "a*b", Environment: "" } }),
    [
      `'tags.Environment' must have 1 to 256 letters, digits, spaces and '_.:/=+-@', got "" at ${FILE}`,
      `'tags.aws:x' must not begin with aws:, got "aws:x" at ${FILE}`,
      `'tags.Note' must have 1 to 256 letters, digits, spaces and '_.:/=+-@', got "a*b" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "too many tags",
    having({ tags: Object.fromEntries(Array.from({ length: 49 }, (_each, index) => [`t${index}`, "x"])) }),
    `'tags' must be at most 50, got 51 at ${FILE}; ${ANEW}`,
  ],
  [
    "what Terraform would evaluate, anywhere, and control characters",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as Terraform writes expressions
    having({ writtenBy: '${file("/etc/hostname")}', tags: { "%{if}": "a", Note: "a\tb" } }),
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Terraform writes expressions
      '\'writtenBy\' must hold no ${ or %{, which Terraform evaluates, and no control characters, got "${file(\\"/etc/hostname\\")}" at contracts/staging.json',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Terraform writes expressions
      "'tags.%{if}' must hold no ${ or %{, which Terraform evaluates, and no control characters, got \"%{if}\" at contracts/staging.json",
      `'tags.Note' must hold no \${ or %{, which Terraform evaluates, and no control characters, got "a\\tb" at ${FILE}; ${ANEW}`,
    ].join("\n"),
  ],
  [
    "a newer major version, and nothing else of it",
    { contractVersion: "2.0", team: 1 },
    `'contractVersion' must be 1.x, got "2.0" at ${FILE}; it is of a newer platform: update cdktf-eks-platform here`,
  ],
  [
    "an older major version",
    having({ contractVersion: "0.9" }),
    `'contractVersion' must be 1.x, got "0.9" at ${FILE}; the platform must be deployed with a newer cdktf-eks-platform; then write it anew with: ${RENEW}`,
  ],
  [
    "a token",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as cdktf writes tokens
    having({ environment: "${TfToken[TOKEN.0]}" }),
    `'contract' must be known at synth, got a token at ${FILE}; write it anew with: ${RENEW}`,
  ],
])("refuses %s", (_name, given, message) => {
  expect(refusal(given)).toBe(message);
});

test.each(["__proto__", "constructor", "prototype"])("a namespace named %s is refused, not dropped", (name) => {
  const text = contractText(contract).replace('"batch"', JSON.stringify(name));
  expect(messageOf(() => parseContract(text, FILE, RENEW))).toBe(
    `'namespaces.${name}' must have another name: JavaScript keeps it for itself at ${FILE}; ${ANEW}`,
  );
});

test("a mark at the start, as editors of Windows write it, is no part of the text", () => {
  expect(parseContract(`\uFEFF${contractText(contract)}`, FILE, RENEW)).toEqual(contract);
});

test.each([
  ["an empty file", "", 0],
  ["marks of a merge", `<<<<<<< HEAD\n${contractText(contract)}`, 13 + contractText(contract).length],
])("refuses %s", (_name, text, characters) => {
  expect(messageOf(() => parseContract(text, FILE, RENEW))).toBe(
    `'contract' must be whole JSON, and its ${characters} characters are not at ${FILE}; half written, or with marks of a merge? Write it anew with: ${RENEW}`,
  );
});

test("no part of a contract is taken for one, wherever it breaks off", () => {
  const text = contractText(contract);
  fc.assert(
    fc.property(fc.nat(text.length - 1), (length) => {
      expect(messageOf(() => parseContract(text.slice(0, length), FILE, RENEW))).toBe(
        `'contract' must be whole JSON, and its ${length} characters are not at ${FILE}; half written, or with marks of a merge? Write it anew with: ${RENEW}`,
      );
    }),
  );
});

test("whatever JSON stands somewhere in a contract, it is taken or refused with a message", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(contract)), fc.jsonValue(), (key, value) => {
      try {
        const read = parseContract(JSON.stringify({ ...contract, [key]: value }), FILE, RENEW);
        expect(parseContract(contractText(read), FILE, RENEW)).toEqual(read);
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
      }
    }),
  );
});

describe("a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-"));
  const file = join(folder, "staging.json");
  const command = (region = "'<region>'", from = file) =>
    `npx eks-platform contract staging --ssm --team '<team>' --region ${region} --file ${from}`;
  beforeAll(() => writeFileSync(file, contractText(contract)));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is read for the environment, the account and the region that are asked for", () => {
    const expected = { environment: "staging", accountId: "111122223333", region: "eu-west-3" };
    expect(readContract(file, expected, "test/platform")).toEqual(contract);
  });

  test("of another environment, account and region is refused, with all that differs", () => {
    const expected = { environment: "prod", accountId: "444455556666", region: "eu-north-1" };
    const fix = `name the file of prod, or write it anew with: npx eks-platform contract prod --ssm --team genomics --region eu-north-1 --file ${file}`;
    expect(messageOf(() => readContract(file, expected, "test/platform"))).toBe(
      [
        `'environment' must be the one that is asked for, prod, got "staging" at ${file}`,
        `'account.accountId' must be the one that is asked for, 444455556666, got "111122223333" at ${file}`,
        `'account.region' must be the one that is asked for, eu-north-1, got "eu-west-3" at ${file}; ${fix}`,
      ].join("\n"),
    );
  });

  test("of another environment that is broken too is refused for all of it", () => {
    const other = join(folder, "other.json");
    writeFileSync(other, JSON.stringify({ ...contract, team: "", removal: 1 }));
    expect(messageOf(() => readContract(other, { environment: "prod" }, "test/platform"))).toBe(
      [
        `'removal' must be ("retain" | "destroy"), got 1 at ${other}`,
        `'environment' must be the one that is asked for, prod, got "staging" at ${other}; name the file of prod, or write it anew with: npx eks-platform contract prod --ssm --team '<team>' --region '<region>' --file ${other}`,
      ].join("\n"),
    );
    writeFileSync(other, JSON.stringify({ ...contract, team: "" }));
    expect(messageOf(() => readContract(other, { environment: "prod" }, "test/platform"))).toBe(
      [
        `'team' must have lower-case letters, digits and '-', at most 63, got "" at ${other}`,
        `'tags.Team' must be the contract's own team, "", got "genomics" at ${other}`,
        `'environment' must be the one that is asked for, prod, got "staging" at ${other}; name the file of prod, or write it anew with: npx eks-platform contract prod --ssm --team '<team>' --region '<region>' --file ${other}`,
      ].join("\n"),
    );
  });

  test("that is broken is refused with a command that says what the file does, in words of a shell", () => {
    const broken = join(folder, "my contract.json");
    writeFileSync(broken, JSON.stringify(having({ contractVersion: "1.0", cluster: { kubernetesVersion: "1" } })));
    expect(messageOf(() => readContract(broken, { environment: "staging" }, "test/platform"))).toBe(
      `'cluster.kubernetesVersion' must be a minor version of Kubernetes, got "1" at ${broken}; for example "1.35"; write it anew with: npx eks-platform contract staging --ssm --team genomics --region eu-west-3 --file '${broken}'`,
    );
  });

  test("with a team and a region that are none leaves them to the reader", () => {
    const broken = join(folder, "odd.json");
    writeFileSync(broken, JSON.stringify(having({ team: "$(id)", account: { region: "; id" }, tags: {} })));
    expect(
      messageOf(() => readContract(broken, { environment: "staging" }, "test/platform")).split("; write ")[1],
    ).toBe(`it anew with: ${command(undefined, broken)}`);
  });

  test("that is not there is refused with the command that writes it", () => {
    const missing = join(folder, "none.json");
    expect(
      messageOf(() => readContract(missing, { environment: "staging", region: "eu-west-3" }, "test/platform")),
    ).toBe(
      `'file' must be there, got "${missing}" at test/platform; copy it from the platform's repository, or write it with: ${command("eu-west-3", missing)}`,
    );
  });

  test("that is a folder is refused", () => {
    const inside = join(folder, "folder.json");
    mkdirSync(inside);
    expect(messageOf(() => readContract(inside, { environment: "staging" }, "test/platform"))).toBe(
      `'file' must be a file that can be read (EISDIR), got "${inside}" at test/platform; copy it from the platform's repository, or write it with: ${command(undefined, inside)}`,
    );
  });
});
