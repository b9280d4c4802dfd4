import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import satisfies from "semver/functions/satisfies";

/** Constructs of one copy are no constructs to another: there may be one of each in a program. */
const ONE_COPY: readonly string[] = ["cdktf", "constructs"];

const MANIFEST = "package.json";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package as a folder finds it. */
interface Installed {
  readonly folder: string;
  readonly version: string;
}

const checked = new Set<string>();

/**
 * Says what is wrong with the packages that the library shares with its user. The built entries call it, once for each file that imports
 * one: when its first name is used, or at import in an ES module, where Node swallows what fails later.
 *
 * @param library folder of this package
 * @param importer file that imports the entry; undefined in an ES module, where the program's main file stands for it
 * @throws {Error} if a peer is missing or has a version that does not fit, or if the program has two copies of cdktf or constructs
 */
export function checkPeers(library: string, importer: string | undefined): void {
  if (importer?.startsWith(library + sep)) return;
  const key = `${library}\0${importer ?? ""}`;
  if (checked.has(key)) return;
  const faults = peerFaults(library, importer ?? mainFile());
  if (faults.length > 0) throw new Error(faults.join("\n"));
  checked.add(key);
}

/**
 * What is wrong: a text about copies, and a line for each peer that is missing or does not fit. A library that was bundled into its program
 * has no manifest, and no peers.
 */
export function peerFaults(library: string, importer: string | undefined): string[] {
  if (!existsSync(join(library, MANIFEST))) return [];
  const self = readManifest(library);
  const peers = Object.entries(self.peerDependencies ?? {}).map(([name, range]) => ({
    name,
    range,
    ours: find(name, library),
    theirs: importer === undefined ? undefined : find(name, dirname(importer)),
  }));
  const apart = peers.filter(
    ({ name, ours, theirs }) => ONE_COPY.includes(name) && theirs && ours?.folder !== theirs.folder,
  );
  const copies = importer !== undefined && apart.length > 0 ? [describeCopies(self, library, importer, apart)] : [];
  return [...copies, ...peers.flatMap((peer) => versionFault(self, peer))];
}

interface Peer {
  readonly name: string;
  readonly range: string;
  /** What the library finds. */
  readonly ours: Installed | undefined;
  /** What the program finds. */
  readonly theirs: Installed | undefined;
}

function versionFault(self: Manifest, { name, range, ours, theirs }: Peer): string[] {
  const version = (ours ?? theirs)?.version;
  if (version === undefined && self.peerDependenciesMeta?.[name]?.optional) return [];
  if (version !== undefined && satisfies(version, range, { includePrerelease: true })) return [];
  const needs = `${self.name} ${self.version} needs ${name} ${range}, found ${version ?? "none"}`;
  return [`${needs}: npm install "${name}@${range}"`];
}

function describeCopies(self: Manifest, library: string, importer: string, apart: readonly Peer[]): string {
  const user = relative(process.cwd(), importer) || importer;
  const place = (name: string, installed: Installed | undefined) =>
    installed ? `${name} ${installed.version} in ${installed.folder}` : `no ${name}`;
  return [
    `${self.name} and ${user} must share one copy of ${apart.map(({ name }) => name).join(" and ")}:`,
    ...apart.flatMap(({ name, ours, theirs }) => [
      `  ${self.name} finds ${place(name, ours)}`,
      `  ${user} finds ${place(name, theirs)}`,
    ]),
    isInstalled(library)
      ? "run: npm dedupe"
      : `${realpathSync(library)} is linked; install it packed: npm pack there, npm install ./${self.name}-${self.version}.tgz here`,
  ].join("\n");
}

/** `npm link` and `file:` of a folder leave the library outside of the program's packages. */
function isInstalled(library: string): boolean {
  return realpathSync(library).split(sep).includes("node_modules");
}

function find(name: string, from: string): Installed | undefined {
  try {
    const folder = dirname(realpathSync(require.resolve(`${name}/${MANIFEST}`, { paths: [from] })));
    return { folder, version: readManifest(folder).version };
  } catch {
    return undefined;
  }
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, MANIFEST), "utf8")) as Manifest;
}

/** The program's own file, not that of a tool which runs it. */
function mainFile(): string | undefined {
  const file = process.argv[1];
  return file === undefined || file.split(sep).includes("node_modules") ? undefined : file;
}
