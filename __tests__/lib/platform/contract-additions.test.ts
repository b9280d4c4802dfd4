import type { PlatformContract } from "../../../lib/platform/contract";
import { networkAdditions } from "../../../lib/platform/contract-additions";
import { bareContract, contract } from "../../support/contract";
import { wholeContract } from "../../support/team-contract";
import { addedNow, changedNow } from "./plan-of-contract";

const { network } = contract;

/** The contract with another network. */
function having(changed: Partial<PlatformContract["network"]>): PlatformContract {
  return { ...contract, network: { ...network, ...changed } };
}

test("the same network has nothing new, in any order", () => {
  expect(addedNow(contract, contract)).toEqual([]);
  expect(addedNow(wholeContract, wholeContract)).toEqual([]);
  expect(addedNow(contract, having({ traffic: reversed(network.traffic) }))).toEqual([]);
});

function reversed(traffic: PlatformContract["network"]["traffic"]): PlatformContract["network"]["traffic"] {
  const lists = Object.entries(traffic).map(([name, list]) => [name, Array.isArray(list) ? [...list].reverse() : list]);
  return Object.fromEntries(lists);
}

test("a zone that the platform adds is told with each range that comes with it, and breaks nothing", () => {
  const now = having({
    subnets: {
      ...network.subnets,
      public: { ...network.subnets.public, "eu-west-3c": "10.64.3.0/24" },
      "control-plane": { ...network.subnets["control-plane"], "eu-west-3c": "10.64.0.32/28" },
    },
    traffic: {
      ...network.traffic,
      kubernetesApiCidrBlocks: ["10.64.0.0/28", "10.64.0.32/28", "172.20.0.1/32"],
      loadBalancerCidrBlocks: ["10.64.1.0/24", "10.64.2.0/24", "10.64.3.0/24"],
    },
  });
  expect(addedNow(contract, now)).toEqual([
    "network.subnets.public: eu-west-3c is new",
    "network.subnets.control-plane: eu-west-3c is new",
    "network.traffic.kubernetesApiCidrBlocks: 10.64.0.32/28 is new",
    "network.traffic.loadBalancerCidrBlocks: 10.64.3.0/24 is new",
  ]);
  expect(changedNow(contract, now)).toEqual([]);
});

test("whatever is new in a list has a line of its own", () => {
  expect(addedNow(contract, having({ cidrBlocks: ["10.64.0.0/16", "10.65.0.0/16", "10.66.0.0/16"] }))).toEqual([
    "network.cidrBlocks: 10.65.0.0/16 is new\n  network.cidrBlocks: 10.66.0.0/16 is new",
  ]);
});

test("tiers and facts that were not recorded at all are new too", () => {
  const recorded = having({ subnets: {}, traffic: {} });
  const { monitoringNamespace, dnsAddress, loadBalancerNamespace } = wholeContract.network.traffic;
  const texts = { monitoringNamespace, dnsAddress, loadBalancerNamespace };
  expect(addedNow(recorded, having({ subnets: { public: { "eu-west-3a": "10.64.1.0/24" } }, traffic: texts }))).toEqual(
    [
      "network.subnets.public: eu-west-3a is new",
      "network.traffic.loadBalancerNamespace: ingress-nginx is new",
      "network.traffic.monitoringNamespace: monitoring is new",
      "network.traffic.dnsAddress: 172.20.0.10 is new",
    ],
  );
});

test("a namespace, a tag and another Kubernetes are nothing of the network", () => {
  const { cluster, namespaces, tags } = contract;
  const more = {
    cluster: { ...cluster, kubernetesVersion: "1.36" },
    namespaces: { ...namespaces, reports: { podSecurityLevel: "restricted" as const } },
    tags: { ...tags, Note: "new" },
  };
  expect(addedNow(contract, { ...contract, ...more })).toEqual([]);
  expect(addedNow(bareContract, contract)).toEqual([]);
});

test.each([{}, [], "text", 1, null, { network: { cidrBlocks: "10.0.0.0/8", subnets: [], traffic: 1 } }])(
  "if %j is published, nothing is told to be new: what is gone stops the plan",
  (published) => {
    expect(addedNow(contract, published)).toEqual([]);
  },
);

test("a part of the network is an expression of its own", () => {
  expect(networkAdditions(contract, "now")).toEqual([
    line("network.cidrBlocks", 'now["network"]["cidrBlocks"]', '["10.64.0.0/16"]'),
    line("network.subnets.public", 'keys(now["network"]["subnets"]["public"])', '["eu-west-3b", "eu-west-3a"]'),
    line("network.subnets.private-with-egress", 'keys(now["network"]["subnets"]["private-with-egress"])', "[]"),
    line("network.subnets.private-isolated", 'keys(now["network"]["subnets"]["private-isolated"])', "[]"),
    line("network.subnets.control-plane", 'keys(now["network"]["subnets"]["control-plane"])', '["eu-west-3a"]'),
    line(
      "network.traffic.kubernetesApiCidrBlocks",
      'now["network"]["traffic"]["kubernetesApiCidrBlocks"]',
      '["10.64.0.0/28", "172.20.0.1/32"]',
    ),
    line(
      "network.traffic.loadBalancerCidrBlocks",
      'now["network"]["traffic"]["loadBalancerCidrBlocks"]',
      '["10.64.1.0/24", "10.64.2.0/24"]',
    ),
    line(
      "network.traffic.loadBalancerNamespace",
      '[tostring(now["network"]["traffic"]["loadBalancerNamespace"])]',
      "[]",
    ),
    line("network.traffic.vpcCidrBlocks", 'now["network"]["traffic"]["vpcCidrBlocks"]', '["10.64.0.0/16"]'),
    line("network.traffic.monitoringNamespace", '[tostring(now["network"]["traffic"]["monitoringNamespace"])]', "[]"),
    line("network.traffic.dnsAddress", '[tostring(now["network"]["traffic"]["dnsAddress"])]', "[]"),
  ]);
});

function line(name: string, now: string, recorded: string): string {
  return `try(join("\\n  ", formatlist("%s: %s is new", "${name}", setsubtract(${now}, ${recorded}))), "")`;
}

test("a text that is recorded is no addition when it changes", () => {
  const now = having({ traffic: { ...network.traffic, dnsAddress: "172.20.0.11" } });
  const recorded = having({ traffic: { ...network.traffic, dnsAddress: "172.20.0.10" } });
  expect(addedNow(recorded, now)).toEqual([]);
  expect(changedNow(recorded, now)).toEqual(['network.traffic.dnsAddress: recorded "172.20.0.10", now "172.20.0.11"']);
});
