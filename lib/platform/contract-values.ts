import { checkDomain } from "../application/dns-name";
import { ACCOUNT_ID, checkAccount, iamArn, partitionOf, REGION } from "../core/account";
import { checkTags } from "../core/check-tags";
import type { Faults } from "../core/faults";
import { DNS_LABEL } from "../core/kubernetes-names";
import { checkClusterName } from "../eks/cluster-name";
import { checkClusterNetwork } from "../kubernetes/cluster-network";
import { checkKubernetesMinor, checkNamespaceName } from "../kubernetes/namespace-name";
import { type Cidr, contains, parseCidr } from "../vpc/cidr";
import type { ContractNetwork, ContractState, PlatformContract } from "./contract";

const LABEL_RULE = "must have lower-case letters, digits and '-', at most 63";

/** An availability zone, a local one or a Wavelength one, such as `eu-west-3a` or `us-west-2-lax-1a`. */
const ZONE = /^[a-z]{2,4}(-[a-z]+)+-\d([a-z]|(-[a-z0-9]+)+)$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Path and name in IAM. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const IAM_NAME = /^([\x21-\x7e]+\/)?[\w+=,.@-]+$/;

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAGS_MAX = 50;
const TAG_KEY_MAX_LENGTH = 128;

/** Adds what is wrong with the values of a contract that has the right shape. A file can be edited by hand. */
export function checkContractValues(faults: Faults, contract: PlatformContract): void {
  const { account, cluster, network, identity, state, parameters, domain } = contract;
  faults
    .matches("environment", contract.environment, DNS_LABEL, LABEL_RULE)
    .matches("team", contract.team, DNS_LABEL, LABEL_RULE);
  checkDomain(faults, "domain", domain);
  checkAccount(faults, "account", account);
  checkClusterName(faults, "cluster.clusterName", cluster.clusterName);
  checkKubernetesMinor(faults, "cluster.kubernetesVersion", cluster.kubernetesVersion);
  checkRanges(faults, network);
  checkClusterNetwork(faults, network.traffic, (name) => `network.traffic.${name}`);
  for (const name of Object.keys(contract.namespaces)) checkNamespaceName(faults, `namespaces.${name}`, name);

  const inAccount = (kind: "role" | "policy") => iamArn(account, `${kind}/`);
  checkArn(faults, "identity.deployRoleArn", identity.deployRoleArn, inAccount("role"));
  const { podRoles } = identity;
  if (podRoles) {
    const slashes = "must begin and end with a slash";
    faults.matches("identity.podRoles.iamPath", podRoles.iamPath, /^\/([\x21-\x7e]+\/)?$/, slashes);
    const boundary = "identity.podRoles.permissionsBoundaryArn";
    checkArn(faults, boundary, podRoles.permissionsBoundaryArn, inAccount("policy"));
  }
  if (state) checkState(faults, state);
  checkContractTags(faults, contract);
  const rule = "must begin with a slash, and have letters, digits and '_.-/'";
  for (const [name, value] of Object.entries(parameters))
    faults.matches(`parameters.${name}`, value, /^(\/[\w.-]+)+$/, rule);
}

function checkRanges(faults: Faults, { cidrBlocks, subnets }: ContractNetwork): void {
  faults.check(cidrBlocks.length > 0, "network.cidrBlocks", "must name at least one range", cidrBlocks);
  const blocks: Cidr[] = [];
  for (const text of cidrBlocks) {
    const block = parseCidr(text);
    if (block) blocks.push(block);
    else faults.add("network.cidrBlocks", "must be IPv4 ranges", text, 'for example "10.0.0.0/16"');
  }
  for (const [tier, zones] of Object.entries(subnets)) {
    for (const [zone, text] of Object.entries(zones)) {
      const property = `network.subnets.${tier}.${zone}`;
      const range = parseCidr(text);
      const isInside = range !== undefined && (blocks.length === 0 || blocks.some((block) => contains(block, range)));
      faults
        .check(ZONE.test(zone), property, "must be named after a zone", zone, 'for example "eu-west-3a"')
        .check(isInside, property, `must be an IPv4 range inside ${cidrBlocks.join(", ")}`, text);
    }
  }
}

function checkState(faults: Faults, { bucketName, region, keyAliasArn, keyPrefix }: ContractState): void {
  const alias = new RegExp(
    `^arn:${partitionOf(region)}:kms:${region}:${ACCOUNT_ID.source.slice(1, -1)}:alias/[\\w/-]+$`,
  );
  const aliasRule = `must be the ARN of an alias of a KMS key in ${region}`;
  const parts = keyPrefix.split("/").slice(0, -1);
  const isPrefix = /^([\w!.*'()-]+\/)+$/.test(keyPrefix) && !parts.some((part) => /^\.+$/.test(part));
  const prefixRule = "must end with a slash, not begin with one, and have no part that is '.' or '..'";
  const isBucket = BUCKET.test(bucketName) && !bucketName.includes("..");
  faults.check(isBucket, "state.bucketName", "must be the name of an S3 bucket", bucketName);
  faults.matches("state.region", region, REGION, "must be an AWS region");
  if (REGION.test(region)) faults.matches("state.keyAliasArn", keyAliasArn, alias, aliasRule);
  faults.check(isPrefix, "state.keyPrefix", prefixRule, keyPrefix);
}

/** Those that the platform sets itself are in a contract too. */
function checkContractTags(faults: Faults, { tags, team }: PlatformContract): void {
  const { Team: named = team } = tags;
  faults.check(named === team, "tags.Team", `must be the contract's own team, ${JSON.stringify(team)}`, named);
  const count = Object.keys(tags).length;
  faults.check(count <= TAGS_MAX, "tags", `must be at most ${TAGS_MAX}`, count);
  for (const [key, value] of Object.entries(tags)) {
    const isPlatforms = key === "Environment" || key === "ManagedBy";
    faults.length(`tags.${key}`, key, 1, TAG_KEY_MAX_LENGTH);
    checkTags(faults, { [isPlatforms ? "Team" : key]: value }, () => `tags.${key}`);
  }
}

function checkArn(faults: Faults, property: string, value: string, start: string): void {
  const holds = value.startsWith(start) && IAM_NAME.test(value.slice(start.length));
  faults.check(holds, property, `must begin with ${start}`, value);
}
