import { type AwsAccount, iamArn } from "../../lib/core/account";
import { Faults } from "../../lib/core/faults";
import type { Delivery } from "./environments";

/**
 * Checks what the records of environments do not know: that each role that is named is the one that a stack makes, and that nobody begins the
 * pipelines of two environments.
 *
 * @throws {ValidationError} with every fault of every delivery
 */
export function checkDeliveries(tooling: AwsAccount, deliveries: readonly Delivery[]): void {
  const faults = new Faults("environments.ts");
  for (const [index, { config, ciRoleArn, runners }] of deliveries.entries()) {
    const { name, account, state } = config;
    checkRole(faults, `${name}.ciRoleArn`, tooling, ciRoleArn);
    checkRole(faults, `${name}.state.roleArn`, tooling, state.roleArn ?? "");
    // The deploy role stands outside of the path under which it makes roles.
    checkRole(faults, `${name}.account.deployRoleArn`, { ...account, iamPath: "/" }, account.deployRoleArn);
    for (const runner of runners) {
      const isTold = (other: Delivery, at: number) =>
        other.ciRoleArn === runner || (at < index && other.runners.includes(runner));
      const other = deliveries.find(isTold);
      const rule = "must not be a pipeline itself, or begin that of another environment";
      const fix = `${other?.config.name} has it; give each environment runners of its own`;
      faults.check(other === undefined, `${name}.runners`, rule, runner, fix);
    }
  }
  faults.throwIfAny();
}

/** Adds a fault unless the ARN is that of a role of the account, under the path of the roles that are made there. */
function checkRole(faults: Faults, property: string, account: AwsAccount, roleArn: string): void {
  const begin = iamArn(account, `role${account.iamPath ?? "/"}`);
  const isThere = roleArn.startsWith(begin) && /^[\w+=,.@-]{1,64}$/.test(roleArn.slice(begin.length));
  faults.check(isThere, property, `must be ${begin}<name>: a stack makes the role there`, roleArn);
}
