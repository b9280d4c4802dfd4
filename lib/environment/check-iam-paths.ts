import type { Faults } from "../core/faults";
import type { AwsEnvironmentConfig } from "./environment-config";
import { parseRoleArn } from "./role-arn";

/**
 * Adds what lets one environment's deploy role reach the roles of another in its account: who may make and change roles under a path, may so
 * under every path that begins with it. With one deploy role for both there is nothing to reach; nor is anything apart from who has the whole
 * account, `/`, which is the default.
 */
export function checkIamPathsApart(faults: Faults, environments: readonly AwsEnvironmentConfig[]): void {
  for (const [index, config] of environments.entries()) {
    for (const other of environments.slice(0, index)) {
      if (config.account.accountId !== other.account.accountId) continue;
      if (config.account.deployRoleArn !== other.account.deployRoleArn) checkDeployRoles(faults, config, other);
    }
  }
}

function checkDeployRoles(faults: Faults, config: AwsEnvironmentConfig, other: AwsEnvironmentConfig): void {
  const [own, others] = [config.account.iamPath, other.account.iamPath];
  if (holds(own, others) || holds(others, own)) {
    const rule = "must not be, begin with or begin that of an environment of the account with another deploy role";
    const why = `${other.name} has ${JSON.stringify(others)}, and one of the two could change the roles of both`;
    const fix = `for example "/${other.name}/" and "/${config.name}/", or one deploy role`;
    faults.add(`${config.name}.account.iamPath`, rule, own, `${why}; ${fix}`);
    return;
  }
  checkDeployRole(faults, config, other);
  checkDeployRole(faults, other, config);
}

/** Adds a fault if the first one's deploy role stands where the second one's may change it. */
function checkDeployRole(faults: Faults, { name, account }: AwsEnvironmentConfig, other: AwsEnvironmentConfig): void {
  const { deployRoleArn } = account;
  const { iamPath } = other.account;
  const rule = "must not stand under the 'account.iamPath' of an environment with another deploy role";
  const fix = `that of ${other.name} could change it, for it makes roles under ${JSON.stringify(iamPath)}`;
  const isReached = holds(iamPath, parseRoleArn(deployRoleArn)?.path);
  faults.check(!isReached, `${name}.account.deployRoleArn`, rule, deployRoleArn, fix);
}

/** What is no path is told where accounts are checked. */
function holds(path = "/", other = "/"): boolean {
  return path !== "/" && path.endsWith("/") && other.startsWith(path);
}
