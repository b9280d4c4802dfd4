import { createHash } from "node:crypto";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DefaultTokenResolver, type ITerraformDependable, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { Construct } from "constructs";

export interface DatabaseAccess {
  /** Security group of the database. */
  readonly securityGroupId: string;
  readonly nodeSecurityGroupId: string;
  readonly port: number;
}

const HASH_LENGTH = 8;

/**
 * Lets the nodes' security group in to a database's. AWS knows a rule by what it says and refuses it a second time, so the rule belongs to
 * the stack, and every namespace that uses the database shares it.
 *
 * @returns the rule, made now or before
 */
export function openDatabase(
  scope: Construct,
  { securityGroupId, nodeSecurityGroupId, port }: DatabaseAccess,
): ITerraformDependable {
  const stack = TerraformStack.of(scope);
  const rule = Tokenization.resolve([securityGroupId, nodeSecurityGroupId, port], {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
  const hash = createHash("sha256").update(JSON.stringify(rule)).digest("hex").slice(0, HASH_LENGTH);
  const id = `DatabaseAccess-${hash}`;
  const made = stack.node.tryFindChild(id) as VpcSecurityGroupIngressRule | undefined;
  if (made) return made;
  return new VpcSecurityGroupIngressRule(stack, id, {
    securityGroupId,
    description: `Database port ${port} from the nodes`,
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    referencedSecurityGroupId: nodeSecurityGroupId,
  });
}
