import { LaunchTemplate as AwsLaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { physicalName } from "../core/names";
import type { IKey } from "../kms/key";
import type { AmiType } from "./ami-type";
import type { ICluster } from "./cluster-interface";

export interface LaunchTemplateProps {
  readonly cluster: ICluster;
  readonly nodeGroupName: string;
  readonly amiType: AmiType;
  /** Encrypts the nodes' volumes; its policy must let Auto Scaling in. */
  readonly volumeEncryptionKey: IKey;
  /** Unit: GiB. */
  readonly volumeSizeGiB: number;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
const NAME_MAX_LENGTH = 128;

/**
 * How the nodes of one group are started: metadata only with a session token and only from the node itself, encrypted gp3 volumes,
 * tags on instances, volumes and interfaces. Any change of it, tags included, rolls the nodes of the group.
 *
 * Creates `aws_launch_template`.
 */
export class LaunchTemplate extends Construct {
  readonly launchTemplateId: string;
  readonly latestVersion: string;
  readonly resource: AwsLaunchTemplate;

  constructor(scope: Construct, id: string, props: LaunchTemplateProps) {
    super(scope, id);
    const name = physicalName([props.cluster.clusterName, props.nodeGroupName], NAME_MAX_LENGTH);
    const ebs = {
      volumeType: "gp3",
      encrypted: "true",
      kmsKeyId: props.volumeEncryptionKey.keyArn,
      deleteOnTermination: "true",
    };
    this.resource = new AwsLaunchTemplate(this, "Resource", {
      name,
      description: `Nodes of ${name}`,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      blockDeviceMappings: volumes(props.amiType, props.volumeSizeGiB).map(({ deviceName, volumeSize }) => ({
        deviceName,
        ebs: { ...ebs, volumeSize },
      })),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { Name: name },
      })),
    });
    this.launchTemplateId = this.resource.id;
    this.latestVersion = Token.asString(this.resource.latestVersion);
  }
}

/** Where images, logs and the system lie: Bottlerocket keeps its system apart, on a small volume of its own. */
function volumes(amiType: AmiType, volumeSize: number): { deviceName: string; volumeSize?: number }[] {
  const root = "/dev/xvda";
  return amiType.startsWith("BOTTLEROCKET")
    ? [{ deviceName: root }, { deviceName: "/dev/xvdb", volumeSize }]
    : [{ deviceName: root, volumeSize }];
}
