import type { Statement } from "../core/policy-document";
import type { Removal } from "../core/removal";
import type { Stage } from "../core/stage";
import type { ICluster } from "../eks/cluster-interface";
import type { ChartSource } from "../helm/chart-source";
import type { KnownAtApply } from "../helm/known-at-apply";
import type { HelmReleaseOptions, IHelmRelease } from "../helm/release-props";
import type { ClusterNetwork } from "../kubernetes/cluster-network";
import type { INamespace, ITrafficNamespace } from "../kubernetes/namespace-interface";
import type { QuotaOptions } from "../kubernetes/quota";
import type { Traffic } from "../kubernetes/traffic";
import type { ApplicationChart } from "./application-chart";
import type { PasswordSource } from "./password-source";

/** A container image. At least one of `tag` and `digest`; both are fine, and the digest decides. */
export interface ApplicationImage {
  /** `<registry>/<path>`, for example `111122223333.dkr.ecr.eu-west-3.amazonaws.com/syndromic-surveillance-api`; no tag in it. */
  readonly repository: string;
  /**
   * 1-128 characters. In stages `staging` and `prod` not `latest` without a digest: it is another image tomorrow, and no plan shows it.
   *
   * @default - the digest alone
   * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
   */
  readonly tag?: string;
  /**
   * `sha256:` and 64 hexadecimal digits.
   *
   * @default - the tag alone
   */
  readonly digest?: string;
}

/** A database outside the cluster. It becomes `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_SSLMODE` and `DB_PASSWORD`. */
export interface ApplicationDatabase {
  /** DNS name or IP address; `knownAtApply(...)` for an attribute of another resource. */
  readonly host: string | KnownAtApply;
  /**
   * 1-65535, TCP.
   *
   * @default 5432
   */
  readonly port?: number;
  readonly name: string;
  readonly user: string;
  /** Where the password is, never the password. */
  readonly password: PasswordSource;
  /** Where it answers: IPv4 ranges of /16 or smaller, which the application's pods then reach on the port. */
  readonly cidrBlocks: readonly string[];
  /**
   * Its security group. The nodes' group is let in on the port; needs `network.nodeSecurityGroupId`.
   *
   * @default - its group is looked after elsewhere
   */
  readonly securityGroupId?: string;
}

/** How many pods serve requests. Equal numbers: no autoscaling. */
export interface ApplicationReplicas {
  /** At least 1; in prod at least 2. */
  readonly min: number;
  /** At least `min`. */
  readonly max: number;
}

/** The environment that an application runs in. */
export interface ApplicationEnvironment {
  readonly stage: Stage;
  /**
   * Domain that hosts are in, for example `staging.example.com`.
   *
   * @default - applications have no host
   */
  readonly domain?: string;
  /** Minor version of the cluster, for example `1.35`. */
  readonly kubernetesVersion: string;
  /**
   * What traffic needs to know of the cluster.
   *
   * @default - nothing: a host, or a database with a security group, cannot be allowed
   */
  readonly network?: ClusterNetwork;
  /** @default - none: a cluster without AWS */
  readonly cluster?: ICluster;
  /**
   * `retain`: Terraform refuses every plan that uninstalls the application, or deletes its own namespace, while their code is there.
   *
   * @default "retain"
   */
  readonly removal?: Removal;
}

/** What is said of an application for itself, as records write it. */
export interface ApplicationOptions<C extends ChartSource = ChartSource>
  extends Pick<HelmReleaseOptions<C>, "values" | "timeoutSeconds"> {
  /**
   * 1-53 characters: lower-case letters, digits and `-`, the first a letter. Names the release and its objects, the service account, and the
   * namespace if it has one of its own. Changing it makes another application and takes this one away.
   */
  readonly applicationName: string;
  /** Who answers for it: label `team` of its objects, and tag `Team` of its role in AWS. */
  readonly team: string;
  /**
   * Name of a namespace of its own. Changing it makes another namespace, and installs the application there. Not beside `namespace`.
   *
   * @default - `applicationName`
   */
  readonly namespaceName?: string;
  /**
   * What all pods of its own namespace may have together, those of its migration and of a rollout among them. Not beside `namespace`, which
   * has a quota already.
   *
   * @default - 50 pods, 10 CPUs and 20Gi of memory
   */
  readonly quota?: QuotaOptions;
  /** Another tag or digest is an upgrade: it changes nothing but the release. */
  readonly image: ApplicationImage;
  /**
   * Name that it is reached by, over HTTPS: the environment's domain, or below it. Load balancers are let in to the web pods. On EKS its
   * own namespace gets the label for pod readiness gates, so that a rollout loses no request.
   *
   * @default - reached from its own pods only
   */
  readonly host?: string;
  /** @default - none */
  readonly database?: ApplicationDatabase;
  /** @default - the chart's own: 2 to 6 */
  readonly replicas?: ApplicationReplicas;
  /**
   * Environment variables, never a secret: they lie open in plan and state.
   *
   * @default - those of the database
   */
  readonly env?: Readonly<Record<string, string | KnownAtApply>>;
  /**
   * What its pods may do in AWS, by a role of their own (EKS Pod Identity); needs an EKS cluster. An empty list makes a role without
   * rights, for grants. The way to the AWS service itself is opened by `allow`.
   *
   * @default - no role
   */
  readonly statements?: readonly Statement[];
  /**
   * What looks like a secret and is none: path, for example `env.RESET_TOKEN` or `ingress.annotations.token`, and why.
   *
   * @default - none
   */
  readonly notSecret?: Readonly<Record<string, string>>;
  /**
   * The chart, if not the one of this package: its copy in a registry, or another that takes the same values.
   *
   * @default - `charts/syndromic-surveillance-api` of this package
   */
  readonly chart?: C;
}

export interface ApplicationProps<C extends ChartSource = ApplicationChart> extends ApplicationOptions<C> {
  readonly environment: ApplicationEnvironment;
  /**
   * A namespace of the same stack to stand in, beside others: a `Namespace`, or one that a platform granted. Changing it replaces the
   * release.
   *
   * @default - one of its own
   */
  readonly namespace?: ITrafficNamespace;
  /**
   * Traffic of its pods besides what follows from `host`, `database` and `statements`. `pods` narrows it, for example to
   * `{ "app.kubernetes.io/component": "web" }`.
   *
   * @default - none
   */
  readonly allow?: readonly Traffic<INamespace>[];
  /**
   * Releases of the same stack that must be there first; for an `externalSecret` the one that brings External Secrets.
   *
   * @default - none
   */
  readonly after?: readonly IHelmRelease[];
}
