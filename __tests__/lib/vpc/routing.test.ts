import { Routing } from "../../../lib/vpc/routing";
import type { VpcProps } from "../../../lib/vpc/vpc-props";
import { synthesizeWith } from "../../support/synth";
import { vpcWith } from "../../support/vpc";

/** Each route as `table -> target`, by the names in their addresses. */
function routes(props: Partial<VpcProps>): string[] {
  const name = (reference: unknown) => /Routing_(.+)_[0-9A-F]{8}\.id/.exec(String(reference))?.[1];
  return Object.values(vpcWith(props).resources("aws_route")).map((body) => {
    expect(body.destination_cidr_block).toBe("0.0.0.0/0");
    return `${name(body.route_table_id)} -> ${name(body.gateway_id ?? body.nat_gateway_id)}`;
  });
}

test("minimal: a table makes no way out by itself", () => {
  const stack = synthesizeWith((scope) => {
    const routing = new Routing(scope, "Routing", { vpcId: "vpc-1", vpcName: "staging" });
    routing.tableFor("private-isolated", "eu-west-3a");
    expect(routing.egress).toEqual([]);
  });
  expect(stack.census).toEqual({
    aws_route_table: 1, // the one asked for
  });
});

test("maximal: every tier has its table, and private-with-egress one in each zone", () => {
  const stack = synthesizeWith((scope) => {
    const routing = new Routing(scope, "Routing", { vpcId: "vpc-1", vpcName: "staging" });
    for (const zone of ["eu-west-3a", "eu-west-3b"]) {
      for (const tier of ["public", "private-with-egress", "private-isolated", "control-plane"] as const) {
        expect(routing.tableFor(tier, zone)).toBe(routing.tableFor(tier, zone));
      }
    }
    routing.addNatGateways("none", [], ["eu-west-3a", "eu-west-3b"]);
    expect([...routing.nodeTables.keys()]).toEqual([
      "private-with-egress-eu-west-3a",
      "private-isolated",
      "private-with-egress-eu-west-3b",
    ]);
  });
  expect(stack.census).toEqual({
    aws_route_table: 5, // public, isolated, control plane, and private-with-egress in two zones
    aws_internet_gateway: 1, // comes with the public table
    aws_route: 1, // from that table to it
  });
});

test("only public subnets are led to the internet gateway, private ones to the NAT gateway of their own zone", () => {
  expect(routes({ tiers: ["public", "private-with-egress", "private-isolated", "control-plane"] })).toEqual([
    "public -> InternetGateway",
    "private-with-egress-eu-west-3a -> NatGateway-eu-west-3a",
    "private-with-egress-eu-west-3b -> NatGateway-eu-west-3b",
  ]);
});

test("one NAT gateway stands in the first zone of the list and serves all", () => {
  expect(routes({ natGateways: "single", availabilityZones: ["eu-west-3b", "eu-west-3a"] })).toEqual([
    "public -> InternetGateway",
    "private-with-egress-eu-west-3a -> NatGateway-eu-west-3b",
    "private-with-egress-eu-west-3b -> NatGateway-eu-west-3b",
  ]);
});

test("without NAT gateways no private subnet is led anywhere", () => {
  expect(routes({ tiers: ["public", "private-isolated"] })).toEqual(["public -> InternetGateway"]);
});

test("a second public range brings no second NAT gateway into a zone", () => {
  const web = { cidrBlock: "10.1.0.0/16", tier: "public" as const };
  const stack = vpcWith({ secondaryCidrBlocks: { web } });
  expect(stack.census).toMatchObject({ aws_nat_gateway: 2, aws_eip: 2, aws_internet_gateway: 1 });
  expect(Object.values(stack.resources("aws_nat_gateway")).map((body) => body.subnet_id)).toEqual([
    expect.stringContaining("aws_subnet.Vpc_public_eu-west-3a"),
    expect.stringContaining("aws_subnet.Vpc_public_eu-west-3b"),
  ]);
});

test("public addresses wait for the internet gateway, and leave before it", () => {
  const stack = vpcWith();
  const [gateway] = Object.keys(stack.resources("aws_internet_gateway"));
  const waits = (type: string) => Object.values(stack.resources(type)).map((body) => body.depends_on);
  expect(waits("aws_eip")).toEqual(Array(2).fill([`aws_internet_gateway.${gateway}`]));
  expect(waits("aws_nat_gateway")).toEqual(
    ["eu-west-3a", "eu-west-3b"].map((zone) => [
      `aws_internet_gateway.${gateway}`,
      // The route table of its own subnet: nodes that drain still need the way out.
      expect.stringContaining(`aws_route_table_association.Vpc_public_${zone}_`),
    ]),
  );
});
