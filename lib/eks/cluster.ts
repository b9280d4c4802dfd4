import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { type AwsAccount, checkAccount } from "../core/account";
import { Faults } from "../core/faults";
import { physicalName } from "../core/names";
import { guarded, type Removal } from "../core/removal";
import { ROLE_NAME_MAX_LENGTH, Role } from "../iam/role";
import { serviceTrust } from "../iam/trust";
import type { IKey } from "../kms/key";
import { LogGroup, type LogOptions } from "../logs/log-group";
import { overlaps, parseCidr } from "../vpc/cidr";
import type { IVpc } from "../vpc/vpc-interface";
import { AutoMode, type AutoModeOptions } from "./auto-mode";
import { clusterLogGroupName, DEFAULT_SERVICE_CIDR_BLOCK, type ICluster } from "./cluster-interface";
import { checkClusterName } from "./cluster-name";
import { checkEndpointAccess, type EndpointAccess, privateCidrBlocks, publicCidrBlocks } from "./endpoint-access";
import { type ClusterAttributes, ImportedCluster } from "./imported-cluster";
import { checkKubernetesVersion, type SupportType } from "./kubernetes-version";

/** A cluster: its version, its place in the network, its keys and logs. */
export interface ClusterProps {
  readonly account: AwsAccount;
  /** 1-100 characters, known at synth. Changing it replaces the cluster. */
  readonly clusterName: string;
  /** For example `1.35`. Raise it by one minor at a time; EKS cannot go back. Never replaces the cluster. */
  readonly kubernetesVersion: string;
  readonly vpc: IVpc;
  /** Zones of the control plane's network interfaces, at least 2. EKS cannot leave or add zones later. */
  readonly availabilityZones: readonly string[];
  /** Encrypts Kubernetes secrets. Changing it replaces the cluster. */
  readonly secretsEncryptionKey: IKey;
  /** All five log types go to one log group that the cluster owns. */
  readonly logs: LogOptions;
  /**
   * From where the endpoint is reached. Without a `public` way the endpoint is private.
   *
   * @default - from inside the VPC's nodes only
   */
  readonly endpointAccess?: readonly EndpointAccess[];
  /**
   * Where the control plane's network interfaces stand. Changing it replaces the cluster's interfaces.
   *
   * @default "control-plane"
   */
  readonly subnetGroup?: string;
  /**
   * Range of Service addresses, /12 to /24, outside the VPC. Changing it replaces the cluster.
   *
   * @default "172.20.0.0/16"
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
   */
  readonly serviceCidrBlock?: string;
  /**
   * EKS Auto Mode. Turning it on does not replace the cluster. To take it away from the code does not turn it off: AWS wants that said
   * to the cluster itself first (`aws eks update-cluster-config`).
   *
   * @default - off: node groups and add-ons are yours
   */
  readonly autoMode?: AutoModeOptions;
  /** @default "standard" */
  readonly supportType?: SupportType;
  /** @default "retain" */
  readonly removal?: Removal;
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const MIN_ZONES = 2;

/**
 * The control plane of an EKS cluster: private, logged, its secrets encrypted, entered only through access entries.
 *
 * Creates `aws_eks_cluster`, its role and log group, and a rule for every range that may call the private endpoint. Node groups,
 * add-ons, access and identities are constructs of their own that take the cluster.
 *
 * @throws {ValidationError} if the name, version, zones or endpoint access break a rule of EKS
 * @example
 * const cluster = new Cluster(this, "Cluster", {
 *   account,
 *   clusterName: "staging",
 *   kubernetesVersion: "1.35",
 *   vpc,
 *   availabilityZones: vpc.availabilityZones,
 *   secretsEncryptionKey: secretsKey,
 *   logs: { encryptionKey: logsKey },
 * });
 */
export class Cluster extends Construct implements ICluster {
  /** A cluster that was made elsewhere. */
  static fromClusterAttributes(scope: Construct, id: string, attributes: ClusterAttributes): ICluster {
    return new ImportedCluster(scope, id, attributes);
  }

  readonly account: AwsAccount;
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly serviceCidrBlock: string;
  readonly clusterRef: string;
  readonly clusterArn: string;
  readonly clusterEndpoint: string;
  readonly clusterCertificateAuthorityData: string;
  readonly clusterSecurityGroupId: string;
  readonly oidcIssuer: string;
  readonly resource: EksCluster;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.account = props.account;
    this.clusterName = props.clusterName;
    this.kubernetesVersion = props.kubernetesVersion;
    this.serviceCidrBlock = props.serviceCidrBlock ?? DEFAULT_SERVICE_CIDR_BLOCK;
    const endpointAccess = props.endpointAccess ?? [];
    this.validate(props, endpointAccess);
    const subnets = props.vpc.subnets(props.subnetGroup ?? "control-plane", props.availabilityZones);

