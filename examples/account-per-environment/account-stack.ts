import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "../../lib/core/aws-provider";
import { applyTags } from "../../lib/core/tags";
import { DeployRole } from "../../lib/iam/deploy-role";
import { ServiceLinkedRoles } from "../../lib/iam/service-linked-roles";
import { useS3State } from "../../lib/state/s3-state";
import type { StateLocation } from "../../lib/state/state-location";
import { nameOf } from "./delivery-stack";
import type { Delivery } from "./environments";

/** What the account of an environment needs before the environment: its deploy role, and the roles that AWS services keep. */
export class AccountStack extends TerraformStack {
  constructor(scope: Construct, { config, ciRoleArn, adminRoleArn }: Delivery, state: StateLocation) {
    super(scope, `account-${config.name}`);
    const { account, tags } = config;
    useS3State(this, { location: state, locking: "s3" });
    awsProvider(this, "Aws", { account, roleArn: adminRoleArn });
    applyTags(this, { ...tags, Environment: config.name, ManagedBy: "terraform" });

    new DeployRole(this, "Deploy", {
      account,
      roleName: nameOf(account.deployRoleArn),
      trustedPrincipals: [ciRoleArn],
    });
    new ServiceLinkedRoles(this, "ServiceLinkedRoles");
  }
}
