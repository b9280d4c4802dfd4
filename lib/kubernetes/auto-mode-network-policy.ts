import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { Construct } from "constructs";
import { MANAGED_LABELS } from "./labels";

/**
 * Turns network policies on in a cluster in EKS Auto Mode. Auto Mode ignores the settings of the CNI add-on; without this, a policy is
 * stored and does nothing.
 *
 * Creates `kubernetes_config_map_v1`. Nodes of the built-in pools read it; a NodeClass of your own needs nothing more.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
 */
export class AutoModeNetworkPolicy extends Construct {
  readonly resource: ConfigMapV1;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new ConfigMapV1(this, "Resource", {
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system", labels: MANAGED_LABELS },
      data: { "enable-network-policy-controller": "true" },
    });
  }
}
