import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import * as v from "valibot";
import { Faults } from "../core/faults";
import { checkPropsShape } from "../core/props-shape";
import type { INamespace } from "../kubernetes/namespace-interface";
import { aNamespace } from "../kubernetes/namespace-shape";
import { checkNameTaken } from "../kubernetes/stack-check";
import { admissionPolicy, admissionPolicyBinding } from "./admission-policy";
import { checkHelmRelease } from "./check-release";
import { checkTeamAdmission } from "./check-team-admission";
import { CustomResources } from "./custom-resources";
import { ownChart } from "./own-chart";
import type { HelmReleaseProps, IHelmRelease } from "./release-props";
import { releaseShape } from "./release-shape";

/** Which namespaces it holds for, and the release that brings it. */
export interface TeamAdmissionProps
  extends Pick<HelmReleaseProps, "releaseName" | "after" | "timeoutSeconds" | "systemNamespaceReason" | "removal"> {
  /**
   * Those that it holds for, of this stack or another: at least one, each once, none of Kubernetes itself. Their order does not matter. A
   * change is made in place.
   */
  readonly namespaces: readonly INamespace[];
  /** Where Helm keeps the release: none that it holds for. The policy itself has no namespace. Changing it replaces the release. */
  readonly namespace: INamespace;
}

const propsShape = v.strictObject({
  ...v.pick(releaseShape, ["releaseName", "namespace", "after", "timeoutSeconds", "systemNamespaceReason", "removal"])
    .entries,
  namespaces: v.array(aNamespace),
});

/**
 * What nobody may make in the namespaces of teams, because it would reach beyond them, and roles cannot say it: roles know kinds, not fields.
 *
 * - Pods with a priority class of Kubernetes itself (`system-node-critical`, `system-cluster-critical`): they evict the pods of others.
 * - Services with addresses in `externalIPs`: every node sends what is meant for such an address to the Service (CVE-2020-8554).
 * - Secrets of type `kubernetes.io/service-account-token`: such a token never expires, and outlives the role of whoever made it.
 *
 * It holds for everybody, because controllers make the pods: by namespace, not by user. What is there already stays and can be deleted. An
 * update may keep or remove addresses that a Service has, and change anything of such a Secret but its account.
 *
 * Creates `helm_release` with a ValidatingAdmissionPolicy and its binding, both named `eks-platform-<releaseName>`. What the API server
 * cannot judge is refused. Kubernetes 1.30 or later. Stacks that share a cluster need a release name each.
 *
 * @throws {ValidationError} if there are no namespaces, one is named twice, is of Kubernetes itself or holds the release, the cluster is too
 * old, or something is wrong with the release. Synth fails if the stack has another of the release name.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 * @example
 * new TeamAdmission(this, "TeamAdmission", {
 *   releaseName: "team-admission",
 *   namespace,
 *   namespaces: [genomicsNamespace, genomicsJobs],
 * });
 */
export class TeamAdmission extends Construct implements IHelmRelease {
  readonly releaseName: string;
  readonly identity: string;
  readonly resource: ITerraformDependable;
  /** Name of the policy and of its binding. */
  readonly policyName: string;
  /** Those that it holds for, sorted. */
  readonly namespaceNames: readonly string[];

  constructor(scope: Construct, id: string, props: TeamAdmissionProps) {
    super(scope, id);
    const faults = new Faults(this.node.path);
    checkPropsShape(faults, propsShape, props);
    faults.throwIfAny();
    const { namespaces, ...options } = props;
    const { releaseName, namespace } = options;
    const release = { ...options, chart: { path: ownChart("custom-resources") } };
    checkHelmRelease(faults, release, namespace.namespaceName, (name) => name);
    checkTeamAdmission(faults, namespace, namespaces);
    faults.throwIfAny();

    this.policyName = `eks-platform-${releaseName}`;
    this.namespaceNames = namespaces.map(({ namespaceName }) => namespaceName).sort();
    const made = new CustomResources(this, "Resource", {
      ...options,
      resources: [admissionPolicy(this.policyName), admissionPolicyBinding(this.policyName, this.namespaceNames)],
    });
    this.releaseName = made.releaseName;
    this.identity = made.identity;
    this.resource = made.resource;
    checkNameTaken(this, TeamAdmission, "releaseName", (each) => each.releaseName);
  }
}
