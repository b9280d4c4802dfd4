import { Token } from "cdktf";
import type { Faults } from "../core/faults";
import { AMI_TYPES } from "./ami-type";
import type { NodeGroupOptions } from "./node-group-props";

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
export const NODE_GROUP_NAME_MAX_LENGTH = 63;
const VOLUME_SIZE_GIB = { min: 20, max: 16384 };
const INSTANCE_TYPES_MAX = 20;
const TAINTS_MAX = 50;

/** Adds what is wrong with a node group; `property` names one of its properties in the props or in the record. */
export function checkNodeGroup(
  faults: Faults,
  options: NodeGroupOptions,
  kubernetesVersion: string,
  property: (name: string) => string,
): void {
  const { nodeGroupName, instanceTypes, taints = [] } = options;
  faults
    .literal(property("nodeGroupName"), nodeGroupName)
    .matches(
      property("nodeGroupName"),
      nodeGroupName,
      /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
      "must begin with a letter or digit, then letters, digits, '-' and '_'",
    )
    .length(property("nodeGroupName"), nodeGroupName, 1, NODE_GROUP_NAME_MAX_LENGTH)
    .check(
      options.availabilityZones.length > 0,
      property("availabilityZones"),
      "must list at least 1 zone",
      options.availabilityZones,
    )
    .unique(property("availabilityZones"), options.availabilityZones)
    .check(
      instanceTypes.length > 0 && instanceTypes.length <= INSTANCE_TYPES_MAX,
      property("instanceTypes"),
      `must list 1 to ${INSTANCE_TYPES_MAX} instance types`,
      instanceTypes,
    )
    .oneOf(property("amiType"), options.amiType, AMI_TYPES)
    .integer(property("volumeSizeGiB"), options.volumeSizeGiB, VOLUME_SIZE_GIB.min, VOLUME_SIZE_GIB.max)
    .integer(property("maxUnavailablePercentage"), options.maxUnavailablePercentage, 1, 100)
    .check(taints.length <= TAINTS_MAX, property("taints"), `must list at most ${TAINTS_MAX} taints`, taints.length)
    .unique(
      property("taints"),
      taints.map(({ key, effect }) => `${key}:${effect}`),
    );
  checkScaling(faults, options, property);
  checkRelease(faults, options, kubernetesVersion, property);
}

function checkScaling(faults: Faults, { scaling }: NodeGroupOptions, property: (name: string) => string): void {
  const { min, desired, max } = scaling;
  const before = faults.all.length;
  faults
    .integer(property("scaling.min"), min, 0)
    .integer(property("scaling.desired"), desired, 0)
    .integer(property("scaling.max"), max, 1);
  if (faults.all.length > before) return;
  faults.check(
    min <= desired,
    property("scaling.desired"),
    `must be at least min (${min})`,
    desired,
    "raise 'desired' or lower 'min'",
  );
  faults.check(
    desired <= max,
    property("scaling.desired"),
    `must be at most max (${max})`,
    desired,
    "lower 'desired' or raise 'max'",
  );
}

function checkRelease(
  faults: Faults,
  options: NodeGroupOptions,
  version: string,
  property: (name: string) => string,
): void {
  const { releaseVersion, amiType, kubernetesVersion } = options;
  const bottlerocket = amiType?.startsWith("BOTTLEROCKET");
  // An image of Amazon Linux ends in a date, one of Bottlerocket in eight hexadecimal digits that are not one.
  const pattern = bottlerocket ? /^\d+\.\d+\.\d+-(?!20\d{6}$)[0-9a-f]{8}$/ : /^1\.\d+\.\d+-\d{8}$/;
  const example = bottlerocket ? "1.49.0-713f44ce" : `${version}.8-20260930`;
  const name = property("releaseVersion");
  faults.matches(name, releaseVersion, pattern, "must be a release of the machine image", `for example "${example}"`);
  const named = versionOfRelease(releaseVersion);
  if (named !== undefined && kubernetesVersion !== undefined) {
    const holds = named === kubernetesVersion;
    faults.check(
      holds,
      property("kubernetesVersion"),
      `must be the version of the release, ${named}`,
      kubernetesVersion,
    );
  }
  if (Token.isUnresolved(releaseVersion) || !pattern.test(releaseVersion)) return;
  const [nodes, cluster] = [minorOf(kubernetesVersion ?? named ?? version), minorOf(version)];
  faults.check(
    nodes <= cluster && nodes >= cluster - 3,
    named === undefined ? property("kubernetesVersion") : name,
    `must be of Kubernetes ${version} or at most 3 minor versions older`,
    named === undefined ? kubernetesVersion : releaseVersion,
  );
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

/** The Kubernetes version that a release of Amazon Linux names; those of Bottlerocket name none. */
export function versionOfRelease(releaseVersion: string): string | undefined {
  return /^(1\.\d+)\.\d+-\d{8}$/.exec(releaseVersion)?.[1];
}
