import { Faults } from "../../../lib/core/faults";
import {
  checkEndpointAccess,
  type EndpointAccess,
  privateCidrBlocks,
  publicCidrBlocks,
} from "../../../lib/eks/endpoint-access";
import { messageOf } from "../../support/errors";

function fault(access: readonly EndpointAccess[]): string {
  const faults = new Faults("test");
  checkEndpointAccess(faults, "endpointAccess", access);
  return messageOf(() => faults.throwIfAny());
}

const access: readonly EndpointAccess[] = [
  { via: "route", cidrBlocks: ["10.1.0.0/16", "10.2.0.0/16"] },
  { via: "runner", cidrBlocks: ["10.1.0.0/16"] },
  { via: "public", cidrBlocks: ["203.0.113.0/24"] },
];

test("routes and runners come in by the private endpoint, each range once", () => {
  expect(privateCidrBlocks(access)).toEqual(["10.1.0.0/16", "10.2.0.0/16"]);
});

test("only public ways reach the public endpoint", () => {
  expect(publicCidrBlocks(access)).toEqual(["203.0.113.0/24"]);
  expect(publicCidrBlocks([])).toEqual([]);
});

test("valid ways are accepted", () => {
  const faults = new Faults("test");
  checkEndpointAccess(faults, "endpointAccess", access);
  expect(faults.all).toEqual([]);
});

test.each(["route", "runner", "public"] as const)("refuses a %s without ranges", (via) => {
  expect(fault([{ via, cidrBlocks: [] }])).toBe(
    `'endpointAccess[0].cidrBlocks' must list the ranges that come in via ${via}, got [] at test`,
  );
});

test.each(["route", "runner", "public"] as const)("refuses the whole internet via %s", (via) => {
  expect(fault([{ via, cidrBlocks: ["0.0.0.0/0"] }])).toBe(
    `'endpointAccess[0].cidrBlocks' must not open the endpoint to the whole internet, got "0.0.0.0/0" at test; list the ranges of your offices, VPN or runners`,
  );
});

test("refuses what is not an IPv4 range, and says which way it belongs to", () => {
  expect(fault([...access, { via: "public", cidrBlocks: ["203.0.113.7"] }])).toBe(
    `'endpointAccess[3].cidrBlocks' must be IPv4 ranges, got "203.0.113.7" at test; for example "203.0.113.0/24"`,
  );
});

test("refuses more than 40 public ranges and accepts 40", () => {
  const ranges = Array.from({ length: 41 }, (_, index) => `203.0.113.${index}/32`);
  expect(fault([{ via: "public", cidrBlocks: ranges }])).toBe(
    "'endpointAccess' must list at most 40 public ranges, got 41 at test",
  );
  const faults = new Faults("test");
  checkEndpointAccess(faults, "endpointAccess", [{ via: "public", cidrBlocks: ranges.slice(0, 40) }]);
  expect(faults.all).toEqual([]);
});
