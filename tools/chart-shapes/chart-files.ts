import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { HELM_VARIABLE } from "../../lib/render/helm/helm";
import { untar } from "../../lib/render/helm/tar";
import type { ChartEntry } from "./table";

/** What is read of a chart. */
export interface ChartFiles {
  /** Chart.yaml */
  readonly chart: string;
  /** values.yaml */
  readonly values: string;
  /** values.schema.json; undefined if it has none. */
  readonly schema?: string;
}

/**
 * Reads a chart of this package, or one from a folder with a sub-folder or archive for each chart, or without such a folder from where it
 * is published.
 *
 * @throws {Error} if it is not there, or is another version than the table says
 */
export function readChart(entry: ChartEntry, from: string | undefined): ChartFiles {
  const files = entry.published ? readPublished(entry, from) : fromFolder(join("charts", entry.name));
  const found = String(parse(files.chart).version);
  const wanted = entry.published?.version;
  // A checkout of a chart's source may have no version yet.
  const fits = wanted === undefined || found === wanted || /^v?0\.0\.0$/.test(found);
  if (!fits) throw new Error(`${entry.name} is ${found}, the table says ${wanted}`);
  return files;
}

function readPublished(entry: ChartEntry, from: string | undefined): ChartFiles {
  if (from === undefined) return pulled(entry);
  const folder = join(from, entry.name);
  if (existsSync(join(folder, "Chart.yaml"))) return fromFolder(folder);
  return fromArchive(from, entry);
}

function fromFolder(folder: string): ChartFiles {
  const schema = join(folder, "values.schema.json");
  return {
    chart: readFileSync(join(folder, "Chart.yaml"), "utf8"),
    values: readFileSync(join(folder, "values.yaml"), "utf8"),
    schema: existsSync(schema) ? readFileSync(schema, "utf8") : undefined,
  };
}

function fromArchive(folder: string, { name, published }: ChartEntry): ChartFiles {
  const wanted = `${name}-${published?.version}.tgz`;
  const archive = readdirSync(folder).find((file) => file === wanted || file === `${name}.tgz`);
  if (archive === undefined) throw new Error(`${folder} has neither ${name}/Chart.yaml nor ${wanted}`);
  const files = untar(readFileSync(join(folder, archive)));
  const text = (file: string) => files.get(`${name}/${file}`)?.toString("utf8");
  return { chart: text("Chart.yaml") ?? "", values: text("values.yaml") ?? "", schema: text("values.schema.json") };
}

function pulled(entry: ChartEntry): ChartFiles {
  const { repository = "", version = "" } = entry.published ?? {};
  const folder = mkdtempSync(join(tmpdir(), "chart-shapes-"));
  const place = repository.startsWith("oci://") ? [`${repository}/${entry.name}`] : [entry.name, "--repo", repository];
  try {
    const helm = process.env[HELM_VARIABLE] || "helm";
    execFileSync(helm, ["pull", ...place, "--version", version, "--destination", folder], { stdio: "inherit" });
    return fromArchive(folder, entry);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
