import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { PackedFile, Sizes } from "./contents";

/** The package, built, packed, and unpacked where a program in `folder` finds it. */
export interface Packed {
  readonly root: string;
  readonly files: readonly PackedFile[];
  readonly sizes: Sizes;
}

interface PackReport {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
}

/** Builds and packs the project, and installs it into an empty folder; what it depends on is linked from the project. */
export function pack(folder: string): Packed {
  const { status, stdout } = spawnSync("npm", ["pack", "--json", "--pack-destination", folder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`npm pack failed:\n${stdout}`);
  const [report] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as PackReport[];
  if (!report) throw new Error(`npm pack answered ${stdout}`);
  const modules = join(folder, "node_modules");
  const root = join(modules, "cdktf-eks-platform");
  mkdirSync(root, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, report.filename), "-C", root, "--strip-components", "1"]);
  linkDependencies(modules);
  return { root, files: readFiles(root), sizes: { packed: report.size, unpacked: report.unpackedSize } };
}

function linkDependencies(modules: string): void {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
  const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, jest: "", "@types/node": "" });
  for (const name of [...names, "expect"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve("node_modules", name), join(modules, name));
  }
}

function readFiles(root: string): PackedFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => join(root, path))
    .filter((file) => statSync(file).isFile())
    .map((file) => ({ path: relative(root, file), size: statSync(file).size, text: readFileSync(file, "utf8") }));
}
