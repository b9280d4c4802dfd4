import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { CustomResource } from "../../lib/helm/custom-resource";
import { CustomResources } from "../../lib/helm/custom-resources";
import { HelmRelease } from "../../lib/helm/helm-release";
import { ImportedNamespace } from "../../lib/kubernetes/imported-namespace";
import { readStack, type StackFile } from "../../lib/render/stack/stack-file";
import { clusterRunFolder } from "../engines/folders";
import { DEFINITION } from "./schema-table";

const folder = join(clusterRunFolder, "custom-resources");
const STACK = "custom-resources";

/**
 * Synthesises a stack as a user would write it: a release that brings a kind, and objects of the kind after it.
 *
 * @param kubernetesVersion Minor version, for example `1.35`.
 */
export function customResourcesStack(
  namespaceName: string,
  kubernetesVersion: string,
  resources: readonly CustomResource[],
): StackFile {
  const outdir = join(folder, "cdktf.out");
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const app = new App({ outdir });
  const stack = new TerraformStack(app, STACK);
  new HelmProvider(stack, "Helm");
  const namespace = new ImportedNamespace(stack, "Namespace", {
    namespaceName,
    kubernetesVersion,
    podSecurityLevel: "restricted",
  });
  const definitions = new HelmRelease(stack, "Definitions", {
    releaseName: "cluster-run-definitions",
    namespace,
    chart: { path: definitionsChart() },
    timeoutSeconds: 60,
  });
  new CustomResources(stack, "Samples", {
    releaseName: "cluster-run-samples",
    namespace,
    after: [definitions],
    resources,
    timeoutSeconds: 60,
  });
  app.synth();
  return readStack(outdir, STACK);
}

/** A chart with a kind in its templates, as operators have them. */
function definitionsChart(): string {
  const chart = join(folder, "definitions");
  mkdirSync(join(chart, "templates"), { recursive: true });
  writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: definitions\nversion: 0.1.0\n");
  writeFileSync(join(chart, "templates", "definition.yaml"), JSON.stringify(DEFINITION));
  return chart;
}
