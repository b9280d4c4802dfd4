import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ociHost, parseRegistryHost } from "../registry/registry-address";
import { CommandError } from "./command-error";
import { findHelmTool, type HelmTool } from "./helm-tool";
import { isSameChart, type PackagedChart, packageChart } from "./packaged-chart";
import { withRegistryLogin } from "./registry-login";

export interface PushChartOptions {
  readonly to?: string;
  readonly helm?: string;
  readonly json: boolean;
}

/** What `--help` says below the options. */
export const PUSH_CHART_HELP = `
A version is pushed once. If it is there already with the same content, that is said and nothing is pushed; with other
content the command fails. Registries of ECR get a login that lasts for the command; for others, log in before with
helm registry login. A registry on this machine (localhost, 127.0.0.1) is talked to without TLS.

Prints the reference, the digest, and the chart as a release's record names it.`;

/** A chart in a registry. */
interface PushedChart {
  readonly reference: string;
  readonly digest: string;
  /** False if it was there before. */
  readonly pushed: boolean;
  /** As a release's record has it. */
  readonly chart: { readonly repository: string; readonly name: string; readonly version: string };
}

/** Packages a chart and pushes it to a registry, unless that version is there. */
export async function pushChart(folder: string, options: PushChartOptions): Promise<void> {
  const repository = parseTo(options.to);
  const found = await findHelmTool(options.helm);
  const work = mkdtempSync(join(tmpdir(), "eks-platform-chart-"));
  try {
    const chart = await packageChart(found, folder, join(work, "packaged"));
    const host = ociHost(repository) ?? "";
    const result = await withRegistryLogin([host], process.env, (env) =>
      pushOnce(chart, { repository, host, helm: found.with(env), work }),
    );
    show(result, options.json);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** `oci://<host>/<path>` in lower case, without a slash at its end. */
function parseTo(to: string | undefined): string {
  const example = "oci://<account>.dkr.ecr.<region>.amazonaws.com/charts";
  if (to === undefined) {
    throw new CommandError(
      "--to is missing",
      `give where charts go, such as ${example}: the output charts_address of the registry's stack`,
    );
  }
  const address = to.replace(/\/+$/, "");
  const path = "[a-z0-9._-]+";
  if (ociHost(address) && new RegExp(`^oci://[^/A-Z]+(/${path})*$`).test(address)) return address;
  // What stands before `@` may be a password, what follows `?` or `#` a token.
  const got = to.includes("@") ? "" : `, got "${to.replace(/([?#]).*$/s, "$1...")}"`;
  throw new CommandError(
    `--to must be oci://<host>/<path> in lower case, without a tag${got}`,
    `for example ${example}`,
  );
}

interface Target {
  readonly repository: string;
  readonly host: string;
  readonly helm: HelmTool;
  /** A folder for what comes and goes. */
  readonly work: string;
}

async function pushOnce(chart: PackagedChart, target: Target): Promise<PushedChart> {
  const { repository } = target;
  const { name, version } = chart;
  const record = { repository, name, version };
  // A tag has no '+': Helm writes '_' for it.
  const reference = `${repository}/${name}:${version.replaceAll("+", "_")}`;
  const there = await pulled(chart, target);
  if (there === undefined) return { reference, digest: await push(chart, target), pushed: true, chart: record };
  if (isSameChart(chart.archive, there.archive)) {
    return { reference, digest: there.digest, pushed: false, chart: record };
  }
  throw new CommandError(
    `${reference} is there already with other content (${there.digest})`,
    "raise the version in Chart.yaml",
  );
}

/** The chart's version as the registry has it; undefined if it does not. */
async function pulled(
  { name, version }: PackagedChart,
  { repository, host, helm, work }: Target,
): Promise<{ readonly archive: string; readonly digest: string } | undefined> {
  const arrived = mkdtempSync(join(work, "arrived-"));
  const chart = [`${repository}/${name}`, "--version", version, ...plainHttp(host)];
  const { exitCode, output, errors } = await helm.run(["pull", ...chart, "--destination", arrived]);
  if (exitCode !== 0) {
    if (isAbsent(errors)) return undefined;
    throw refusal(`${host} does not say whether it has ${name} ${version}`, host, helm.says(errors));
  }
  const [archive = ""] = readdirSync(arrived);
  return { archive: join(arrived, archive), digest: digestIn(output + errors) };
}

async function push(chart: PackagedChart, target: Target): Promise<string> {
  const { archive, name, version } = chart;
  const { repository, host, helm } = target;
  const { exitCode, output, errors } = await helm.run(["push", archive, repository, ...plainHttp(host)]);
  if (exitCode === 0) return digestIn(output + errors);
  // ECR refuses a tag that is there with status 400, and why is not among what Helm shows.
  if (/400 bad request|status code 400|immutable|overwritten/i.test(errors) && (await pulled(chart, target))) {
    const problem = `${repository}/${name} has got a version ${version} just now`;
    throw new CommandError(problem, "run the same command again to see whether it is the same");
  }
  throw refusal(`${host} does not take ${name} ${version}`, host, helm.says(errors), name);
}

function isAbsent(errors: string): boolean {
  return /: not found|manifest[ _]unknown|name[ _]unknown|404 not found|status code 404/i.test(errors);
}

function refusal(problem: string, host: string, says: string, name?: string): CommandError {
  const isEcr = parseRegistryHost(host) !== undefined;
  // ECR ends the connection when a repository is not there.
  const isMissing = name !== undefined && (isAbsent(says) || (isEcr && /\bEOF\b/.test(says)));
  if (isMissing && isEcr) {
    const fix = `name ${name} in 'charts' of the registry's record and deploy its stack`;
    return new CommandError(`${problem}: it has no such repository (${says})`, fix);
  }
  if (/status code 40[13]|denied|authori[sz]|forbidden|basic auth/i.test(says)) {
    const fix = isEcr ? "ask for the permission to push there" : `log in: helm registry login ${host}`;
    return new CommandError(`${problem}: ${says}`, fix);
  }
  return new CommandError(`${problem}: ${says}`, "see that the address is right, and the network");
}

/** Only what stays on this machine goes without TLS. */
function plainHttp(host: string): string[] {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) ? ["--plain-http"] : [];
}

function digestIn(text: string): string {
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(text)?.[1];
  if (!digest) throw new CommandError("helm did not say the chart's digest", "look for the chart in the registry");
  return digest;
}

function show(result: PushedChart, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(result, undefined, 2));
    return;
  }
  const { reference, digest, pushed, chart } = result;
  if (!pushed) console.error(`${chart.name} ${chart.version} is there already, with the same content`);
  console.log(reference);
  console.log(digest);
  const fields = Object.entries(chart).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  console.log(`chart: { ${fields.join(", ")} }`);
}
