import { Construct, type IConstruct } from "constructs";
import { Faults } from "../core/faults";
import type { ClusterNetwork } from "./cluster-network";
import { openDatabase } from "./database-access";
import type { INamespace } from "./namespace-interface";
import { allowPolicy } from "./network-policies";
import { checkSameStack } from "./stack-check";
import { type Traffic, trafficParts } from "./traffic";
import { checkFacts, checkTraffic } from "./traffic-checks";
import { planTraffic, type TrafficPlan } from "./traffic-plan";

/** Which namespace said what is made of a sentence. */
const saidBy = new WeakMap<IConstruct, INamespace>();

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
  if (parts.namespace) checkPeerStack(faults, parts.direction, own, parts.namespace);
  checkFacts(faults, parts, network);
  faults.throwIfAny();

  const plan = planTraffic(own, parts, network);
  const again = plan.home.node.tryFindChild(plan.id);
  if (again) faults.add(parts.direction, "must not be allowed a second time", plan.id, mergeFix(own, again));
  faults.throwIfAny();
  saidBy.set(makePolicies(plan), own);
  const { nodeSecurityGroupId } = network;
  const { securityGroupId, port } = parts.database ?? {};
  if (securityGroupId !== undefined && nodeSecurityGroupId !== undefined && port !== undefined)
    own.addDependable(openDatabase(own, { securityGroupId, nodeSecurityGroupId, port }));
}

/** Of a name alone it is not known that nothing goes in there: who names it must say so, or the end there stays closed. */
function checkPeerStack(faults: Faults, direction: string, own: Construct, peer: INamespace): void {
  const opens = "name it in this stack with Namespace.fromName(...) and deniesByDefault: true, which opens its end too";
  checkSameStack(faults, direction, own, peer, peer.deniesByDefault ? opens : undefined);
}

function mergeFix(own: INamespace, again: IConstruct): string {
  const sayer = saidBy.get(again);
  if (sayer === undefined || sayer === own) return "write all its ports in one, or select other pods";
  return `the sentence that ${sayer.node.path} says opens both ends already; write all its ports there`;
}

/** Pods wait for the policies of their own namespace, wherever the policies are in code. */
function makePolicies({ id, home, policies }: TrafficPlan): IConstruct {
  const scope = new Construct(home, id);
  for (const policy of policies) {
    const made = allowPolicy(scope, policy.direction === "egress" ? "Egress" : "Ingress", policy);
    policy.namespace.addDependable(made);
  }
  return scope;
}
