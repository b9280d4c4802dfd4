import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "../lib/core/aws-provider";
import { applyTags } from "../lib/core/tags";
import type { StateStoreConfig } from "../lib/environment/environment-config";
import { ServiceLinkedRoles } from "../lib/iam/service-linked-roles";
import { useS3State } from "../lib/state/s3-state";
import { stateLocation } from "../lib/state/state-location";
import { StateStore } from "../lib/state/state-store";

/**
 * What an account needs before its first environment: a store for Terraform state, and the roles that AWS services keep. Its own state
 * lies in the store that it makes; `eks-platform bootstrap` takes it there.
 */
export class BootstrapStack extends TerraformStack {
  constructor(scope: Construct, config: StateStoreConfig) {
    super(scope, config.id);
    const copyAccount = { ...config.account, region: config.copyRegion };
    const location = stateLocation(config.account, config.prefix);
    useS3State(this, { location });
    awsProvider(this, "Aws", { account: config.account });
    const copies = awsProvider(this, "Copies", { account: copyAccount, alias: "copies" });
    applyTags(this, { ...config.tags, Environment: config.id, ManagedBy: "terraform" });

    new StateStore(this, "State", { location, copies: { account: copyAccount, provider: copies } });
    new ServiceLinkedRoles(this, "ServiceLinkedRoles");
  }
}
