import { resolve } from "node:path";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { chartHash, isArchive } from "./chart-folder";
import type { LocalChart } from "./chart-source";

/** Hashes of the charts of a stack by their paths: a stack is made in one go, and its releases often share a chart. */
const hashes = new WeakMap<TerraformStack, Map<string, string>>();

/** Has a chart copied beside its stack, under a path that holds its content's hash, and answers that path. */
export function chartAsset(scope: Construct, id: string, chart: LocalChart): string {
  const path = resolve(chart.path);
  const type = isArchive(path) ? AssetType.FILE : AssetType.DIRECTORY;
  const asset = new TerraformAsset(scope, id, { path, type, assetHash: hashOf(TerraformStack.of(scope), path) });
  return `./${asset.path}`;
}

function hashOf(stack: TerraformStack, path: string): string {
  const known = hashes.get(stack) ?? new Map<string, string>();
  hashes.set(stack, known);
  const hash = known.get(path) ?? chartHash(path);
  known.set(path, hash);
  return hash;
}
