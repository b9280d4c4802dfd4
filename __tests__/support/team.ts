import { Namespace } from "../../lib/kubernetes/namespace";
import { ClusterProviders } from "../../lib/kubernetes/providers";
import { testCluster } from "./cluster";
import { type Synthesized, testStack } from "./synth";

export const developer = "arn:aws:iam::111122223333:role/GenomicsDeveloper";

/** A stack with a cluster of elsewhere and the namespaces of two teams. */
export function scene() {
  const stack = testStack();
  const cluster = testCluster(stack);
  new ClusterProviders(stack, "Providers", { cluster });
  const namespace = (namespaceName: string) =>
    new Namespace(stack, `Namespace-${namespaceName}`, { namespaceName, kubernetesVersion: "1.35" });
  return {
    stack,
    cluster,
    genomics: namespace("genomics"),
    jobs: namespace("genomics-jobs"),
    trials: namespace("clinical-trials"),
  };
}

export type Scene = ReturnType<typeof scene>;

/** The census without what the namespaces are made of. */
export function census(stack: Synthesized): Record<string, number> {
  const types = /^(aws_|kubernetes_(role|role_binding|service_account)_v1$)/;
  return Object.fromEntries(Object.entries(stack.census).filter(([type]) => types.test(type)));
}
