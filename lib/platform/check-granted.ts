import type { TerraformStack } from "cdktf";
import { Faults } from "../core/faults";
import { ValidationError } from "../core/validation-error";
import type { PlatformContract } from "./contract";

type Body = Readonly<Record<string, unknown>>;

/** A resource as Terraform will read it, whatever it was written with. */
interface Written {
  readonly type: string;
  readonly body: Body;
}

/**
 * What a stack makes beyond what a platform granted: an apply would be refused halfway. It is asked of what the stack writes, so that raw
 * resources and overrides count too; resources of a provider with an alias are elsewhere, and do not.
 *
 * @returns messages
 */
export function beyondGrant(stack: TerraformStack, contract: PlatformContract): string[] {
  const { resource = {}, provider = {} } = stack.toTerraform() as {
    resource?: Record<string, Record<string, Body>>;
    provider?: Record<string, readonly Body[]>;
  };
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
  for (const [type, bodies] of Object.entries(resource)) {
    for (const [id, body] of Object.entries(bodies)) {
      const isAliased = typeof body.provider === "string" && body.provider.includes(".");
      if (!isAliased)
        judge(pathOf(body) ?? `${type}.${id}`, (faults) => checkResource(faults, { type, body }, contract));
    }
  }
  return messages;
}

function checkResource(faults: Faults, written: Written, contract: PlatformContract): void {
  const { type, body } = written;
  const { namespaces, identity } = contract;
  if (/^kubernetes_namespace(_v1)?$/.test(type)) {
    const granted = Object.keys(namespaces).map((name) => `platform.namespace(${JSON.stringify(name)})`);
    const fix = granted.length > 0 ? `use ${granted.join(" or ")}` : "none is granted";
    faults.add(type, "must not be made: namespaces are the platform's", nameOf(body), fix);
  } else if (type === "helm_release") {
    checkNamespace(faults, "namespace", body.namespace, contract);
    const rule = "must not be set: namespaces are the platform's";
    faults.check(body.create_namespace !== true, "create_namespace", rule);
  } else if (type.startsWith("kubernetes_") && type !== "kubernetes_manifest") {
    const isGranted = checkNamespace(faults, "metadata.namespace", first(body.metadata).namespace, contract);
    const isPolicy = /^kubernetes_network_policy(_v1)?$/.test(type);
    const fix = "the platform can open the traffic, or grant it: 'networkPolicies' in the team's contract";
    const rule = `must not be made: ${contract.team} may not open traffic`;
    if (isGranted && isPolicy) faults.check(identity.networkPolicies, type, rule, undefined, fix);
  } else if (type === "aws_iam_role") checkRole(faults, body, contract);
  else if (type === "aws_eks_pod_identity_association") checkAssociation(faults, body, contract);
}

/** Whether a namespace is a granted one; adds a fault if not. */
function checkNamespace(faults: Faults, property: string, value: unknown, contract: PlatformContract): boolean {
  const granted = Object.keys(contract.namespaces);
  const rule = `must be a namespace granted to ${contract.team} (${granted.join(", ") || "none"})`;
  if (typeof value === "string" && granted.includes(value)) return true;
  // Of a namespace that is made here, the namespace itself is the fault.
  if (typeof value === "string" && value.startsWith("${kubernetes_namespace")) return false;
  if (typeof value === "string" && value.includes("${")) {
    faults.add(property, `${rule}, known at synth`, value, "write its name");
  } else if (value === undefined || value === null) {
    faults.add(property, rule, undefined, 'without it the object is in "default", or cluster-wide');
  } else faults.add(property, rule, value);
  return false;
}

function checkRole(faults: Faults, body: Body, { team, identity: { podRoles } }: PlatformContract): void {
  if (!podRoles) {
    faults.add("aws_iam_role", `must not be made: pods of ${team} have no roles in AWS`, nameOf(body), ASK_FOR_ROLES);
    return;
  }
  const { iamPath, permissionsBoundaryArn } = podRoles;
  const fix = "make it with ServiceAccount or PodIdentity, and the cluster of the Platform";
  const path = body.path ?? null;
  const boundary = body.permissions_boundary ?? null;
  faults
    .check(path === iamPath, "path", `must be ${JSON.stringify(iamPath)}`, path, fix)
    .check(
      boundary === permissionsBoundaryArn,
      "permissions_boundary",
      `must be ${JSON.stringify(permissionsBoundaryArn)}`,
      boundary,
      fix,
    );
}

const ASK_FOR_ROLES = "the platform can grant them: 'podStatements' in the team's contract";

function checkAssociation(faults: Faults, body: Body, contract: PlatformContract): void {
  const { team, identity, cluster } = contract;
  const type = "aws_eks_pod_identity_association";
  if (!identity.podRoles) {
    faults.add(type, `must not be made: pods of ${team} have no roles in AWS`, body.namespace, ASK_FOR_ROLES);
    return;
  }
  const { clusterName } = cluster;
  faults.check(
    body.cluster_name === clusterName,
    "cluster_name",
    `must be ${JSON.stringify(clusterName)}`,
    body.cluster_name,
  );
  checkNamespace(faults, "namespace", body.namespace, contract);
  const tag = first(body.tags).Team ?? null;
  const rule = `must be ${JSON.stringify(team)}: the deploy role may touch no other`;
  faults.check(tag === team, "tags.Team", rule, tag, `give the 'team' ${JSON.stringify(team)}`);
}

/** A block, which may be written as a list of one. */
function first(block: unknown): Body {
  const body: unknown = Array.isArray(block) ? block[0] : block;
  return typeof body === "object" && body !== null ? (body as Body) : {};
}

function nameOf(body: Body): unknown {
  return first(body.metadata).name ?? body.name;
}

/** The construct's path, which cdktf writes beside every resource. */
function pathOf(body: Body): string | undefined {
  const path = first(first(body["//"]).metadata).path;
  return typeof path === "string" ? path : undefined;
}
