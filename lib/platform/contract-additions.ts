import { SUBNET_TIERS } from "../vpc/subnet-layout";
import { expressionAt, expressionList, quoted } from "./compare-contract";
import type { ContractNetwork, PlatformContract } from "./contract";

/** What a fact of traffic holds. */
const TRAFFIC: Readonly<Record<keyof ContractNetwork["traffic"], "list" | "text">> = {
  kubernetesApiCidrBlocks: "list",
  loadBalancerCidrBlocks: "list",
  loadBalancerNamespace: "text",
  vpcCidrBlocks: "list",
  monitoringNamespace: "text",
  dnsAddress: "text",
};

/**
 * A Terraform expression for each part of a recorded network: an empty text if what is published now has nothing that is not recorded, or else
 * a line for each range, zone or fact that is new. That breaks no promise, but a policy that was made from the record does not know it.
 *
 * @param published an expression that gives what the platform publishes now; whatever it gives, none of these fails
 */
export function networkAdditions({ network }: PlatformContract, published: string): string[] {
  const { cidrBlocks, subnets, traffic } = network;
  const fresh = (path: readonly string[], recorded: readonly string[], values: (now: string) => string) =>
    lines(["network", ...path], recorded, values(expressionAt(published, ["network", ...path])));
  return [
    fresh(["cidrBlocks"], cidrBlocks, itself),
    ...SUBNET_TIERS.map((tier) => fresh(["subnets", tier], Object.keys(subnets[tier] ?? {}), keysOf)),
    ...Object.entries(TRAFFIC).flatMap(([name, kind]) => {
      const recorded = traffic[name as keyof typeof TRAFFIC];
      // A text that is recorded can change, which is no addition.
      if (kind === "text") return recorded === undefined ? [fresh(["traffic", name], [], alone)] : [];
      return [fresh(["traffic", name], Array.isArray(recorded) ? recorded : [], itself)];
    }),
  ];
}

function lines(path: readonly string[], recorded: readonly string[], now: string): string {
  const added = `setsubtract(${now}, ${expressionList(recorded)})`;
  return `try(join(${quoted("\n  ")}, formatlist("%s: %s is new", ${quoted(path.join("."))}, ${added})), "")`;
}

const itself = (now: string) => now;
const keysOf = (now: string) => `keys(${now})`;
const alone = (now: string) => `[tostring(${now})]`;
