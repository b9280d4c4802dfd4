import type { CustomResource } from "./custom-resource";

const API_VERSION = "admissionregistration.k8s.io/v1";

/** One rule of the policy, in CEL. */
interface Validation {
  readonly resource: "pods" | "services" | "secrets";
  /** Of `variables.new` and `variables.old`, which is null on CREATE. */
  readonly holds: string;
  /** What is refused, and what to do instead. */
  readonly message: string;
}

const TOKEN = '"kubernetes.io/service-account-token"';
const ACCOUNT = '"kubernetes.io/service-account.name"';

const VALIDATIONS: readonly Validation[] = [
  {
    resource: "pods",
    // The server keeps the prefix for classes of its own.
    holds: '!variables.new.spec.?priorityClassName.orValue("").startsWith("system-")',
    message:
      "a pod must not have a priority class of Kubernetes itself (system-node-critical, system-cluster-critical): it would evict pods of others; leave priorityClassName out, or use a class of the platform",
  },
  {
    resource: "services",
    holds:
      "variables.new.spec.?externalIPs.orValue([]).all(address, variables.old != null && address in variables.old.spec.?externalIPs.orValue([]))",
    message:
      "a Service must not get addresses in spec.externalIPs: every node would send their traffic to it (CVE-2020-8554); leave the field out, and use an Ingress",
  },
  {
    resource: "secrets",
    holds: `variables.new.type != ${TOKEN} || (variables.old != null && variables.old.type == ${TOKEN} && variables.new.metadata.annotations[${ACCOUNT}] == variables.old.metadata.annotations[${ACCOUNT}])`,
    message:
      "a Secret must not be a token of a service account (type kubernetes.io/service-account-token): it never expires; run a pod as the account, whose token is mounted and renewed",
  },
];

/** What is refused, wherever a binding says so. */
export function admissionPolicy(name: string): CustomResource {
  return {
    apiVersion: API_VERSION,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [rule(["pods"], ["CREATE"]), rule(["services", "secrets"], ["CREATE", "UPDATE"])],
      },
      // Of no type: the server would look for the fields of each kind in all three, and note what it does not find.
      variables: [
        { name: "new", expression: "dyn(object)" },
        { name: "old", expression: "dyn(oldObject)" },
      ],
      validations: VALIDATIONS.map(({ resource, holds, message }) => ({
        expression: `request.resource.resource != "${resource}" || (${holds})`,
        message,
        reason: "Forbidden",
      })),
    },
  };
}

/** Has the policy hold in the namespaces, for everybody. */
export function admissionPolicyBinding(name: string, namespaceNames: readonly string[]): CustomResource {
  const key = "kubernetes.io/metadata.name";
  return {
    apiVersion: API_VERSION,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ["Deny"],
      matchResources: { namespaceSelector: { matchExpressions: [{ key, operator: "In", values: namespaceNames }] } },
    },
  };
}

function rule(resources: readonly string[], operations: readonly string[]) {
  return { apiGroups: [""], apiVersions: ["v1"], resources, operations };
}
