import type { RoleRule } from "../kubernetes/role-rules";
import { deployRoleArn } from "../platform/team-names";
import type { AwsEnvironmentConfig } from "./environment-config";
import type { InClusterConfig, TeamConfig } from "./in-cluster-config";

/** The role that opens traffic. */
export const TRAFFIC_ROLE = "traffic";

/** What is installed in an environment's cluster, with the deploy roles of teams that have a contract among the teams' members. */
export function withDeployRoles(
  { account, name }: Pick<AwsEnvironmentConfig, "account" | "name">,
  inCluster: InClusterConfig,
): InClusterConfig {
  const { teams } = inCluster;
  return {
    ...inCluster,
    teams: teams?.map((team) => withDeployRole(team, deployRoleArn(account, name, team.teamName))),
  };
}

/** The team's deploy role gets `deploy`, and with `networkPolicies` also a role of its own that opens traffic. */
function withDeployRole(team: TeamConfig, principalArn: string): TeamConfig {
  const { members = [], contract, roles } = team;
  if (contract === undefined) return team;
  const deploy = { principalArn, role: "deploy" };
  const { networkPolicies: reason } = contract;
  if (reason === undefined) return { ...team, members: [...members, deploy] };
  return {
    ...team,
    members: [...members, deploy, { principalArn, role: TRAFFIC_ROLE }],
    roles: { ...roles, [TRAFFIC_ROLE]: { rules: [trafficRule(reason)] } },
  };
}

function trafficRule(reason: string): RoleRule {
  return {
    apiGroups: ["networking.k8s.io"],
    resources: ["networkpolicies"],
    verbs: ["get", "list", "watch", "create", "update", "patch", "delete"],
    reason,
  };
}
