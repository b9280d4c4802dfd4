import { Vpc } from "../../lib/vpc/vpc";
import type { VpcProps } from "../../lib/vpc/vpc-props";
import { account } from "./account";
import { type Body, type Synthesized, synthesizeWith } from "./synth";

/** The least that a VPC can be, in two zones, without flow logs. */
export const smallVpc: VpcProps = {
  account,
  vpcName: "test",
  cidrBlock: "10.0.0.0/16",
  availabilityZones: ["eu-west-3a", "eu-west-3b"],
  flowLogs: "off",
};

/** A stack with one VPC named `Vpc`. */
export function vpcWith(props: Partial<VpcProps> = {}): Synthesized {
  return synthesizeWith((scope) => {
    new Vpc(scope, "Vpc", { ...smallVpc, ...props });
  });
}

/** The only resource of a type whose tag `Name` is this; throws if there are none or several. */
export function named(stack: Synthesized, type: string, name: string): Body {
  const [[, body] = [], ...rest] = Object.entries(stack.resources(type)).filter(
    ([, { tags }]) => nameIn(tags) === name,
  );
  if (!body || rest.length > 0) throw new Error(`expected one ${type} named ${name}`);
  return body;
}

/** Logical ids of a type by their tag `Name`. */
export function idsByName(stack: Synthesized, type: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(stack.resources(type)).map(([id, { tags }]) => [nameIn(tags), id]));
}

function nameIn(tags: unknown): string {
  return typeof tags === "object" && tags !== null && "Name" in tags ? String(tags.Name) : "";
}
