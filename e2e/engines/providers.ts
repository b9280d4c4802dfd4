import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TerraformBinary } from "../../lib/cli/doctor/terraform";
import { emulatorsFolder, makeRunFolder } from "./folders";
import {
  discoveredMirrors,
  impliedMirrors,
  mirrorHolds,
  type ProviderName,
  providerNames,
  providerVersions,
  registryHost,
} from "./provider-mirrors";

/** Documented: the folder that holds `registry.terraform.io`, as `terraform providers mirror` writes it. */
export const mirrorVariable = "EKS_PLATFORM_PROVIDER_MIRROR";

export interface Providers {
  /** Value of TF_CLI_CONFIG_FILE for every call of Terraform. */
  readonly configFile: string;
  /** From where each provider comes, in words; a provider that is not here cannot be had. */
  readonly from: Readonly<Partial<Record<ProviderName, string>>>;
}

/** Finds out how Terraform gets its providers here. Throws when the AWS provider cannot be had at all. */
export async function findProviders(binary: TerraformBinary): Promise<Providers> {
  const providers = await decide(binary);
  if (providers.from.aws === undefined) {
    throw new Error(
      `the AWS provider ${providerVersions.aws} cannot be had: no way to ${registryHost} and no mirror; name one by ${mirrorVariable}`,
    );
  }
  return providers;
}

/** The line that says which of these providers are missing, or undefined when all are there. */
export function missingProviders(providers: Providers, wanted: readonly ProviderName[]): string | undefined {
  const missing = wanted.filter((name) => providers.from[name] === undefined);
  return missing.length === 0
    ? undefined
    : `provider ${missing.map((name) => `${name} ${providerVersions[name]}`).join(" and ")} cannot be had here (no mirror in ${mirrorVariable}, no way to ${registryHost})`;
}

async function decide(binary: TerraformBinary): Promise<Providers> {
  const mirror = process.env[mirrorVariable];
  if (mirror !== undefined && mirror !== "") {
    const folder = resolve(mirror);
    if (!existsSync(join(folder, registryHost))) {
      throw new Error(`${mirrorVariable}=${mirror}: there is no folder ${registryHost} in it`);
    }
    return written([folder, ...impliedMirrors(), ...discoveredMirrors()]);
  }
  const theirs = process.env.TF_CLI_CONFIG_FILE;
  if (theirs !== undefined && existsSync(theirs)) {
    return unchanged(resolve(theirs));
  }
  if (binary.flavour === "OpenTofu") {
    // OpenTofu keeps providers under an address of its own, so mirrors made for Terraform are of no use to it.
    return written([], true);
  }
  return written([...impliedMirrors(), ...discoveredMirrors()]);
}

/** A configuration of the user's own stays as it is; it is only read to know what can be had through it. */
async function unchanged(configFile: string): Promise<Providers> {
  const text = readFileSync(configFile, "utf8").replace(/(^|\s)(#|\/\/).*$/gm, "");
  const paths = [...text.matchAll(/filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
  const own = text.includes("provider_installation");
  const direct = !own || /\bdirect\s*\{/.test(text);
  const anywhere = text.includes("network_mirror") || (direct && (await registryAnswers()));
  const mirrors = own ? paths : impliedMirrors();
  return { configFile, from: sources(mirrors, anywhere, `your ${configFile}`) };
}

async function written(mirrors: readonly string[], assumeRegistry = false): Promise<Providers> {
  const inMirrors = sources(mirrors, false, "");
  const complete = providerNames.every((name) => inMirrors[name] !== undefined);
  const registry = assumeRegistry || (!complete && (await registryAnswers()));
  const configFile = join(makeRunFolder(), "terraform.rc");
  writeFileSync(configFile, cliConfiguration(inMirrors, registry));
  return { configFile, from: sources(mirrors, registry, registryHost) };
}

function sources(mirrors: readonly string[], elsewhere: boolean, elsewhereName: string): Providers["from"] {
  return Object.fromEntries(
    providerNames.flatMap((name) => {
      const from = mirrors.find((mirror) => mirrorHolds(mirror, name)) ?? (elsewhere ? elsewhereName : undefined);
      return from === undefined ? [] : [[name, from]];
    }),
  );
}

function cliConfiguration(inMirrors: Providers["from"], registry: boolean): string {
  const address = (name: ProviderName) => `"${registryHost}/hashicorp/${name}"`;
  const mirrored = providerNames.filter((name) => inMirrors[name] !== undefined);
  const mirrors = mirrored.map(
    (name) =>
      `  filesystem_mirror {\n    path    = ${JSON.stringify(inMirrors[name])}\n    include = [${address(name)}]\n  }`,
  );
  const direct = registry ? [`  direct {\n    exclude = [${mirrored.map(address).join(", ")}]\n  }`] : [];
  const cache = registry ? [`plugin_cache_dir = ${JSON.stringify(pluginCache())}`] : [];
  return [...cache, "disable_checkpoint = true", "provider_installation {", ...mirrors, ...direct, "}", ""].join("\n");
}

/** One download of a provider serves every working directory. */
function pluginCache(): string {
  const folder = join(emulatorsFolder, "plugin-cache");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Behind a proxy we cannot ask ourselves (Terraform can), so there the registry is taken to be reachable. */
async function registryAnswers(): Promise<boolean> {
  if (process.env.HTTPS_PROXY !== undefined || process.env.https_proxy !== undefined) {
    return true;
  }
  try {
    const signal = AbortSignal.timeout(3000);
    return (await fetch(`https://${registryHost}/.well-known/terraform.json`, { signal })).ok;
  } catch {
    return false;
  }
}
