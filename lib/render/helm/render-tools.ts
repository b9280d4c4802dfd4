import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { ChartStore } from "./chart-store";
import { Helm } from "./helm";
import { inParallel, type Limit } from "./in-parallel";
import { RenderCache } from "./render-cache";

/** What releases are rendered with. */
export interface RenderTools {
  readonly helm: Helm;
  readonly charts: ChartStore;
  readonly cache: RenderCache;
  /** How many Helm processes run at once. */
  readonly limit: Limit;
  /** Whether values without an effect are looked for among those that the chart has, too. */
  readonly allValues: boolean;
}

export interface RenderToolsOptions {
  /**
   * Path or name of the Helm program.
   *
   * @default - the one that EKS_PLATFORM_HELM names, else `helm`
   */
  readonly helm?: string;
  /**
   * Helm processes at once.
   *
   * @default - one for each processor
   */
  readonly concurrency?: number;
  /**
   * Whether what was rendered and pulled before is used, and kept for the next time.
   *
   * @default true
   */
  readonly cache?: boolean;
  /**
   * Whether values without an effect are looked for among those that the chart has, too.
   *
   * @default false
   */
  readonly allValues?: boolean;
}

/**
 * Renders with Helm, and leaves nothing behind but the cache.
 *
 * @throws {RenderError} if there is no Helm that can be used
 */
export async function withRenderTools<T>(
  { helm: named, concurrency = availableParallelism(), cache: isKept = true, allValues = false }: RenderToolsOptions,
  use: (tools: RenderTools) => Promise<T>,
): Promise<T> {
  const homes = mkdtempSync(join(tmpdir(), "eks-platform-helm-"));
  const cache = isKept ? RenderCache.open() : RenderCache.empty();
  try {
    const helm = await Helm.find(named, homes);
    const charts = new ChartStore(helm, cache);
    return await use({ helm, charts, cache, limit: inParallel(concurrency), allValues });
  } finally {
    cache.close();
    rmSync(homes, { recursive: true, force: true });
  }
}
