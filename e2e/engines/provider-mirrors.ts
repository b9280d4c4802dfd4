import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The providers that the stacks of this project need, in the versions they are pinned to. */
export const providerVersions = { aws: "5.100.0", helm: "3.1.1", kubernetes: "2.38.0" } as const;
export type ProviderName = keyof typeof providerVersions;
export const providerNames = Object.keys(providerVersions) as ProviderName[];

/** Terraform's own address of providers, and the name of the top folder in every mirror. */
export const registryHost = "registry.terraform.io";

/** True when this mirror (the folder that holds `registry.terraform.io`) has the provider, unpacked or as an archive. */
export function mirrorHolds(mirror: string, name: ProviderName): boolean {
  const version = providerVersions[name];
  const folder = join(mirror, registryHost, "hashicorp", name);
  const [system, machine] = platform();
  const unpacked = filesIn(join(folder, version, `${system}_${machine}`));
  return (
    unpacked.some((file) => file.startsWith(`terraform-provider-${name}`)) ||
    existsSync(join(folder, `terraform-provider-${name}_${version}_${system}_${machine}.zip`))
  );
}

function platform(): [string, string] {
  const machines: Record<string, string> = { x64: "amd64", ia32: "386" };
  return [process.platform === "win32" ? "windows" : process.platform, machines[process.arch] ?? process.arch];
}

/** Where Terraform looks by itself when its configuration says nothing about installation. */
export function impliedMirrors(): string[] {
  const home = homedir();
  const dataHome = process.env.XDG_DATA_HOME ?? join(home, ".local", "share");
  const dataFolders = (process.env.XDG_DATA_DIRS ?? "/usr/local/share:/usr/share").split(":");
  const implied = [
    join(home, ".terraform.d", "plugins"),
    join(home, "Library", "Application Support", "io.terraform", "plugins"),
    ...[dataHome, ...dataFolders].map((folder) => join(folder, "terraform", "plugins")),
  ];
  return implied.filter((folder) => existsSync(join(folder, registryHost)));
}

/** Mirrors in the places where machines without a way to the registry keep one; two levels deep, names only. */
export function discoveredMirrors(): string[] {
  const roots = ["/opt", "/usr/local/share", "/usr/share", "/usr/lib", homedir()];
  return [...new Set(roots.flatMap((root) => [root, ...foldersIn(root)]))].filter((folder) =>
    existsSync(join(folder, registryHost)),
  );
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
