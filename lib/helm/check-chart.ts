import { resolve } from "node:path";
import { Token } from "cdktf";
import valid from "semver/functions/valid";
import type { Faults } from "../core/faults";
import { chartFault, hasCrdFolder } from "./chart-folder";
import {
  type ChartSource,
  type CrdStrategy,
  isLocalChart,
  type LocalChart,
  type RepositoryChart,
} from "./chart-source";

type Property = (name: string) => string;

/** Adds what is wrong with where a chart comes from, and with what is said of its CRDs. */
export function checkChart(
  faults: Faults,
  property: Property,
  chart: ChartSource,
  crds: CrdStrategy | undefined,
): void {
  faults.oneOf(property("crds"), crds, ["templates", "elsewhere", "install-once"]);
  if (isLocalChart(chart)) checkLocalChart(faults, property, chart, crds);
  else checkRepositoryChart(faults, property, chart);
}

function checkLocalChart(faults: Faults, property: Property, chart: LocalChart, crds: CrdStrategy | undefined): void {
  const path = resolve(chart.path);
  const fault = chartFault(path);
  if (fault) faults.add(property("chart.path"), fault, shown(chart.path));
  const stated = fault !== undefined || crds !== undefined || !hasCrdFolder(path);
  const fix = '"elsewhere" if another release brings them, "install-once" if nothing ever upgrades them';
  faults.check(stated, property("crds"), "must be given for a chart with a folder 'crds'", undefined, fix);
}

function checkRepositoryChart(
  faults: Faults,
  property: Property,
  { repository, name, version }: RepositoryChart,
): void {
  const of = property("chart.repository");
  faults.literal(of, repository);
  // An address with `@` may hold a password: no message repeats it.
  if (repository.includes("@")) {
    const fix = "log in before Terraform runs: `helm registry login`";
    faults.add(of, "must not hold a login", undefined, fix);
  } else {
    checkText(faults, of, repository, /^(https|oci):\/\/[^\s/?#]+(\/[^\s?#]*)?$/, "must begin with https:// or oci://");
  }
  faults.literal(property("chart.name"), name);
  checkText(faults, property("chart.name"), name, /^[a-z0-9][a-z0-9._-]*$/, "must be the chart's name, without a path");
  faults
    .literal(property("chart.version"), version)
    .check(
      Token.isUnresolved(version) || isExact(version),
      property("chart.version"),
      "must be one exact version",
      shown(version),
      'for example "3.13.1": a range or a tag that moves installs something else tomorrow',
    );
}

function checkText(faults: Faults, property: string, value: string, pattern: RegExp, rule: string): void {
  faults.check(Token.isUnresolved(value) || pattern.test(value), property, rule, shown(value));
}

/** An address may hold a login before `@`, or one signed after `?`: no message repeats it. */
function shown(value: string): string | undefined {
  return /[@?]/.test(value) ? undefined : value;
}

/** semver forgives spaces around a version; a repository does not. */
function isExact(version: string): boolean {
  return valid(version) !== null && version === version.trim();
}
