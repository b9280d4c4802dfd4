import { platform } from "../../stacks/environments";
import { platformWith, resourcesOf, shipped, stackIn, synthesizePlatform, synthesizeStack } from "../support/platform";
import type { Body } from "../support/synth";

const stacks = synthesizePlatform(platform);
const names = Object.keys(stacks).filter((name) => name !== "local");

/** AWS has no tags for these. */
const UNTAGGABLE = [
  "aws_ecr_lifecycle_policy",
  "aws_eks_access_policy_association",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_kms_alias",
  "aws_route",
  "aws_route_table_association",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_notification",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_replication_configuration",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_vpc_endpoint_route_table_association",
];

/** What a changed tag touches in an environment. A changed launch template rolls the nodes of its group. */
const TAGGABLE = [
  "aws_cloudwatch_log_group",
  "aws_default_security_group",
  "aws_eip",
  "aws_eks_access_entry",
  "aws_eks_addon",
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_eks_pod_identity_association",
  "aws_flow_log",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_internet_gateway",
  "aws_kms_key",
  "aws_launch_template",
  "aws_nat_gateway",
  "aws_route_table",
  "aws_ssm_parameter",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_ingress_rule",
];

const costCenter: Readonly<Record<string, string>> = {
  registry: "platform",
  bootstrap: "platform",
  dev: "genomics",
  staging: "genomics",
  prod: "genomics",
};

const stackOf = (name: string) => stackIn(stacks, name);

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}

/** What a team has in AWS is the team's. */
function tagsOfTeam(address: string): Readonly<Record<string, string>> {
  const team = /InCluster_Team-([a-z-]+)_/.exec(address)?.[1];
  return team ? { Team: team, CostCenter: team } : {};
}

function isTeams(address: string): boolean {
  return "Team" in tagsOfTeam(address);
}

function specificationsOf(template: Body): readonly Body[] {
  return template.tag_specifications as readonly Body[];
}

test.each(names)("every resource of %s that AWS can tag carries the four tags", (name) => {
  const tags = { Environment: name, Team: "platform", ManagedBy: "terraform", CostCenter: costCenter[name] };
  const taggable = Object.entries(resourcesOf(stackOf(name), "aws_")).filter(
    ([address]) => !UNTAGGABLE.includes(typeOf(address)),
  );
  expect(taggable.length).toBeGreaterThanOrEqual(3);
  const without = taggable.filter(([address, { tags: own }]) => {
    const found = own as Readonly<Record<string, string>> | undefined;
    return Object.entries({ ...tags, ...tagsOfTeam(address) }).some(([key, value]) => found?.[key] !== value);
  });
  expect(without.map(([address]) => address)).toEqual([]);
});

test("the types without tags are all in use, and none of them has tags", () => {
  const all = names.flatMap((name) => Object.entries(resourcesOf(stackOf(name), "aws_")));
  const untagged = all.filter(([, body]) => body.tags === undefined).map(([address]) => typeOf(address));
  expect([...new Set(untagged)].sort()).toEqual(UNTAGGABLE);
});

test.each(["dev", "staging", "prod"])("instances, volumes and interfaces of %s carry the tags and a name", (name) => {
  const template = stackOf(name).only("aws_launch_template");
  expect(specificationsOf(template)).toEqual(
    ["instance", "volume", "network-interface"].map((resource_type) => ({
      resource_type,
      tags: {
        Environment: name,
        Team: "platform",
        ManagedBy: "terraform",
        CostCenter: "genomics",
        Name: `${name}-genomics`,
      },
    })),
  );
});

test("a resource's own tags stay beside the four", () => {
  expect(stackOf("staging").only("aws_vpc").tags).toEqual({
    Name: "staging",
    Environment: "staging",
    Team: "platform",
    ManagedBy: "terraform",
    CostCenter: "genomics",
  });
});

test("no provider has default tags", () => {
  for (const name of names) {
    const providers = stackOf(name).json.provider as Readonly<Record<string, readonly Body[]>>;
    for (const provider of providers.aws ?? []) {
      expect(provider).toHaveProperty("region");
      expect(provider).not.toHaveProperty("default_tags");
    }
  }
});

test("a changed tag touches exactly what takes tags and is no team's, and there nothing but the tags", () => {
  const before = resourcesOf(stackOf("staging"));
  const tags = { ...shipped("staging").tags, CostCenter: "surveillance" };
  const after = resourcesOf(synthesizeStack("staging", platformWith("staging", { tags })));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  const changed = Object.keys(before).filter((each) => JSON.stringify(before[each]) !== JSON.stringify(after[each]));
  expect([...new Set(changed.map(typeOf))]).toEqual(TAGGABLE);
  expect(changed).toEqual(
    Object.keys(before).filter((address) => TAGGABLE.includes(typeOf(address)) && !isTeams(address)),
  );
  for (const address of changed) {
    const strip = ({ tags: _, tag_specifications: __, ...rest }: Body) => rest;
    expect(strip(after[address] ?? {})).toEqual(strip(before[address] ?? {}));
    expect(after[address]?.tags).toMatchObject({ CostCenter: "surveillance" });
  }
});

test("a tag that is added reaches what nodes start, too", () => {
  const tags = { ...shipped("staging").tags, Project: "wastewater" };
  const template = synthesizeStack("staging", platformWith("staging", { tags })).only("aws_launch_template");
  expect(specificationsOf(template).map((each) => each.tags)).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ Project: "wastewater" })),
  );
});
