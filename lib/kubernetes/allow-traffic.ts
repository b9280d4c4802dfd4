import { Construct } from "constructs";
import { Faults } from "../core/faults";
import type { ClusterNetwork } from "./cluster-network";
import { openDatabase } from "./database-access";
import type { INamespace } from "./namespace-interface";
import { allowPolicy } from "./network-policies";
import { checkSameStack } from "./stack-check";
import { type Traffic, trafficParts } from "./traffic";
import { checkFacts, checkTraffic } from "./traffic-checks";
import { planTraffic, type TrafficPlan } from "./traffic-plan";

/**
 * Makes the policies of one sentence that a namespace says.
 *
 * @throws {ValidationError} if it opens everything, opens nothing, is said twice, its peer is a namespace of another
 * stack, or it needs something of `network` that was not said
 */
export function allowTraffic(own: Construct & INamespace, traffic: Traffic<INamespace>, network: ClusterNetwork): void {
  const faults = new Faults(own.node.path);
  checkTraffic(faults, traffic, (name) => name, "construct");
  faults.throwIfAny();
  const parts = trafficParts(traffic);
  const monitoring = parts.kind === "monitoring" ? (network.monitoringNamespace ?? "monitoring") : undefined;
  const balancer = parts.kind === "load-balancer" ? network.loadBalancerNamespace : undefined;
  const itself = (parts.namespace?.namespaceName ?? monitoring ?? balancer) === own.namespaceName;
  const fix = 'use within: "namespace"';
  faults.check(!itself, parts.direction, "must not be the namespace itself", own.namespaceName, fix);
  if (parts.namespace) checkSameStack(faults, parts.direction, own, parts.namespace);
  checkFacts(faults, parts, network);
  faults.throwIfAny();

  const plan = planTraffic(own, parts, network);
  const again = plan.home.node.tryFindChild(plan.id) !== undefined;
  const merge = "write all its ports in one, or select other pods";
  faults.check(!again, parts.direction, "must not be allowed a second time", plan.id, merge).throwIfAny();
  makePolicies(plan);
  const { nodeSecurityGroupId } = network;
  const { securityGroupId, port } = parts.database ?? {};
  if (securityGroupId !== undefined && nodeSecurityGroupId !== undefined && port !== undefined)
    own.addDependable(openDatabase(own, { securityGroupId, nodeSecurityGroupId, port }));
}

/** Pods wait for the policies of their own namespace, wherever the policies are in code. */
function makePolicies({ id, home, policies }: TrafficPlan): void {
  const scope = new Construct(home, id);
  for (const policy of policies) {
    const made = allowPolicy(scope, policy.direction === "egress" ? "Egress" : "Ingress", policy);
    policy.namespace.addDependable(made);
  }
}
