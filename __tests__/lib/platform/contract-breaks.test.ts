import type { PlatformContract } from "../../../lib/platform/contract";
import { breaksContract } from "../../../lib/platform/contract-breaks";
import { smallContract, wholeContract } from "../../support/team-contract";

/** The contract with other values at some paths. */
function but(changes: Readonly<Record<string, unknown>>): PlatformContract {
  const contract = structuredClone(wholeContract);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split("/");
    const place = keys.slice(0, -1).reduce<object>((within, key) => Reflect.get(within, key), contract);
    if (value === undefined) Reflect.deleteProperty(place, keys.at(-1) ?? "");
    else Reflect.set(place, keys.at(-1) ?? "", value);
  }
  return contract;
}

test("a contract does not break itself", () => {
  expect(breaksContract(wholeContract, wholeContract)).toEqual([]);
  expect(breaksContract(smallContract, smallContract)).toEqual([]);
});

test("what is added breaks nothing", () => {
  expect(breaksContract(smallContract, { ...wholeContract, removal: "destroy" })).toEqual([]);
});

test("a guard that the older one does not know breaks it: nobody would guard what was written for it", () => {
  expect(breaksContract(smallContract, { ...smallContract, removal: "retain" })).toEqual([
    "removal: was destroy, is retain",
  ]);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["a namespace", { "namespaces/jobs": { podSecurityLevel: "restricted" } }],
  ["a looser level", { "namespaces/genomics/podSecurityLevel": "privileged" }],
  ["a range", { "network/cidrBlocks": ["100.64.0.0/16", "10.0.0.0/16"] }],
  ["a subnet in another zone", { "network/subnets/private-with-egress/eu-west-3c": "10.0.3.0/24" }],
  ["a tier", { "network/subnets/public": { "eu-west-3a": "10.0.101.0/24" } }],
  ["a range before the others", { "network/traffic/kubernetesApiCidrBlocks": ["172.20.0.1/32", "10.0.0.0/28"] }],
  ["a guard less", { removal: "destroy" }],
  ["another Kubernetes", { "cluster/kubernetesVersion": "1.36" }],
  ["other tags", { tags: { Team: "genomics", Note: "new" } }],
  ["another package", { writtenBy: "cdktf-eks-platform 0.2.0" }],
  ["another minor version", { contractVersion: "1.1" }],
])("%s breaks nothing", (_, changes) => {
  expect(breaksContract(wholeContract, but(changes))).toEqual([]);
});

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ contractVersion: "2.0" }, "contractVersion: was 1.0, is 2.0"],
  [{ environment: "prod" }, "environment: was staging, is prod"],
  [{ team: "trials" }, "team: was genomics, is trials"],
  [{ stage: "prod" }, "stage: was staging, is prod"],
  [{ domain: "example.com" }, "domain: was staging.example.com, is example.com"],
  [{ domain: undefined }, "domain: was staging.example.com, is gone"],
  [{ "account/accountId": "444455556666" }, "account.accountId: was 111122223333, is 444455556666"],
  [{ "account/region": "eu-central-1" }, "account.region: was eu-west-3, is eu-central-1"],
  [{ "cluster/clusterName": "blue" }, "cluster.clusterName: was staging-1, is blue"],
  [{ "namespaces/genomics": undefined }, "namespaces.genomics: is granted no more"],
  [
    { "namespaces/genomics/podSecurityLevel": "restricted" },
    "namespaces.genomics.podSecurityLevel: was baseline, is restricted",
  ],
  [{ "network/cidrBlocks": ["10.1.0.0/16"] }, "network.cidrBlocks: 10.0.0.0/16 is gone"],
  [
    { "network/subnets/private-with-egress/eu-west-3b": "10.0.9.0/24" },
    "network.subnets.private-with-egress.eu-west-3b: was 10.0.2.0/24, is 10.0.9.0/24",
  ],
  [
    { "network/subnets/private-with-egress/eu-west-3b": undefined },
    "network.subnets.private-with-egress.eu-west-3b: was 10.0.2.0/24, is gone",
  ],
  [
    { "network/traffic/kubernetesApiCidrBlocks": ["10.0.0.0/28"] },
    "network.traffic.kubernetesApiCidrBlocks: 172.20.0.1/32 is gone",
  ],
  [
    { "network/traffic/loadBalancerCidrBlocks": undefined },
    "network.traffic.loadBalancerCidrBlocks: 10.0.101.0/24 is gone",
  ],
  [{ "network/traffic/vpcCidrBlocks": [] }, "network.traffic.vpcCidrBlocks: 10.0.0.0/16 is gone"],
  [
    { "network/traffic/loadBalancerNamespace": undefined },
    "network.traffic.loadBalancerNamespace: was ingress-nginx, is gone",
  ],
  [
    { "network/traffic/monitoringNamespace": "metrics" },
    "network.traffic.monitoringNamespace: was monitoring, is metrics",
  ],
  [{ "network/traffic/dnsAddress": undefined }, "network.traffic.dnsAddress: was 172.20.0.10, is gone"],
  [
    { "identity/deployRoleArn": "arn:aws:iam::111122223333:role/other" },
    "identity.deployRoleArn: was arn:aws:iam::111122223333:role/staging-genomics-deploy, is arn:aws:iam::111122223333:role/other",
  ],
  [
    { "identity/podRoles/iamPath": "/other/" },
    "identity.podRoles.iamPath: was /eks-platform/staging/genomics/, is /other/",
  ],
  [
    { "identity/podRoles/permissionsBoundaryArn": "arn:aws:iam::111122223333:policy/other" },
    "identity.podRoles.permissionsBoundaryArn: was arn:aws:iam::111122223333:policy/staging-genomics-pods, is arn:aws:iam::111122223333:policy/other",
  ],
  [{ "identity/networkPolicies": false }, "identity.networkPolicies: was true, is false"],
  [{ "tags/Team": "trials" }, "tags.Team: was genomics, is trials"],
  [{ "state/bucketName": "other" }, "state.bucketName: was eks-platform-tfstate-111122223333-eu-west-3, is other"],
  [{ "state/region": "eu-central-1" }, "state.region: was eu-west-3, is eu-central-1"],
  [
    { "state/keyAliasArn": "other" },
    "state.keyAliasArn: was arn:aws:kms:eu-west-3:111122223333:alias/eks-platform/tfstate, is other",
  ],
  [{ "state/keyPrefix": "teams/" }, "state.keyPrefix: was teams/genomics/staging/, is teams/"],
  [{ "parameters/contract": "/a" }, "parameters.contract: was /eks-platform/staging/genomics/contract, is /a"],
  [{ "parameters/live": "/a" }, "parameters.live: was /eks-platform/staging/live, is /a"],
])("%j breaks it", (changes, line) => {
  expect(breaksContract(wholeContract, but(changes))).toEqual([line]);
});

