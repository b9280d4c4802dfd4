import { changedFacts, literal, quoted } from "../../../lib/platform/compare-contract";
import type { PlatformContract } from "../../../lib/platform/contract";
import { breaksContract } from "../../../lib/platform/contract-breaks";
import { bareContract, contract } from "../../support/contract";
import { smallContract, wholeContract } from "../../support/team-contract";
import { changedNow } from "./plan-of-contract";

/** The names of the facts that are compared. */
function names(promised: PlatformContract): string[] {
  return changedFacts(promised, "now").map((each) => /format\("[^"]+", "([^"]+)"/.exec(each)?.[1] ?? each);
}

test("each promise is compared, but no version of Kubernetes, no tag but the team's, and not who wrote it", () => {
  expect(names(contract)).toEqual([
    "contractVersion",
    "environment",
    "team",
    "stage",
    "removal",
    "domain",
    "account.accountId",
    "account.region",
    "cluster.clusterName",
    "network.cidrBlocks",
    "network.subnets.public.eu-west-3b",
    "network.subnets.public.eu-west-3a",
    "network.subnets.control-plane.eu-west-3a",
    "network.traffic.kubernetesApiCidrBlocks",
    "network.traffic.loadBalancerCidrBlocks",
    "network.traffic.vpcCidrBlocks",
    "namespaces.genomics",
    "namespaces.batch",
    "identity.deployRoleArn",
    "identity.podRoles.iamPath",
    "identity.podRoles.permissionsBoundaryArn",
    "identity.networkPolicies",
    "state.bucketName",
    "state.region",
    "state.keyAliasArn",
    "state.keyPrefix",
    "tags.Team",
    "parameters.contract",
    "parameters.live",
  ]);
});

test("what was not promised is no fact: it may be added", () => {
  const left = names(bareContract);
  expect(names(contract).filter((name) => !left.includes(name))).toEqual([
    "domain",
    "identity.podRoles.iamPath",
    "identity.podRoles.permissionsBoundaryArn",
    "identity.networkPolicies",
    "state.bucketName",
    "state.region",
    "state.keyAliasArn",
    "state.keyPrefix",
  ]);
  expect(names({ ...contract, removal: "retain" })).not.toContain("removal");
});

test("a fact is an expression of its own", () => {
  const line = (name: string, recorded: string, now: string) =>
    `"" : format("%s: recorded %s, now %s", "${name}", "${recorded}", try(jsonencode(now${now}), "nothing"))`;
  expect(changedFacts(contract, "now")).toEqual(
    expect.arrayContaining([
      `try(split(".", now["contractVersion"])[0], "") == "1" ? ${line("contractVersion", '\\"1.0\\"', '["contractVersion"]')}`,
      `try(tostring(now["account"]["region"]), "") == "eu-west-3" ? ${line("account.region", '\\"eu-west-3\\"', '["account"]["region"]')}`,
      `try(length(setsubtract(["10.64.0.0/16"], now["network"]["cidrBlocks"])) == 0, false) ? ${line("network.cidrBlocks", '[\\"10.64.0.0/16\\"]', '["network"]["cidrBlocks"]')}`,
      `try(tostring(now["identity"]["networkPolicies"]), "") == "true" ? ${line("identity.networkPolicies", "true", '["identity"]["networkPolicies"]')}`,
      `try(contains(["privileged", "baseline"], now["namespaces"]["batch"]["podSecurityLevel"]), false) ? ${line("namespaces.batch", '{\\"podSecurityLevel\\":\\"baseline\\"}', '["namespaces"]["batch"]')}`,
    ]),
  );
});

test("Terraform evaluates nothing that a contract says", () => {
  expect(literal(`a\${b}%{c}$d`)).toBe(`a$\${b}%%{c}$d`);
  expect(quoted(`a"\${b}\n`)).toBe(`"a\\"$\${b}\\n"`);
  expect(changedFacts({ ...contract, tags: { Team: "%{c}" } }, "now")).toContain(
    `try(tostring(now["tags"]["Team"]), "") == "%%{c}" ? "" : format("%s: recorded %s, now %s", "tags.Team", "\\"%%{c}\\"", try(jsonencode(now["tags"]["Team"]), "nothing"))`,
  );
});

test("what changed is told by name, with what was recorded and what is published", () => {
  const { batch: _, ...namespaces } = contract.namespaces;
  const now = { ...contract, namespaces, stage: "prod", network: { ...contract.network, cidrBlocks: ["10.0.0.0/8"] } };
  expect(changedNow(contract, now)).toEqual([
    'stage: recorded "staging", now "prod"',
    'network.cidrBlocks: recorded ["10.64.0.0/16"], now ["10.0.0.0/8"]',
    'namespaces.batch: recorded {"podSecurityLevel":"baseline"}, now nothing',
  ]);
});

test.each([{}, [], "text", 1, null])("if %j is published, nothing is promised, and the plan says so", (published) => {
  expect(changedNow(contract, published)).toHaveLength(changedFacts(contract, "now").length);
});

/** Another value for each value, and none. */
function changesOf(value: unknown): unknown[] {
  if (value === null || typeof value !== "object") return [undefined, ...OTHERS.filter((each) => each !== value)];
  const list: unknown[] = Array.isArray(value) ? value : [];
  if (Array.isArray(value)) return [undefined, [], [...list].reverse(), [...list, "10.99.0.0/16"], list.slice(1)];
  const within = Object.entries(value).flatMap(([key, each]) =>
    changesOf(each).map((other) => ({ ...value, [key]: other })),
  );
  return [...within, undefined, { ...value, more: "x" }, { ...value, more: { podSecurityLevel: "restricted" } }];
}

const OTHERS = [
  "other",
  "1.1",
  "1.36",
  "2.0",
  "retain",
  "destroy",
  "baseline",
  "privileged",
  "restricted",
  true,
  false,
];

const CONTRACTS: Readonly<Record<string, PlatformContract>> = { contract, bareContract, smallContract, wholeContract };

test.each(Object.entries(CONTRACTS))(
  "a plan stops for a change of %s exactly when a review names it",
  (_, recorded) => {
    const changes = changesOf(recorded).filter((each) => each !== undefined) as PlatformContract[];
    const judged = changes.map((change) => {
      const now = JSON.parse(JSON.stringify(change)) as PlatformContract;
      return { now, plan: changedNow(recorded, now).length, review: breaksContract(recorded, now).length };
    });
    const differing = judged.filter(({ plan, review }) => (plan === 0) !== (review === 0));
    expect(differing).toEqual([]);
    const stopping = judged.filter(({ plan }) => plan > 0).length;
    expect(stopping).toBeGreaterThan(100);
    expect(judged.length - stopping).toBeGreaterThan(30);
  },
);
