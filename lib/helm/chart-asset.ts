import { basename, resolve } from "node:path";
import { AssetType, TerraformAsset, type TerraformStack } from "cdktf";
import { chartHash, isArchive } from "./chart-folder";
import type { LocalChart } from "./chart-source";

/** Where the charts of a stack are, by the paths that they come from: a stack is made in one go, and its releases often share a chart. */
const copies = new WeakMap<TerraformStack, Map<string, string>>();

/**
 * Has a chart copied beside its stack, once for all releases, under a path that holds its content's hash, and answers that path. It comes
 * from the chart's own name and content: which release asks first does not matter.
 */
export function chartAsset(stack: TerraformStack, { path }: LocalChart): string {
  const known = copies.get(stack) ?? new Map<string, string>();
  copies.set(stack, known);
  const source = resolve(path);
  const copy = known.get(source) ?? `./${assetOf(stack, source).path}`;
  known.set(source, copy);
  return copy;
}

/** Two folders of one name and content are one chart. */
function assetOf(stack: TerraformStack, path: string): TerraformAsset {
  const assetHash = chartHash(path);
  const id = `Chart-${basename(path).replace(/[^A-Za-z0-9]+/g, "-")}-${assetHash}`;
  const type = isArchive(path) ? AssetType.FILE : AssetType.DIRECTORY;
  const found = stack.node.tryFindChild(id) as TerraformAsset | undefined;
  return found ?? new TerraformAsset(stack, id, { path, type, assetHash });
}