test("all that breaks is told at once", () => {
  const lines = breaksContract(wholeContract, but({ "identity/podRoles": undefined, state: undefined }));
  expect(lines.map((line) => line.replace(/:.*, is /, " "))).toEqual([
    "identity.podRoles.iamPath gone",
    "identity.podRoles.permissionsBoundaryArn gone",
    "state.bucketName gone",
    "state.region gone",
    "state.keyAliasArn gone",
    "state.keyPrefix gone",
  ]);
});

/** Every leaf of a contract is either a promise that is looked at, or one of those that break nothing. */
test("no promise is forgotten", () => {
  const free = ["writtenBy", "removal", "cluster/kubernetesVersion", "tags/Environment", "tags/ManagedBy"];
  const quiet = leaves(wholeContract).filter((path) => {
    const value = path.split("/").reduce<unknown>((within, key) => Reflect.get(Object(within), key), wholeContract);
    const other = Array.isArray(value) ? [] : otherThan(value);
    return breaksContract(wholeContract, but({ [path]: other })).length === 0;
  });
  expect(quiet).toEqual(free);
});

function otherThan(value: unknown): unknown {
  if (value === "retain") return "destroy";
  if (value === "baseline") return "restricted";
  return typeof value === "boolean" ? !value : "other";
}

function leaves(value: object): string[] {
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? leaves(each).map((path) => `${key}/${path}`)
      : [key],
  );
}
