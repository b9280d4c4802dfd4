import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { applicationsStack } from "../../examples/twenty-applications/stack";
import { copyProviderLocks } from "../../lib/core/provider-locks";
import type { Engines } from "../engines/engines";
import { makeRunFolder } from "../engines/folders";
import { succeeded, type Terraform } from "../engines/terraform";
import { expect } from "../expect";
import { terraformOf } from "../stack";

/**
 * Twenty releases in four namespaces, by the real providers: installed, planned again, one image changed, and taken away. Answers how long
 * a plan takes and how large the state is.
 */
export async function twentyApplications(engines: Engines): Promise<string> {
  const outdir = join(makeRunFolder(), "twenty-applications");
  rmSync(outdir, { recursive: true, force: true });
  const app = new App({ outdir });
  applicationsStack(app);
  app.synth();
  copyProviderLocks(app);
  const folder = join(outdir, "stacks", "applications");
  const terraform = terraformOf(engines, "applications", { folder });
  succeeded(await terraform.init());
  const { seconds } = succeeded(await terraform.apply());
  const resources = await terraform.stateList();

  const again = succeeded(await terraform.plan());
  expect(again.changes.length === 0, "no changes", again.changes);
  const stateSize = readFileSync(join(folder, "applications.tfstate")).length;
  const upgrade = await changeOneImage(terraform, join(folder, "cdk.tf.json"));
  succeeded(await terraform.destroy());
  const left = await terraform.stateList();
  expect(left.length === 0, "an empty state", left);
  return `${resources.length} resources in ${seconds.toFixed(0)} s, second plan ${again.seconds.toFixed(1)} s, state ${Math.round(stateSize / 1024)} kB; ${upgrade}`;
}

/** One new image is one resource in the plan, changed in place. */
async function changeOneImage(terraform: Terraform, file: string): Promise<string> {
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace('\\"tag\\": \\"2.0.1\\"', '\\"tag\\": \\"2.0.2\\"'));
  const { changes } = succeeded(await terraform.plan());
  const release = changes[0]?.address ?? "";
  const one = changes.length === 1 && changes[0]?.actions.join() === "update" && release.includes("Release-consent");
  expect(one, "one release changed in place", changes);
  writeFileSync(file, before);
  return "a new image is one change";
}
