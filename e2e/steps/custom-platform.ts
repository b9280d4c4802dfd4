import { rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { ExistingNetwork } from "../../examples/custom-platform/existing-network";
import { ResearchPlatform, STATE_BUCKET } from "../../examples/custom-platform/research-platform";
import { copyProviderLocks } from "../../lib/core/provider-locks";
import type { VpcAttributes } from "../../lib/vpc/imported-vpc";
import type { Engines } from "../engines/engines";
import { makeRunFolder } from "../engines/folders";
import { leftovers } from "../engines/leftovers";
import { succeeded, type Terraform } from "../engines/terraform";
import { mustRun } from "../engines/tools";
import { expect } from "../expect";
import { settings } from "../settings";
import { expectNoChanges, terraformOf } from "../stack";

/**
 * A platform of one's own parts in a VPC that another stack made: deployed, planned again and taken away. The VPC's ids go from the one
 * stack to the other as its README says. Where the engines have a cluster, it bears the name of the one that they have: no other
 * environment may have it then.
 */
export async function customPlatform(engines: Engines): Promise<string> {
  const outdir = join(makeRunFolder(), "custom-platform");
  rmSync(outdir, { recursive: true, force: true });
  const before = await leftovers(engines.env, settings.regions);
  const network = await synthesized(engines, outdir, "network", (app) => new ExistingNetwork(app, "network"));
  succeeded(await network.apply());

  const folder = join(outdir, "stacks", "network");
  const output = await mustRun(engines.terraform.command, ["output", "-json", "network"], {
    cwd: folder,
    env: engines.env,
  });
  const attributes = JSON.parse(output) as VpcAttributes;
  const { inCluster } = engines;
  const clusterName = inCluster ? settings.clusterName : undefined;
  const { region } = settings;
  const s3 = (...args: string[]) => mustRun("aws", args, { env: engines.env });
  await s3(
    "s3api",
    "create-bucket",
    "--bucket",
    STATE_BUCKET,
    `--create-bucket-configuration=LocationConstraint=${region}`,
  );
  const platform = await synthesized(
    engines,
    outdir,
    "research",
    (app) => new ResearchPlatform(app, "research", { network: attributes, clusterName, inCluster }),
  );
  const { seconds } = succeeded(await platform.apply());
  const resources = await platform.stateList();
  const again = await expectNoChanges(platform);

  succeeded(await platform.destroy());
  await s3("s3", "rb", "--force", `s3://${STATE_BUCKET}`);
  succeeded(await network.destroy());
  const after = await leftovers(engines.env, settings.regions);
  const stayed = after.filter((line) => !before.includes(line));
  expect(stayed.length === 0, "nothing left in the account", stayed);
  const part = inCluster ? "" : ", AWS part alone";
  return `${resources.length} resources in ${seconds.toFixed(0)} s${part}; second plan: ${again}; nothing left`;
}

/** A stack of the example in a folder of its own, with its providers. */
async function synthesized(
  engines: Engines,
  outdir: string,
  name: string,
  make: (app: App) => unknown,
): Promise<Terraform> {
  const app = new App({ outdir });
  make(app);
  app.synth();
  copyProviderLocks(app);
  const terraform = terraformOf(engines, name, { folder: join(outdir, "stacks", name) });
  succeeded(await terraform.init());
  return terraform;
}
