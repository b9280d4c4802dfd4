import { Vpc } from "../../../lib/vpc/vpc";
import type { VpcProps } from "../../../lib/vpc/vpc-props";
import { testKey } from "../../support/cluster";
import { messageOf } from "../../support/errors";
import { testStack } from "../../support/synth";
import { aListToken, aToken } from "../../support/tokens";
import { smallVpc } from "../../support/vpc";

const made = (props: Partial<VpcProps>) => () => new Vpc(testStack(), "Vpc", { ...smallVpc, ...props });

const KNOWN =
  "must be known at synth, got a token at test/Vpc; write the value itself instead of another resource's attribute";
const given = (a: string, b: string): Partial<VpcProps> => ({
  subnetCidrBlocks: { public: { "eu-west-3a": a, "eu-west-3b": b } },
});
const second = (cidrBlock: string): Partial<VpcProps> => ({ secondaryCidrBlocks: { pods: { cidrBlock } } });

type Case = [string, Partial<VpcProps>, string | string[]];

function refused(cases: Case[]): void {
  test.each(cases)("refused: %s", (_, props, message) => {
    expect(messageOf(made(props))).toBe(typeof message === "string" ? message : message.join("\n"));
  });
}

describe("the VPC's range", () => {
  refused([
    [
      "larger than AWS allows",
      { cidrBlock: "10.0.0.0/15" },
      `'cidrBlock' must have a prefix from /16 to /28, got "10.0.0.0/15" at test/Vpc`,
    ],
    [
      "smaller than AWS allows",
      { cidrBlock: "10.0.0.0/29" },
      `'cidrBlock' must have a prefix from /16 to /28, got "10.0.0.0/29" at test/Vpc`,
    ],
    [
      "an address inside it in place of its first",
      { cidrBlock: "10.0.0.7/16" },
      `'cidrBlock' must be an IPv4 range, got "10.0.0.7/16" at test/Vpc; did you mean "10.0.0.0/16"?`,
    ],
    [
      "malformed",
      { cidrBlock: "10.0.0.300/16" },
      `'cidrBlock' must be an IPv4 range, got "10.0.0.300/16" at test/Vpc; for example "10.0.0.0/16"`,
    ],
    [
      "without a prefix",
      { cidrBlock: "10.0.0.0" },
      `'cidrBlock' must be an IPv4 range, got "10.0.0.0" at test/Vpc; for example "10.0.0.0/16"`,
    ],
    [
      "too small to be divided",
      { cidrBlock: "10.0.0.0/24" },
      `'cidrBlock' must have a prefix of at most /23 for computed subnets, got "10.0.0.0/24" at test/Vpc; or give every tier's ranges in 'subnetCidrBlocks'`,
    ],
    [
      "too small to be divided among eight zones",
      { cidrBlock: "10.0.0.0/23", reservedZones: 8 },
      `'cidrBlock' must have a prefix of at most /22 for computed subnets, got "10.0.0.0/23" at test/Vpc; or give every tier's ranges in 'subnetCidrBlocks'`,
    ],
    ["known only at apply", { cidrBlock: aToken() }, `'cidrBlock' ${KNOWN}`],
  ]);

  test("a /28 is accepted where every subnet is given", () => {
    const subnetCidrBlocks = { public: { "eu-west-3a": "10.0.0.0/28" } };
    expect(
      made({ cidrBlock: "10.0.0.0/28", availabilityZones: ["eu-west-3a"], tiers: ["public"], subnetCidrBlocks }),
    ).not.toThrow();
  });
});

