import { changedFacts, literal, quoted } from "../../../lib/platform/compare-contract";
import type { PlatformContract } from "../../../lib/platform/contract";
import { bareContract, contract } from "../../support/contract";

/** The names of the facts that are compared. */
function names(promised: PlatformContract): string[] {
  return [...changedFacts(promised, "now").matchAll(/(?:\[\[|, \[)"([^"]+)", (?:jsonencode|"1\.x")/g)].map(
    ([, name = ""]) => name,
  );
}

test("each recorded fact is compared, but the version of Kubernetes and who wrote it", () => {
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
    "tags.Environment",
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
    "state.bucketName",
    "state.region",
    "state.keyAliasArn",
    "state.keyPrefix",
  ]);
});

test("a fact is a name, what is recorded and what is published, or nothing", () => {
  const all = changedFacts(contract, "now");
  for (const fact of [
    `["contractVersion", "1.x", try("\${split(".", now.contractVersion)[0]}.x", "nothing")]`,
    `["account.region", jsonencode("eu-west-3"), try(jsonencode(now["account"]["region"]), "nothing")]`,
    `["network.cidrBlocks", jsonencode(["10.64.0.0/16"]), try(jsonencode(now["network"]["cidrBlocks"]), "nothing")]`,
    `["identity.networkPolicies", jsonencode(true), try(jsonencode(now["identity"]["networkPolicies"]), "nothing")]`,
    `["namespaces.batch", jsonencode({"podSecurityLevel" = "baseline"}), try(jsonencode({"podSecurityLevel" = now["namespaces"]["batch"]["podSecurityLevel"]}), "nothing")]`,
  ])
    expect(all).toContain(fact);
  expect(all).toMatch(/^\[for fact in \[\[/);
  expect(all).toMatch(/\]\] : format\("%s: recorded %s, now %s", fact\.\.\.\) if fact\[1\] != fact\[2\]\]$/);
});

test("Terraform evaluates nothing that a contract says", () => {
  expect(literal(`a\${b}%{c}$d`)).toBe(`a$\${b}%%{c}$d`);
  expect(quoted(`a"\${b}\n`)).toBe(`"a\\"$\${b}\\n"`);
  expect(changedFacts({ ...contract, tags: { "a.%{b}": "%{c}" } }, "now")).toContain(
    `["tags.a.%%{b}", jsonencode("%%{c}"), try(jsonencode(now["tags"]["a.%%{b}"]), "nothing")]`,
  );
});
