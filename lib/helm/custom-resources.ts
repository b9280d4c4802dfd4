import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Faults } from "../core/faults";
import { checkHelmRelease } from "./check-release";
import { byName, type CustomResource, checkCustomResources } from "./custom-resource";
import { HelmRelease } from "./helm-release";
import { ownChart } from "./own-chart";
import type { HelmReleaseProps, IHelmRelease } from "./release-props";

/** Custom resources, and the release that brings them. */
export interface CustomResourcesProps
  extends Pick<
    HelmReleaseProps,
    "releaseName" | "namespace" | "after" | "timeoutSeconds" | "maxHistory" | "systemNamespaceReason" | "removal"
  > {
  /** At least one; no two of the same kind, namespace and name. Their order does not matter. */
  readonly resources: readonly CustomResource[];
  /**
   * Fields that look like a secret and are none: path, for example `cert-manager.io/ClusterIssuer/letsencrypt.spec.token`, and why.
   *
   * @default - none
   */
  readonly notSecret?: Readonly<Record<string, string>>;
}

/**
 * Objects of kinds that other releases bring, as a Helm release of a chart of ours. Neither their kinds nor the cluster need to be there
 * when Terraform plans, which `kubernetes_manifest` asks for (hashicorp/terraform-provider-kubernetes#1583); name in `after` what brings
 * the kinds. Text is handed on as written: `{{` means nothing.
 *
 * Creates `helm_release`. Helm waits until the objects are taken, not until their controller is done with them.
 *
 * @throws {ValidationError} if there are none, two are the same, one has no kind, name or group of its own, or holds what looks like a secret
 * @example
 * new CustomResources(this, "Issuers", {
 *   releaseName: "issuers",
 *   namespace,
 *   after: [controller],
 *   resources: [
 *     {
 *       apiVersion: "cert-manager.io/v1",
 *       kind: "ClusterIssuer",
 *       metadata: { name: "internal" },
 *       spec: { selfSigned: {} },
 *     },
 *   ],
 * });
 */
export class CustomResources extends Construct implements IHelmRelease {
  readonly releaseName: string;
  readonly identity: string;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: CustomResourcesProps) {
    super(scope, id);
    const { resources, notSecret = {}, ...rest } = props;
    const options = { ...rest, chart: { path: ownChart("custom-resources") } };
    const faults = new Faults(this.node.path);
    checkHelmRelease(faults, options, props.namespace.namespaceName, (name) => name);
    checkCustomResources(faults, { resources, notSecret }, props.namespace.namespaceName);
    faults.throwIfAny();

    const release = new HelmRelease(this, "Resource", {
      ...options,
      values: { resources: byName(resources) },
      notSecret: Object.fromEntries(Object.entries(notSecret).map(([path, why]) => [`resources.${path}`, why])),
    });
    this.releaseName = release.releaseName;
    this.identity = release.identity;
    this.resource = release.resource;
  }
}
