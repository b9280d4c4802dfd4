import { mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Packed, pack } from "../tools/package-check/pack";
import { BENCH } from "./folders";

/** A folder in which a program finds the packed library, and what was packed. */
export interface PackedLibrary extends Packed {
  readonly folder: string;
}

/** Packs the library for programs that use it as a dependency. */
export function packLibrary(): PackedLibrary {
  const folder = join(BENCH, "package");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without one Node takes the programs for files of the library, finds it in the project, and compares no peers.
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  return { ...pack(realpathSync(folder)), folder };
}
