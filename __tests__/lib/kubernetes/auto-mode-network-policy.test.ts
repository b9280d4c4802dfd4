import { AutoModeNetworkPolicy } from "../../../lib/kubernetes/auto-mode-network-policy";
import { ClusterProviders } from "../../../lib/kubernetes/providers";
import { testCluster } from "../../support/cluster";
import { synthesizeWith } from "../../support/synth";

test("minimal: the ConfigMap by which the nodes of Auto Mode enforce network policies", () => {
  const stack = synthesizeWith((scope) => {
    new ClusterProviders(scope, "Providers", { cluster: testCluster(scope) });
    new AutoModeNetworkPolicy(scope, "NetworkPolicy");
  });
  expect(stack.only("kubernetes_config_map_v1")).toEqual({
    metadata: { name: "amazon-vpc-cni", namespace: "kube-system", labels: { "managed-by": "terraform" } },
    data: { "enable-network-policy-controller": "true" },
  });
  expect(stack.census).toEqual({
    kubernetes_config_map_v1: 1, // the built-in pools need nothing more
  });
});