    const removal = props.removal ?? "retain";
    const logGroup = new LogGroup(this, "LogGroup", {
      ...props.logs,
      logGroupName: clusterLogGroupName(props.clusterName),
      removal,
    });
    const role = this.makeRole(props);
    const { account, clusterName } = props;
    const autoMode = props.autoMode && new AutoMode(this, "AutoMode", { ...props.autoMode, account, clusterName });
    const publicCidrs = publicCidrBlocks(endpointAccess);

    this.resource = new EksCluster(this, "Resource", {
      name: props.clusterName,
      version: props.kubernetesVersion,
      roleArn: role.roleArn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: LOG_TYPES,
      encryptionConfig: { provider: { keyArn: props.secretsEncryptionKey.keyArn }, resources: ["secrets"] },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: this.serviceCidrBlock,
        elasticLoadBalancing: autoMode?.elasticLoadBalancing,
      },
      upgradePolicy: { supportType: (props.supportType ?? "standard").toUpperCase() },
      vpcConfig: {
        subnetIds: subnets.map(({ subnetId }) => subnetId),
        endpointPrivateAccess: true,
        endpointPublicAccess: publicCidrs.length > 0,
        publicAccessCidrs: publicCidrs.length > 0 ? publicCidrs : undefined,
      },
      ...autoMode?.config,
      // Both are read at creation only; a later difference would replace the cluster.
      lifecycle: guarded(removal, {
        ignoreChanges: [
          "bootstrap_self_managed_addons",
          "access_config[0].bootstrap_cluster_creator_admin_permissions",
        ],
      }),
      dependsOn: [
        logGroup.resource,
        ...role.dependables,
        ...subnets.flatMap(({ routing }) => routing ?? []),
        ...(autoMode ? [...autoMode.dependables, ...props.vpc.egress] : []),
      ],
    });
    if ("deletionProtection" in EksCluster.prototype) {
      this.resource.addOverride("deletion_protection", removal !== "destroy");
    }
    this.clusterRef = this.resource.name;
    this.clusterArn = this.resource.arn;
    this.clusterEndpoint = this.resource.endpoint;
    this.clusterCertificateAuthorityData = this.resource.certificateAuthority.get(0).data;
    this.clusterSecurityGroupId = this.resource.vpcConfig.clusterSecurityGroupId;
    this.oidcIssuer = this.resource.identity.get(0).oidc.get(0).issuer;
    this.openEndpoint(privateCidrBlocks(endpointAccess));
  }

  private makeRole({ account, clusterName, autoMode, secretsEncryptionKey }: ClusterProps): Role {
    const role = new Role(this, "Role", {
      account,
      roleName: physicalName([clusterName, "control-plane"], ROLE_NAME_MAX_LENGTH),
      description: `Control plane of ${clusterName}`,
      trust: [serviceTrust("eks.amazonaws.com", undefined, autoMode !== undefined)],
      purposes: [autoMode ? "autoModeControlPlane" : "controlPlane"],
    });
    secretsEncryptionKey.grantEncryptDecrypt(role);
    return role;
  }

  private openEndpoint(cidrBlocks: readonly string[]): void {
    for (const cidrIpv4 of cidrBlocks) {
      new VpcSecurityGroupIngressRule(this, `From-${cidrIpv4.replace("/", "-")}`, {
        securityGroupId: this.clusterSecurityGroupId,
        description: `Kubernetes API from ${cidrIpv4}`,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
      });
    }
  }

  private validate(props: ClusterProps, endpointAccess: readonly EndpointAccess[]): void {
    const faults = new Faults(this.node.path);
    checkAccount(faults, "account", props.account);
    checkClusterName(faults, "clusterName", props.clusterName);
    faults.literal("kubernetesVersion", props.kubernetesVersion).unique("availabilityZones", props.availabilityZones);
    const zones = props.availabilityZones;
    faults.check(zones.length >= MIN_ZONES, "availabilityZones", `must list at least ${MIN_ZONES} zones`, zones);
    checkKubernetesVersion(faults, "kubernetesVersion", props.kubernetesVersion, props.supportType ?? "standard");
    checkServiceCidrBlock(faults, "serviceCidrBlock", this.serviceCidrBlock, props.vpc.cidrBlocks);
    checkEndpointAccess(faults, "endpointAccess", endpointAccess);
    faults.throwIfAny();
  }
}

/** Adds what is wrong with the range of Service addresses. */
export function checkServiceCidrBlock(
  faults: Faults,
  property: string,
  cidrBlock: string,
  vpcCidrBlocks: readonly string[],
): void {
  const range = parseCidr(cidrBlock);
  if (!range || range.prefix < 12 || range.prefix > 24) {
    faults.add(property, "must be an IPv4 range from /12 to /24", cidrBlock);
    return;
  }
  for (const text of vpcCidrBlocks) {
    const other = parseCidr(text);
    if (other && overlaps(range, other))
      faults.add(property, "must not overlap the VPC", cidrBlock, `it overlaps ${text}`);
  }
}
