import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { awsProvider } from "../../lib/core/aws-provider";
import { applyTags } from "../../lib/core/tags";
import type { StateStoreConfig } from "../../lib/environment/environment-config";
import { Role } from "../../lib/iam/role";
import { principalTrust } from "../../lib/iam/trust";
import { useS3State } from "../../lib/state/s3-state";
import { stateStatements } from "../../lib/state/state-access";
import { stateKey, stateLocation } from "../../lib/state/state-location";
import type { Delivery } from "./environments";

/** In the tooling account, for each environment: the role that its pipeline begins with, and the one that reaches its state and no other. */
export class DeliveryStack extends TerraformStack {
  constructor(scope: Construct, { account, prefix, tags }: StateStoreConfig, deliveries: readonly Delivery[]) {
    super(scope, "delivery");
    const location = stateLocation(account, prefix);
    useS3State(this, { location, locking: "s3" });
    awsProvider(this, "Aws", { account });
    applyTags(this, { ...tags, Environment: "delivery", ManagedBy: "terraform" });

    for (const { config, ciRoleArn, runners } of deliveries) {
      const { name, state } = config;
      const stateRoleArn = state.roleArn ?? "";
      const place = new Construct(this, name);
      const ci = new Role(place, "Ci", {
        account,
        roleName: nameOf(ciRoleArn),
        description: `Pipeline of ${name}`,
        trust: [principalTrust(runners)],
      });
      ci.addPolicy("Assume", [
        { Effect: "Allow", Action: "sts:AssumeRole", Resource: [config.account.deployRoleArn, stateRoleArn] },
      ]);
      const stateRole = new Role(place, "State", {
        account,
        roleName: nameOf(stateRoleArn),
        description: `State of ${name}`,
        trust: [principalTrust([ci.roleArn])],
      });
      stateRole.addPolicy(
        "State",
        stateStatements(location, { keys: [stateKey(name)], locking: state.locking ?? "both" }),
      );
    }
  }
}

/** The last part of a role's ARN; `checkDeliveries` sees to the rest. */
export function nameOf(roleArn: string): string {
  return roleArn.replace(/^.*\//, "");
}
