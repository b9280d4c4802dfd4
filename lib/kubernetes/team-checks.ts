import { checkTags } from "../core/check-tags";
import type { Faults } from "../core/faults";
import { DNS_LABEL } from "../core/kubernetes-names";
import { checkAccessEntry } from "../eks/access-entry";
import { checkNamespaceName } from "./namespace-name";
import { checkRules } from "./role-checks";
import { checkServiceAccount } from "./service-account";
import type { TeamMember, TeamMemberProps, TeamOptions } from "./team-props";
import { isTeamRole, TEAM_ROLES, teamGroup } from "./team-roles";

const NAME_RULE = "must be a name of lower-case letters, digits and '-', at most 63";

/** What a team stands in. */
export interface TeamPlace {
  /** Names of the team's namespaces. */
  readonly namespaces: readonly string[];
  /** Whether the cluster is one of EKS. */
  readonly onEks: boolean;
}

/** Adds what is wrong with a team. */
export function checkTeam(
  faults: Faults,
  team: TeamOptions,
  place: TeamPlace,
  property: (name: string) => string = (name) => name,
): void {
  const { teamName, members = [], roles = {}, serviceAccounts = [], tags = {} } = team;
  faults
    .literal(property("teamName"), teamName)
    .matches(property("teamName"), teamName, DNS_LABEL, NAME_RULE)
    .check(place.namespaces.length > 0, property("namespaces"), "must list at least one namespace")
    .unique(property("namespaces"), place.namespaces);
  for (const name of place.namespaces) checkNamespaceName(faults, property("namespaces"), name);

  for (const [name, { rules }] of Object.entries(roles)) {
    const role = property(`roles.${name}`);
    faults
      .check(!isTeamRole(name), role, "must not have the name of a role that every team has")
      .matches(role, name, DNS_LABEL, NAME_RULE);
    checkRules(faults, `${role}.rules`, rules);
  }
  for (const [index, member] of members.entries()) {
    checkMember(faults, member, team, place, (name) => property(`members[${index}].${name}`));
  }
  faults.unique(
    property("members"),
    members.map(({ principalArn, group, user, role }) => `${principalArn ?? group ?? user} as ${role}`),
  );

  for (const [index, account] of serviceAccounts.entries()) {
    const ofAccount = (name: string) => property(`serviceAccounts[${index}].${name}`);
    faults.oneOf(ofAccount("namespace"), account.namespace, place.namespaces);
    checkServiceAccount(faults, account, place.onEks, ofAccount);
  }
  faults.unique(
    property("serviceAccounts"),
    serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`),
  );
  checkTags(faults, tags, (name) => property(`tags.${name}`));
}

/** Adds a fault for a member who waits for something and has no access entry that could. */
export function checkAfter(faults: Faults, members: readonly TeamMemberProps[]): void {
  for (const [index, { principalArn, after }] of members.entries()) {
    const rule = "must not be set without 'principalArn': only an access entry can wait";
    faults.check(after === undefined || principalArn !== undefined, `members[${index}].after`, rule);
  }
}

function checkMember(
  faults: Faults,
  member: TeamMember,
  { teamName, roles = {} }: TeamOptions,
  { onEks }: TeamPlace,
  property: (name: string) => string,
): void {
  const { principalArn, group, user, role } = member;
  const given = Object.entries({ principalArn, group, user }).filter(([, value]) => value !== undefined);
  faults
    .check(
      given.length === 1,
      property("principalArn"),
      "must be given alone, or else group or user alone",
      given.map(([name]) => name),
    )
    .oneOf(property("role"), role, [...TEAM_ROLES, ...Object.keys(roles)]);
  for (const [name, value] of given) faults.literal(property(name), value);
  for (const [name, value] of Object.entries({ group, user })) {
    faults.matches(property(name), value, /^(?!system:)./, "must not be empty nor begin with system:");
  }
  if (group?.startsWith("team:")) {
    const own = teamGroup(teamName, role);
    faults.check(group === own, property("group"), `must be ${own}, not the group of another team or role`, group);
  }
  if (principalArn === undefined) return;
  checkAccessEntry(faults, { principalArn }, property);
  faults.check(
    onEks,
    property("principalArn"),
    "must not be set without an EKS cluster",
    principalArn,
    "name a group or a user of the cluster's login",
  );
}
