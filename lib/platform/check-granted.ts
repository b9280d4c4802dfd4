import type { TerraformStack } from "cdktf";
import { Faults } from "../core/faults";
import { ValidationError } from "../core/validation-error";
import { CustomResources } from "../helm/custom-resources";
import { checkGrantedNamespace } from "./check-granted-namespace";
import { checkAwsResource } from "./check-pod-roles";
import type { PlatformContract } from "./contract";
import { insteadOf, mayDeploy } from "./granted-kinds";
import { type Body, firstOf, isAliased, pathOf, writtenStack } from "./written-stack";

/**
 * What a stack makes beyond what a platform granted: an apply would be refused halfway. It is asked of what the stack writes, so that raw
 * resources and overrides count too; resources of a provider with an alias are elsewhere, and do not.
 *
 * @param ownsProvider whether the stack's AWS provider is the Platform's, so that everything is made with the deploy role
 * @returns messages
 */
export function beyondGrant(stack: TerraformStack, contract: PlatformContract, ownsProvider: boolean): string[] {
  const { resource, provider } = writtenStack(stack);
  const messages: string[] = [];
  const judge = (path: string, check: (faults: Faults) => void) => {
    const faults = new Faults(path);
    check(faults);
    messages.push(...faults.all.map((fault) => new ValidationError(path, [fault]).message));
  };
  for (const type of ["aws", "kubernetes", "helm"]) {
    const defaults = (provider[type] ?? []).filter(({ alias }) => alias === undefined);
    const rule = "must be the only one without an alias";
    judge(stack.node.path, (faults) => faults.check(defaults.length < 2, `provider ${type}`, rule, defaults.length));
  }
  const roles = resource.aws_iam_role ?? {};
  for (const [type, bodies] of Object.entries(resource)) {
    for (const [id, body] of Object.entries(bodies)) {
      if (isAliased(body)) continue;
      judge(pathOf(body) ?? `${type}.${id}`, (faults) => {
        if (type.startsWith("aws_")) checkAwsResource(faults, { type, body }, contract, roles, ownsProvider);
        else if (type === "helm_release") checkRelease(faults, body, contract);
        else if (type.startsWith("kubernetes_")) checkObject(faults, type, body, contract);
      });
    }
  }
  for (const node of stack.node.findAll())
    if (node instanceof CustomResources) judge(node.node.path, (faults) => refuseCustomResources(faults, contract));
  return messages;
}

function checkRelease(faults: Faults, body: Body, contract: PlatformContract): void {
  checkGrantedNamespace(faults, "namespace", body.namespace, contract);
  const rule = "must not be set: namespaces are the platform's";
  faults.check(body.create_namespace !== true, "create_namespace", rule);
}

function refuseCustomResources(faults: Faults, { team }: PlatformContract): void {
  const rule = `must not be made: the role 'deploy' of ${team} has no rights on custom resources`;
  const fix = "ask the platform to make them; of a Secret that the platform has External Secrets write, give its name";
  faults.add("resources", rule, undefined, fix);
}

function checkObject(faults: Faults, type: string, body: Body, contract: PlatformContract): void {
  const { team, namespaces, identity } = contract;
  const metadata = firstOf(body.metadata);
  const isPolicy = /^kubernetes_network_policy(_v1)?$/.test(type);
  if (/^kubernetes_namespace(_v1)?$/.test(type)) {
    const granted = Object.keys(namespaces).map((name) => `platform.namespace(${JSON.stringify(name)})`);
    const fix = granted.length > 0 ? `use ${granted.join(" or ")}` : "none is granted";
    faults.add(type, "must not be made: namespaces are the platform's", metadata.name, fix);
  } else if (isPolicy || mayDeploy(type)) {
    const isGranted = checkGrantedNamespace(faults, "metadata.namespace", metadata.namespace, contract);
    const fix = "the platform can open the traffic, or grant it: 'networkPolicies' in the team's contract";
    const rule = `must not be made: ${team} may not open traffic`;
    if (isGranted && isPolicy) faults.check(identity.networkPolicies, type, rule, undefined, fix);
  } else if (insteadOf(type) !== undefined) {
    faults.add(type, "must not be made: synth cannot tell what it writes", metadata.name, insteadOf(type));
  } else if (!isOfOwnNamespace(metadata.namespace)) {
    faults.add(type, `must not be made: the role 'deploy' of ${team} may not write it`, metadata.name);
  }
}

/** Of a namespace that is made here, the namespace itself is the fault. */
function isOfOwnNamespace(namespace: unknown): boolean {
  return typeof namespace === "string" && namespace.startsWith("${kubernetes_namespace");
}
