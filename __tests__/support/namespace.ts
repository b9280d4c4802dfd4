import type { Construct } from "constructs";
import { ImportedNamespace } from "../../lib/kubernetes/imported-namespace";
import type { INamespace } from "../../lib/kubernetes/namespace-interface";

/** A namespace of elsewhere, Kubernetes 1.35, `restricted`: it adds nothing to a census. */
export function testNamespace(scope: Construct, namespaceName = "genomics"): INamespace {
  return new ImportedNamespace(scope, `Namespace-${namespaceName}`, {
    namespaceName,
    kubernetesVersion: "1.35",
    podSecurityLevel: "restricted",
  });
}
