import type { TeamConfig } from "../../lib/environment/in-cluster-config";
import type { RoleRule } from "../../lib/kubernetes/role-rules";
import { isTeamRole, TEAM_ROLES, teamGroup, teamRules } from "../../lib/kubernetes/team-roles";
import type { Environment } from "./environment";
import type { Person } from "./kubernetes-http";

/** Somebody, and what the records say they may do in a namespace. */
export interface Asker extends Person {
  readonly rulesIn: (namespace: string) => readonly RoleRule[];
}

interface Grant {
  readonly team: TeamConfig;
  readonly role: string;
}

/** Every login has this group. */
const EVERYBODY = "system:authenticated";

/**
 * Everybody that the records let in, by the way they come in: principals with the groups that their access entry gives them, groups and
 * users of other logins. Then the groups of roles that nobody has, and strangers.
 */
export function askers(environment: Environment): Asker[] {
  const { teams } = environment;
  const grants = teams.flatMap((team) =>
    (team.members ?? []).map(({ role, ...member }) => ({ ...member, team, role })),
  );
  const principals = accessEntries(environment).map(({ principalArn, groups }) => {
    const own = grants.filter((grant) => grant.principalArn === principalArn);
    return asker(principalArn, groups, own);
  });
  const groups = unique(grants.flatMap(({ group }) => group ?? [])).map((group) =>
    asker(
      `member-of-${group}`,
      [group],
      grants.filter((grant) => grant.group === group),
    ),
  );
  const users = unique(grants.flatMap(({ user }) => user ?? [])).map((user) =>
    asker(
      user,
      [],
      grants.filter((grant) => grant.user === user),
    ),
  );
  const bound = teams.flatMap((team) =>
    unique([...TEAM_ROLES, ...Object.keys(team.roles ?? {})]).map((role) => {
      const isGroups = grants.some((grant) => grant.team === team && grant.role === role && grant.principalArn);
      return asker(`${team.teamName}-${role}`, [teamGroup(team.teamName, role)], isGroups ? [{ team, role }] : []);
    }),
  );
  const seen = new Set([...principals, ...groups, ...users].map((person) => person.groups.join()));
  const others = bound.filter((person) => !seen.has(person.groups.join()));
  const strangers = [asker("stranger", [], []), asker("stranger-with-a-group", ["team:nobody:admin"], [])];
  return [...principals, ...groups, ...users, ...others, ...strangers];
}

function asker(user: string, groups: readonly string[], grants: readonly Grant[]): Asker {
  const rulesIn = (namespace: string) =>
    grants.flatMap(({ team, role }) => (team.namespaces.includes(namespace) ? rulesOf(team, role) : []));
  return { user, groups: [...groups, EVERYBODY], rulesIn };
}

function rulesOf(team: TeamConfig, role: string): readonly RoleRule[] {
  return isTeamRole(role) ? teamRules(role) : (team.roles?.[role]?.rules ?? []);
}

/** Principals with groups of Kubernetes, as the access entries of the synthesised stack have them. */
function accessEntries({ stack }: Environment): { principalArn: string; groups: readonly string[] }[] {
  const entries = Object.values(stack.resources.aws_eks_access_entry ?? {});
  return entries
    .map(({ principal_arn, kubernetes_groups }) => ({
      principalArn: String(principal_arn),
      groups: (kubernetes_groups ?? []) as string[],
    }))
    .filter(({ groups }) => groups.length > 0);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
