import { Token } from "cdktf";
import type { VpcAttributes } from "../../../lib/vpc/imported-vpc";
import { Vpc } from "../../../lib/vpc/vpc";
import type { ISubnet } from "../../../lib/vpc/vpc-interface";
import { messageOf } from "../../support/errors";
import { synthesizeWith, testStack } from "../../support/synth";

const subnet = (subnetId: string, availabilityZone: string, tier: ISubnet["tier"] = "public"): ISubnet => ({
  subnetId,
  availabilityZone,
  tier,
  cidrBlock: "10.0.0.0/24",
});
const attributes: VpcAttributes = {
  vpcId: "vpc-1",
  cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
  subnets: [
    subnet("subnet-1", "eu-west-3a"),
    subnet("subnet-2", "eu-west-3b"),
    subnet("subnet-3", "eu-west-3a", "private-isolated"),
  ],
};
const imported = (changes: Partial<VpcAttributes> = {}) =>
  Vpc.fromVpcAttributes(testStack(), "Vpc", { ...attributes, ...changes });

test("import: a VPC by its ids makes nothing, and is used like one that was made here", () => {
  const stack = synthesizeWith((scope) => {
    const vpc = Vpc.fromVpcAttributes(scope, "Vpc", attributes);
    expect(vpc).toMatchObject({ vpcId: "vpc-1", cidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"], egress: [] });
    expect(vpc.subnets("public").map(({ subnetId }) => subnetId)).toEqual(["subnet-1", "subnet-2"]);
    expect(vpc.subnets("public", ["eu-west-3b"]).map(({ subnetId }) => subnetId)).toEqual(["subnet-2"]);
  });
  expect(stack.census).toEqual({});
});

test("ranges that are known at apply only are taken as they are", () => {
  const token = Token.asString({ resolve: () => "10.9.0.0/24" });
  const vpc = imported({
    cidrBlocks: [token],
    subnets: [{ ...subnet("subnet-1", "eu-west-3a"), cidrBlock: token }, subnet("subnet-2", "eu-west-3b")],
  });
  expect(vpc.subnets("public")).toHaveLength(2);
});

test("lists that the caller changes later change nothing", () => {
  const [cidrBlocks, subnets] = [[...attributes.cidrBlocks], [...attributes.subnets]];
  const vpc = imported({ cidrBlocks, subnets });
  cidrBlocks.pop();
  subnets.pop();
  expect(vpc.cidrBlocks).toHaveLength(2);
  expect(vpc.subnets("private-isolated")).toHaveLength(1);
});

test.each<[string, () => unknown, string]>([
  [
    "a VPC without a range",
    () => imported({ cidrBlocks: [] }),
    "'cidrBlocks' must name at least one range, got [] at test/Vpc",
  ],
  [
    "the same subnet twice",
    () => imported({ subnets: [subnet("subnet-1", "eu-west-3a"), subnet("subnet-1", "eu-west-3b")] }),
    `'subnets' must not repeat a value, got "subnet-1" at test/Vpc; remove the second one`,
  ],
  [
    "a range that is none, as out of a file",
    () => imported({ cidrBlocks: ["10.0.0.0/16", "10.1.0.0"] }),
    `'cidrBlocks' must be IPv4 ranges, got ["10.0.0.0/16","10.1.0.0"] at test/Vpc`,
  ],
  [
    "a subnet of another VPC, of an unknown tier",
    () =>
      imported({ subnets: [{ ...subnet("subnet-1", "eu-west-3a"), cidrBlock: "10.9.0.0/24", tier: "dmz" as never }] }),
    [
      `'subnets.subnet-1.tier' must be one of "public", "private-with-egress", "private-isolated", "control-plane", got "dmz" at test/Vpc`,
      `'subnets.subnet-1.cidrBlock' must lie inside 10.0.0.0/16, 100.64.0.0/16, got "10.9.0.0/24" at test/Vpc`,
    ].join("\n"),
  ],
  [
    "a tier that it has not",
    () => imported().subnets("control-plane"),
    `'subnetGroup' must be a tier or a secondary range of the VPC, got "control-plane" at test/Vpc; it has public, private-isolated`,
  ],
  [
    "a zone where the tier has no subnet",
    () => imported().subnets("private-isolated", ["eu-west-3a", "eu-west-3b"]),
    `'availabilityZones' must have a private-isolated subnet in every zone, got "eu-west-3b" at test/Vpc; the VPC has private-isolated subnets in eu-west-3a`,
  ],
])("refused: %s", (_, call, message) => {
  expect(messageOf(call)).toBe(message);
});
