import { networkOf } from "../../../lib/kubernetes/network-of";
import { messageOf } from "../../support/errors";

const parts = {
  vpcCidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
  controlPlaneSubnets: [{ cidrBlock: "10.0.0.0/28" }, { cidrBlock: "10.0.0.16/28" }],
};

test("minimal: the API by its subnets and by the address of its Service", () => {
  expect(networkOf(parts)).toEqual({
    kubernetesApiCidrBlocks: ["10.0.0.0/28", "10.0.0.16/28", "172.20.0.1/32"],
    vpcCidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
  });
  expect(networkOf(parts)).not.toHaveProperty("nodeSecurityGroupId");
});

test("maximal", () => {
  const network = networkOf({
    ...parts,
    loadBalancerSubnets: [{ cidrBlock: "10.0.101.0/24" }],
    serviceCidrBlock: "10.100.0.0/16",
    autoMode: true,
    nodeSecurityGroupId: "sg-1",
  });
  expect(network).toEqual({
    kubernetesApiCidrBlocks: ["10.0.0.0/28", "10.0.0.16/28", "10.100.0.1/32"],
    loadBalancerCidrBlocks: ["10.0.101.0/24"],
    vpcCidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"],
    nodeSecurityGroupId: "sg-1",
    dnsAddress: "10.100.0.10",
  });
});

test("a list that the caller changes later changes nothing", () => {
  const vpcCidrBlocks = ["10.0.0.0/16"];
  const network = networkOf({ ...parts, vpcCidrBlocks });
  vpcCidrBlocks.pop();
  expect(network.vpcCidrBlocks).toEqual(["10.0.0.0/16"]);
});

test("no subnets of load balancers: they cannot be allowed", () => {
  expect(networkOf({ ...parts, loadBalancerSubnets: [] }).loadBalancerCidrBlocks).toBeUndefined();
});

test("refused: a range of Services that is none", () => {
  expect(messageOf(() => networkOf({ ...parts, serviceCidrBlock: "10.100.0.0" }))).toBe(
    `'serviceCidrBlock' must be an IPv4 range, got "10.100.0.0" at networkOf`,
  );
});
