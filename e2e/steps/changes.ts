import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { copyProviderLocks } from "../../lib/core/provider-locks";
import { awsEnvironments } from "../../lib/environment/aws-environments";
import type { AwsEnvironmentConfig, PlatformConfig } from "../../lib/environment/environment-config";
import { platform } from "../../stacks/environments";
import { addPlatform } from "../../stacks/platform";
import type { Engines } from "../engines/engines";
import { emulatorsFolder } from "../engines/folders";
import { succeeded, type TerraformPlan } from "../engines/terraform";
import { expect } from "../expect";
import { withInCluster } from "../programs";
import { terraformOf } from "../stack";

/** What names ranges of the network. */
const TOLD = ["kubernetes_network_policy_v1", "aws_ssm_parameter"];

/** A fourth zone plans additions only (decision 0013); what names ranges of the network, policies and contracts, learns the new ones in place. */
export async function addZone(engines: Engines): Promise<string> {
  const zone = "eu-west-3d";
  const { changes } = await planVariant(engines, "zone", (staging) => ({
    ...staging,
    network: {
      ...staging.network,
      availabilityZones: [...staging.network.availabilityZones, zone],
      subnetCidrBlocks: {
        "private-with-egress": { ...staging.network.subnetCidrBlocks?.["private-with-egress"], [zone]: "10.0.4.0/24" },
        public: { ...staging.network.subnetCidrBlocks?.public, [zone]: "10.0.104.0/24" },
        "control-plane": { ...staging.network.subnetCidrBlocks?.["control-plane"], [zone]: "10.0.0.48/28" },
      },
    },
  }));
  const inPlace = ({ type, actions }: TerraformPlan["changes"][number]) =>
    TOLD.includes(type) && actions.join() === "update";
  const others = changes.filter((change) => change.actions.join() !== "create" && !inPlace(change));
  expect(changes.length > 0 && others.length === 0, "additions only", others);
  const told = changes.filter(inPlace).map(({ type }) => type);
  const added = changes.filter((change) => !inPlace(change)).map(({ type }) => type);
  return `${added.length} to add: ${summary(added)}; told of it: ${summary(told)}; nothing else`;
}

/** Types of AWS that take no tags, so that a tag change must leave them alone. */
const WITHOUT_TAGS = new Set([
  "aws_eks_access_policy_association",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_kms_alias",
  "aws_route",
  "aws_route_table_association",
  "aws_vpc_endpoint_route_table_association",
]);

/** What a team has in AWS carries the team's own cost centre. */
function takesTags(address: string): boolean {
  const [type = "", id = ""] = address.split(".");
  return type.startsWith("aws_") && !WITHOUT_TAGS.has(type) && !id.startsWith("InCluster_Team-");
}

/** A tag touches every resource that takes tags, in place, and no other. The node group is one: its launch template changes. */
export async function changeTag(engines: Engines): Promise<string> {
  const { changes } = await planVariant(engines, "tag", (staging) => ({
    ...staging,
    tags: { ...staging.tags, CostCenter: "epidemiology" },
  }));
  const state = await terraformOf(engines, "staging").stateList();
  const expected = state.filter((address) => takesTags(address)).sort();
  const found = changes.map(({ address }) => address).sort();
  expect(found.join("\n") === expected.join("\n"), expected.join("\n"), found.join("\n"));
  const others = changes.filter(({ actions }) => actions.join() !== "update");
  expect(others.length === 0, "updates in place only", others);
  return `${changes.length} of ${state.length} resources, all in place`;
}

type Change = (staging: AwsEnvironmentConfig) => AwsEnvironmentConfig;

/** Plans staging with a changed record against the state of the one that is deployed. */
async function planVariant(engines: Engines, name: string, change: Change): Promise<TerraformPlan> {
  const outdir = join(emulatorsFolder, "variants", name);
  mkdirSync(outdir, { recursive: true });
  const changed: PlatformConfig = {
    ...platform,
    environments: awsEnvironments(platform).map((each) => (each.name === "staging" ? change(each) : each)),
  };
  withVariables(withInCluster({}, engines.inCluster), () => {
    const app = new App({ outdir });
    addPlatform(app, changed);
    app.synth();
    copyProviderLocks(app);
  });
  const terraform = terraformOf(engines, "staging", { folder: join(outdir, "stacks", "staging") });
  succeeded(await terraform.init(["-reconfigure"]));
  return succeeded(await terraform.plan());
}

function withVariables(variables: Record<string, string | undefined>, action: () => void): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  action();
}

function summary(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(", ");
}
