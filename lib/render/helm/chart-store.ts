import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { RenderError } from "../render-error";
import type { Helm } from "./helm";
import type { RenderCache } from "./render-cache";

/** Where a release's chart comes from. */
export type ChartReference =
  /** A folder or an archive on this machine, absolute. */
  | { readonly path: string }
  /** In a chart repository (https) or registry (oci). */
  | { readonly repository: string; readonly name: string; readonly version: string };

/** A chart on this machine. */
export interface Chart {
  /** A folder or an archive, absolute. */
  readonly path: string;
  /** Of all its content. */
  readonly digest: string;
}

/** Brings charts to this machine, each once: a version that is published does not change. */
export class ChartStore {
  private readonly pulls = new Map<string, Promise<string>>();

  constructor(
    private readonly helm: Helm,
    private readonly cache: RenderCache,
  ) {}

  async chart(reference: ChartReference): Promise<Chart> {
    const path = "path" in reference ? reference.path : await this.pulled(reference);
    return { path, digest: contentDigest(path) };
  }

  private pulled(reference: Exclude<ChartReference, { readonly path: string }>): Promise<string> {
    const { repository, name, version } = reference;
    const key = createHash("sha256")
      .update(JSON.stringify([repository, name, version]))
      .digest("hex");
    const pull = this.pulls.get(key) ?? this.pull(reference, join(this.cache.folder, "charts", key));
    this.pulls.set(key, pull);
    return pull;
  }

  private async pull(
    { repository, name, version }: Exclude<ChartReference, { readonly path: string }>,
    folder: string,
  ): Promise<string> {
    if (!existsSync(folder)) {
      const arriving = `${folder}.${randomUUID()}`;
      mkdirSync(arriving, { recursive: true });
      try {
        const isRegistry = repository.startsWith("oci://");
        const chart = isRegistry ? [`${repository.replace(/\/+$/, "")}/${name}`] : [name, "--repo", repository];
        await this.helm.pull(chart, version, arriving);
        moveUnlessThere(arriving, folder);
      } finally {
        rmSync(arriving, { recursive: true, force: true });
      }
    }
    const [archive = ""] = readdirSync(folder);
    return join(folder, archive);
  }
}

/** Two programs may pull the same chart at once; both got the same. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** Names and contents of all files, in an order that does not depend on the machine; of an archive its bytes. */
function contentDigest(path: string): string {
  const hash = createHash("sha256");
  if (statSync(path).isFile()) return hash.update(readFileSync(path)).digest("hex");
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isSymbolicLink()) refuseBadLink(join(entry.parentPath, entry.name));
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    // A link counts with what it leads to, as Helm reads it.
    .filter((file) => statSync(file).isFile())
    .sort();
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file.slice(path.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Helm fails at a link without an end, and follows one to a folder around it until the system stops it. */
function refuseBadLink(link: string): void {
  let end: string;
  try {
    end = realpathSync(link);
  } catch {
    throw new RenderError(`the chart's link ${link} leads nowhere`, "remove it, or let it lead to a file");
  }
  if (relative(end, realpathSync(dirname(link))).startsWith("..")) return;
  throw new RenderError(`the chart's link ${link} leads to a folder that it is in`, "remove it");
}
