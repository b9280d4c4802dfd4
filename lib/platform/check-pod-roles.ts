import type { Faults } from "../core/faults";
import { checkGrantedNamespace } from "./check-granted-namespace";
import type { PlatformContract } from "./contract";
import { type Body, firstOf, isAliased } from "./written-stack";

/** All that the deploy role of a team makes in AWS. */
const MADE = ["aws_iam_role", "aws_iam_role_policy", "aws_eks_pod_identity_association"];

const ASK_FOR_ROLES = "the platform can grant them: 'podStatements' in the team's contract";

/** Roles that a stack makes, by their ids. */
type Roles = Readonly<Record<string, Body>>;

/**
 * Adds what is wrong with a resource of the AWS provider.
 *
 * @param asDeployRole whether Terraform makes it with the deploy role; else the stack brought a provider that may have other rights
 */
export function checkAwsResource(
  faults: Faults,
  { type, body }: { readonly type: string; readonly body: Body },
  contract: PlatformContract,
  roles: Roles,
  asDeployRole: boolean,
): void {
  if (type === "aws_iam_role") checkRole(faults, body, contract);
  else if (type === "aws_eks_pod_identity_association") checkAssociation(faults, body, contract);
  else if (type === "aws_iam_role_policy" && asDeployRole) checkRolePolicy(faults, body, roles);
  else if (asDeployRole && !MADE.includes(type)) {
    const fix = "give the resource a provider with an alias";
    faults.add(type, "must not be made: the deploy role makes only roles of pods", undefined, fix);
  }
}

function checkRole(faults: Faults, body: Body, { team, identity }: PlatformContract): void {
  const { podRoles, deployRoleArn } = identity;
  const { name } = body;
  if (!podRoles) {
    faults.add("aws_iam_role", `must not be made: pods of ${team} have no roles in AWS`, name, ASK_FOR_ROLES);
    return;
  }
  const fix = "make it with ServiceAccount or PodIdentity, and the cluster of the Platform";
  const mustBe = (property: string, wanted: string) => {
    const value = body[property] ?? null;
    faults.check(value === wanted, property, `must be ${JSON.stringify(wanted)}`, value, fix);
  };
  mustBe("path", podRoles.iamPath);
  mustBe("permissions_boundary", podRoles.permissionsBoundaryArn);
  const isOther = name !== deployRoleArn.split("/").at(-1);
  faults.check(isOther, "name", "must not be the deploy role's own: names are unique in an account", name);
  for (const [key, value] of Object.entries(firstOf(body.tags)).filter(([key]) => key.toLowerCase() === "team")) {
    const rule = `must be ${JSON.stringify(team)}: the deploy role may give no other`;
    faults.check(value === team, `tags.${key}`, rule, value, "leave it out");
  }
  const managed = body.managed_policy_arns;
  const isNone = managed === undefined || managed === null || (Array.isArray(managed) && managed.length === 0);
  const rule = "must not be set: the deploy role may attach no managed policies";
  faults.check(isNone, "managed_policy_arns", rule, managed, "write the statements in a policy of the role");
}

function checkRolePolicy(faults: Faults, { role }: Body, roles: Roles): void {
  const own = Object.entries(roles).filter(([, body]) => !isAliased(body));
  const isOwn = own.some(
    ([id, { name }]) =>
      role === `\${aws_iam_role.${id}.name}` ||
      role === `\${aws_iam_role.${id}.id}` ||
      (role !== undefined && role === name),
  );
  faults.check(isOwn, "role", "must be a role that this stack makes: the deploy role changes no other", role ?? null);
}

function checkAssociation(faults: Faults, body: Body, contract: PlatformContract): void {
  const { team, identity, cluster } = contract;
  const type = "aws_eks_pod_identity_association";
  if (!identity.podRoles) {
    faults.add(type, `must not be made: pods of ${team} have no roles in AWS`, body.namespace, ASK_FOR_ROLES);
    return;
  }
  const { clusterName } = cluster;
  const named = body.cluster_name;
  faults.check(named === clusterName, "cluster_name", `must be ${JSON.stringify(clusterName)}`, named);
  checkGrantedNamespace(faults, "namespace", body.namespace, contract);
  const tag = firstOf(body.tags).Team ?? null;
  const rule = `must be ${JSON.stringify(team)}: the deploy role may touch no other`;
  faults.check(tag === team, "tags.Team", rule, tag, `give the 'team' ${JSON.stringify(team)}`);
}
