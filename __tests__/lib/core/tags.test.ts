import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { applyTags } from "../../../lib/core/tags";
import { synthesizeWith } from "../../support/synth";

const tags = { Team: "platform", CostCenter: "4711" };

test("every AWS resource that takes tags gets them, however deep it lies", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    new Vpc(scope, "Flat", { cidrBlock: "10.0.0.0/16" });
    new Vpc(new Construct(new Construct(scope, "One"), "Two"), "Deep", { cidrBlock: "10.1.0.0/16" });
  });
  const bodies = Object.values(stack.resources("aws_vpc"));
  expect(bodies.map((body) => body.tags)).toEqual([tags, tags]);
});

test("a tag of the resource's own stays beside them, and wins over one of the same name", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: "staging", Team: "network" } });
  });
  expect(stack.only("aws_vpc").tags).toEqual({ Name: "staging", Team: "network", CostCenter: "4711" });
});

test("a launch template is tagged, and so is everything it starts", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    new LaunchTemplate(scope, "Nodes", {
      tagSpecifications: [
        { resourceType: "instance", tags: { Name: "nodes", Team: "genomics" } },
        { resourceType: "volume" },
      ],
    });
  });
  expect(stack.only("aws_launch_template")).toEqual({
    tags,
    tag_specifications: [
      { resource_type: "instance", tags: { Name: "nodes", Team: "genomics", CostCenter: "4711" } },
      { resource_type: "volume", tags },
    ],
  });
});

test("a launch template that names no kinds of its own starts with none", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    new LaunchTemplate(scope, "Nodes");
  });
  expect(stack.only("aws_launch_template").tags).toEqual(tags);
  expect(stack.only("aws_launch_template").tag_specifications ?? []).toEqual([]);
});

test("tags that are known only at apply are merged at apply, the resource's own last", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    const source = new DataAwsVpc(scope, "Source", { id: "vpc-1" });
    new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16", tags: Token.asStringMap(source.fqn) });
  });
  expect(stack.only("aws_vpc").tags).toBe(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own syntax
    '${merge({"Team" = "platform", "CostCenter" = "4711"}, data.aws_vpc.Source)}',
  );
});

test("a value that is known only at apply stays what it is", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    const other = new Vpc(scope, "Other", { cidrBlock: "10.0.0.0/16" });
    new Vpc(scope, "Vpc", { cidrBlock: "10.1.0.0/16", tags: { Peer: other.id } });
  });
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own syntax
  expect(stack.resources("aws_vpc").Vpc?.tags).toEqual({ ...tags, Peer: "${aws_vpc.Other.id}" });
});

test("what takes no tags, what only reads, and what is not of AWS is left alone", () => {
  const stack = synthesizeWith((scope) => {
    new KubernetesProvider(scope, "Kubernetes");
    applyTags(scope, tags);
    new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16" });
    new IamRolePolicy(scope, "Policy", { role: "reader", policy: "{}" });
    new AutoscalingGroup(scope, "Group", { minSize: 0, maxSize: 1 });
    new DataAwsVpc(scope, "Found", { id: "vpc-1" });
    new ServiceAccountV1(scope, "Account", { metadata: { name: "reader" } });
  });
  expect(stack.only("aws_vpc")).toHaveProperty("tags", tags);
  expect(stack.only("aws_iam_role_policy")).toEqual({ role: "reader", policy: "{}" });
  expect(stack.only("aws_autoscaling_group")).toEqual({ min_size: 0, max_size: 1 });
  expect(stack.only("kubernetes_service_account_v1")).toEqual({ metadata: { name: "reader" } });
  // Tags of a data source are a filter: with ours it would find nothing.
  expect(stack.json.data).toEqual({ aws_vpc: { Found: { id: "vpc-1" } } });
});

test("only what lies below the scope is tagged", () => {
  const stack = synthesizeWith((scope) => {
    const inside = new Construct(scope, "Inside");
    applyTags(inside, tags);
    new Vpc(inside, "Vpc", { cidrBlock: "10.0.0.0/16" });
    new Vpc(scope, "Outside", { cidrBlock: "10.1.0.0/16" });
  });
  expect(stack.resources("aws_vpc").Outside).toEqual({ cidr_block: "10.1.0.0/16" });
  const inside = Object.entries(stack.resources("aws_vpc")).filter(([id]) => id !== "Outside");
  expect(inside.map(([, body]) => body.tags)).toEqual([tags]);
});

test("of two scopes the nearer wins, whichever was tagged first, and the resource's own over both", () => {
  const stack = synthesizeWith((scope) => {
    const team = new Construct(scope, "Team");
    applyTags(team, { Team: "genomics", Data: "reads" });
    applyTags(scope, tags);
    new Vpc(team, "Vpc", { cidrBlock: "10.0.0.0/16" });
    new Subnet(team, "Subnet", { vpcId: "vpc-1", tags: { Data: "none" } });
    const source = new DataAwsVpc(scope, "Source", { id: "vpc-1" });
    new LaunchTemplate(team, "Nodes", {
      tags: Token.asStringMap(source.fqn),
      tagSpecifications: [{ resourceType: "volume", tags: { Data: "scratch" } }],
    });
  });
  expect(stack.only("aws_vpc").tags).toEqual({ Team: "genomics", CostCenter: "4711", Data: "reads" });
  expect(stack.only("aws_subnet").tags).toEqual({ Team: "genomics", CostCenter: "4711", Data: "none" });
  expect(stack.only("aws_launch_template")).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's own syntax
    tags: '${merge({"Team" = "genomics", "CostCenter" = "4711", "Data" = "reads"}, data.aws_vpc.Source)}',
    tag_specifications: [{ resource_type: "volume", tags: { Team: "genomics", CostCenter: "4711", Data: "scratch" } }],
  });
});

test("no tag goes through the provider's default_tags", () => {
  const stack = synthesizeWith((scope) => {
    applyTags(scope, tags);
    new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16" });
  });
  expect(stack.json.provider).toEqual({ aws: [{ region: "eu-west-3" }] });
  expect(stack.only("aws_vpc").tags).toEqual(tags);
});

test("a map that the caller changes later changes no tag", () => {
  const mine: Record<string, string> = { ...tags };
  const stack = synthesizeWith((scope) => {
    applyTags(scope, mine);
    new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16" });
    mine.Team = "changed";
  });
  expect(stack.only("aws_vpc").tags).toEqual(tags);
});
