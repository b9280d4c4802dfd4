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
}

/** A package as a folder finds it. */
interface Installed {
  readonly folder: string;
  readonly version: string;
}

const checked = new Set<string>();

/**
 * Says what is wrong with the packages that the library shares with its user. The built entries call it: in CommonJS when a name is used,
 * in an ES module once at import, where Node swallows what fails later. An entry knows the file that imported it first, and no later one.
 *
 * @param library folder of this package
 * @param importer file that imported the entry first; undefined in an ES module, where the program's main file stands for it
 * @param needed peers that the name loads, beside cdktf and constructs; others may be missing
 * @throws {Error} if a peer that is needed is missing, if one has a version that does not fit, or if the program has two copies of cdktf or
 * constructs
 */
export function checkPeers(library: string, importer: string | undefined, needed: readonly string[]): void {
  if (importer?.startsWith(library + sep)) return;
  const key = [library, importer, ...needed].join("\0");
  if (checked.has(key)) return;
  const faults = peerFaults(library, importer ?? mainFile(), needed);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  checked.add(key);
}

/**
 * What is wrong: a text about copies, and a line for each peer that is missing or does not fit. A library that was bundled into its program
 * has no manifest, and no peers.
 */
export function peerFaults(library: string, importer: string | undefined, needed: readonly string[]): string[] {
  if (!existsSync(join(library, MANIFEST))) return [];
  const self = readManifest(library);
  const peers = Object.entries(self.peerDependencies ?? {}).map(([name, range]) => ({
    name,
    range,
    isNeeded: needed.includes(name) || ONE_COPY.includes(name),
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
  readonly isNeeded: boolean;
  /** What the library finds. */
  readonly ours: Installed | undefined;
  /** What the program finds. */
  readonly theirs: Installed | undefined;
}

function versionFault(self: Manifest, { name, range, isNeeded, ours, theirs }: Peer): string[] {
  const version = (ours ?? theirs)?.version;
  if (version === undefined && !isNeeded) return [];
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