describe("zones", () => {
  refused([
    ["none", { availabilityZones: [] }, "'availabilityZones' must list at least 1 zone, got [] at test/Vpc"],
    [
      "of another region",
      { availabilityZones: ["eu-west-3a", "eu-west-1b"] },
      `'availabilityZones' must be zones of the region eu-west-3, got "eu-west-1b" at test/Vpc`,
    ],
    [
      "the same twice",
      { availabilityZones: ["eu-west-3a", "eu-west-3a"] },
      `'availabilityZones' must not repeat a value, got "eu-west-3a" at test/Vpc; remove the second one`,
    ],
    [
      "a region in place of a zone",
      { availabilityZones: ["eu-west-3"] },
      `'availabilityZones' must be zone names, got "eu-west-3" at test/Vpc; for example "eu-west-3a"`,
    ],
    [
      "beyond the room that is kept",
      { availabilityZones: ["eu-west-3e"] },
      `'availabilityZones' must have a letter among the first 4 (room is kept for that many zones), got "eu-west-3e" at test/Vpc; set 'reservedZones' to 8`,
    ],
    [
      "beyond the most room there is",
      { availabilityZones: ["eu-west-3i"], reservedZones: 8 },
      `'availabilityZones' must have a letter among the first 8 (room is kept for that many zones), got "eu-west-3i" at test/Vpc; give the subnets' ranges in 'subnetCidrBlocks'`,
    ],
    ["one known only at apply", { availabilityZones: ["eu-west-3a", aToken()] }, `'availabilityZones' ${KNOWN}`],
    ["a list known only at apply", { availabilityZones: aListToken() }, `'availabilityZones' ${KNOWN}`],
  ]);

  test("a zone beyond the room is accepted where its ranges are given", () => {
    const subnetCidrBlocks = { public: { "eu-west-3f": "10.0.0.0/24" } };
    expect(made({ availabilityZones: ["eu-west-3f"], tiers: ["public"], subnetCidrBlocks })).not.toThrow();
  });
});

describe("ranges of subnets", () => {
  refused([
    [
      "two that overlap",
      given("10.0.240.0/24", "10.0.240.128/25"),
      `'subnetCidrBlocks' must not overlap another subnet, got "10.0.240.128/25" at test/Vpc; it overlaps 10.0.240.0/24`,
    ],
    [
      "outside the VPC",
      given("10.0.240.0/24", "10.1.0.0/24"),
      `'subnetCidrBlocks' must lie inside 10.0.0.0/16, got "10.1.0.0/24" at test/Vpc`,
    ],
    [
      "smaller than AWS allows",
      given("10.0.240.0/24", "10.0.241.0/29"),
      `'subnetCidrBlocks.public.eu-west-3b' must have a prefix from /16 to /28, got "10.0.241.0/29" at test/Vpc`,
    ],
    [
      "malformed",
      given("10.0.240.0/24", "10.0.241.7/24"),
      `'subnetCidrBlocks.public.eu-west-3b' must be an IPv4 range, got "10.0.241.7/24" at test/Vpc; did you mean "10.0.241.0/24"?`,
    ],
    [
      "not for every zone",
      { subnetCidrBlocks: { public: { "eu-west-3a": "10.0.240.0/24" } } },
      `'subnetCidrBlocks.public' must have a range for every zone, got ["eu-west-3a"] at test/Vpc; add "eu-west-3b"`,
    ],
    [
      "for a zone that the VPC has not",
      { ...given("10.0.240.0/24", "10.0.241.0/24"), availabilityZones: ["eu-west-3a"] },
      `'subnetCidrBlocks.public' must name zones of 'availabilityZones', got "eu-west-3b" at test/Vpc`,
    ],
    [
      "for a tier that the VPC has not",
      { ...given("10.0.240.0/24", "10.0.241.0/24"), tiers: ["private-isolated"] },
      `'subnetCidrBlocks.public' must be one of the VPC's tiers, got "public" at test/Vpc; it has private-isolated`,
    ],
    ["known only at apply", given("10.0.240.0/24", aToken()), `'subnetCidrBlocks.public.eu-west-3b' ${KNOWN}`],
  ]);
});

describe("secondary ranges", () => {
  refused([
    [
      "one that overlaps the VPC's own",
      second("10.0.128.0/17"),
      `'secondaryCidrBlocks' must not overlap another range of the VPC, got "10.0.128.0/17" at test/Vpc; it overlaps 10.0.0.0/16`,
    ],
    [
      "too small for a subnet in each zone",
      second("10.1.0.0/27"),
      `'secondaryCidrBlocks.pods' must have a prefix of at most /26 for a subnet in each zone, got "10.1.0.0/27" at test/Vpc`,
    ],
    [
      "larger than AWS allows",
      second("100.64.0.0/10"),
      `'secondaryCidrBlocks.pods' must have a prefix from /16 to /28, got "100.64.0.0/10" at test/Vpc`,
    ],
    [
      "named like a tier",
      { secondaryCidrBlocks: { public: { cidrBlock: "100.64.0.0/16" } } },
      `'secondaryCidrBlocks' must not have the name of a tier, got "public" at test/Vpc`,
    ],
    [
      "named like a part of the VPC",
      { secondaryCidrBlocks: { Routing: { cidrBlock: "100.64.0.0/16" } } },
      `'secondaryCidrBlocks' must have names of lower-case letters, digits and '-', got "Routing" at test/Vpc`,
    ],
    [
      "one that has no way out",
      { ...second("100.64.0.0/16"), tiers: ["private-isolated"] },
      `'secondaryCidrBlocks.pods.tier' must be one of the VPC's tiers to have a way out, got "private-with-egress" at test/Vpc; use "private-isolated"`,
    ],
    ["known only at apply", second(aToken()), `'secondaryCidrBlocks.pods' ${KNOWN}`],
  ]);
});

