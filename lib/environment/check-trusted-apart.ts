import type { Faults } from "../core/faults";
import { deployRoleArn } from "../platform/team-names";
import { teamsWithContract } from "./contract-of";
import type { AwsEnvironmentConfig } from "./environment-config";
import { isSameRole } from "./role-arn";

/** A role that something is deployed with, and whose it is. */
interface DeployRole {
  readonly owner: string;
  readonly roleArn: string;
}

/** Adds trust of one team's deploy role in that of another team or environment: who deploys there would deploy here. */
export function checkTrustedApart(faults: Faults, environments: readonly AwsEnvironmentConfig[]): void {
  const roles = environments.flatMap(deployRolesOf);
  for (const config of environments) {
    const { name, account } = config;
    for (const { teamName, contract } of teamsWithContract(config)) {
      // Of these the first is told where the contract is checked, and the second makes the role.
      const own = [deployRoleArn(account, name, teamName), account.deployRoleArn];
      for (const principalArn of contract.trustedPrincipals) {
        if (own.some((each) => isSameRole(each, principalArn))) continue;
        const found = roles.find(({ roleArn }) => isSameRole(roleArn, principalArn));
        const rule = "must not be the deploy role of another team or environment";
        const fix = `it is that of ${found?.owner}; name what the pipeline itself runs with`;
        const property = `${name}.inCluster.teams.${teamName}.contract.trustedPrincipals`;
        faults.check(found === undefined, property, rule, principalArn, fix);
      }
    }
  }
}

function deployRolesOf(config: AwsEnvironmentConfig): DeployRole[] {
  const { name, account } = config;
  const teams = teamsWithContract(config).map(({ teamName }) => ({
    owner: `${teamName} in ${name}`,
    roleArn: deployRoleArn(account, name, teamName),
  }));
  return [{ owner: name, roleArn: account.deployRoleArn }, ...teams];
}
