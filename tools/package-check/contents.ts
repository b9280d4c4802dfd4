/** A file of the packed package. */
export interface PackedFile {
  /** From the package's folder. */
  readonly path: string;
  readonly size: number;
  readonly text: string;
}

/** Unit: bytes. */
export interface Sizes {
  readonly packed: number;
  readonly unpacked: number;
}

/** Whoever installs the package waits for it. */
export const MAX_SIZES: Sizes = { packed: 2_000_000, unpacked: 6_000_000 };

const BELONGS = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/(lib|stacks)\/[\w/-]+\.(js|js\.map|d\.ts)$/,
  /^dist\/lib\/render\/data\/[\w-]+\.json$/,
  /^charts\/[\w-]+\/(Chart\.yaml|README\.md|values\.yaml|values\.schema\.json|\.helmignore)$/,
  /^charts\/[\w-]+\/(templates|crds)\/[\w./-]+$/,
  /^docs\/(charts\/|decisions\/)?[\w-]+\.md$/,
];
const STRANGE = /^dist\/.*(^|\/)(environments|local-environment|main)\.|\.test\.|__tests__|\.emulators|node_modules/;
const NEEDED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "dist/lib/cli/eks-platform.js",
  "dist/lib/render/data/kubernetes-schemas.json",
  "charts/custom-resources/Chart.yaml",
  "docs/package.md",
  "charts/syndromic-surveillance-api/Chart.yaml",
];

/** What should not be in the package, or is not and should. `machinePaths` are folders of the machine that packed it. */
export function contentFaults(
  files: readonly PackedFile[],
  sizes: Sizes,
  machinePaths: readonly string[],
  needed: readonly string[] = NEEDED,
): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const big = (["packed", "unpacked"] as const).filter((size) => sizes[size] > MAX_SIZES[size]);
  return [
    ...files.flatMap((file) => fileFaults(file, machinePaths)),
    ...needed.filter((path) => !paths.has(path)).map((path) => `${path}: is missing`),
    ...big.map((size) => `${size} ${sizes[size]} bytes, at most ${MAX_SIZES[size]}`),
  ];
}

function fileFaults({ path, text }: PackedFile, machinePaths: readonly string[]): string[] {
  const found = machinePaths.filter((folder) => text.includes(folder));
  return [
    ...(BELONGS.some((pattern) => pattern.test(path)) && !STRANGE.test(path) ? [] : [`${path}: does not belong there`]),
    ...found.map((folder) => `${path}: speaks of ${folder}, a folder of the machine that packed it`),
    ...(path.endsWith(".map") ? mapFaults(path, text) : []),
  ];
}

function mapFaults(path: string, text: string): string[] {
  const { sources, sourceRoot, sourcesContent } = JSON.parse(text) as {
    readonly sources: readonly string[];
    readonly sourceRoot?: string;
    readonly sourcesContent?: readonly unknown[];
  };
  const absolute = [sourceRoot ?? "", ...sources].filter((source) => /^([a-z]+:|[/\\])/i.test(source));
  return [
    ...absolute.map((source) => `${path}: has the absolute path ${source}`),
    ...(sourcesContent?.length === sources.length ? [] : [`${path}: has not the text of its sources`]),
  ];
}