describe("names", () => {
  const long = "a".repeat(129);
  refused([
    [
      "none",
      { vpcName: "" },
      [
        `'vpcName' must have only letters, digits and '_.-', got "" at test/Vpc`,
        `'vpcName' must have 1 to 128 characters, has 0, got "" at test/Vpc`,
      ],
    ],
    [
      "beyond the limit",
      { vpcName: long },
      `'vpcName' must have 1 to 128 characters, has 129, got "${long}" at test/Vpc`,
    ],
    [
      "with a space",
      { vpcName: "my vpc" },
      `'vpcName' must have only letters, digits and '_.-', got "my vpc" at test/Vpc`,
    ],
    ["known only at apply", { vpcName: aToken() }, `'vpcName' ${KNOWN}`],
  ]);
});

describe("tiers, NAT gateways and endpoints", () => {
  refused([
    [
      "the same tier twice",
      { tiers: ["public", "private-with-egress", "public"] },
      `'tiers' must not repeat a value, got "public" at test/Vpc; remove the second one`,
    ],
    [
      "private-with-egress without NAT gateways",
      { natGateways: "none" },
      `'tiers' must not contain "private-with-egress" without NAT gateways, got ["public","private-with-egress","control-plane"] at test/Vpc; use "private-isolated"`,
    ],
    [
      "NAT gateways without a public tier",
      { tiers: ["private-with-egress"] },
      `'tiers' must contain "public" for NAT gateways, got ["private-with-egress"] at test/Vpc; or set 'natGateways' to "none"`,
    ],
    [
      "NAT gateways for nobody",
      { tiers: ["public"], natGateways: "single" },
      `'natGateways' must be "none" without a private-with-egress tier, got "single" at test/Vpc`,
    ],
    [
      "an interface endpoint twice",
      { interfaceEndpoints: ["sts", "ec2", "sts"] },
      `'interfaceEndpoints' must not repeat a value, got "sts" at test/Vpc; remove the second one`,
    ],
    [
      "an interface endpoint beside the gateway of the same service",
      { interfaceEndpoints: ["s3"] },
      `'interfaceEndpoints' must not name a service that has a gateway endpoint, got "s3" at test/Vpc; remove it`,
    ],
    [
      "interface endpoints without a private tier to stand in",
      { tiers: ["public"], interfaceEndpoints: ["sts"] },
      `'tiers' must contain a private tier for interface endpoints, got ["public"] at test/Vpc`,
    ],
    ["an endpoint known only at apply", { interfaceEndpoints: [aToken()] }, `'interfaceEndpoints' ${KNOWN}`],
  ]);
});

describe("all together", () => {
  refused([
    [
      "an account that is none",
      { account: { accountId: "1", region: "Paris" } },
      [
        `'account.accountId' must be twelve digits, got "1" at test/Vpc`,
        `'account.region' must be an AWS region, got "Paris" at test/Vpc; for example "eu-west-3"`,
      ],
    ],
    [
      "several faults are told at once, a line each",
      { cidrBlock: "10.0.0.0/8", availabilityZones: ["eu-west-1a"] },
      [
        `'cidrBlock' must have a prefix from /16 to /28, got "10.0.0.0/8" at test/Vpc`,
        `'availabilityZones' must be zones of the region eu-west-3, got "eu-west-1a" at test/Vpc`,
      ],
    ],
  ]);

  test("refused before anything is made", () => {
    const stack = testStack();
    const encryptionKey = testKey(stack);
    messageOf(() => new Vpc(stack, "Vpc", { ...smallVpc, cidrBlock: "", flowLogs: { encryptionKey } }));
    expect(stack.node.tryFindChild("Vpc")?.node.children).toEqual([]);
    expect(new Vpc(stack, "Good", smallVpc).node.children).not.toEqual([]);
  });
});
