import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { contentFaults } from "./package-check/contents";
import { importFaults } from "./package-check/imports";
import { linkFaults } from "./package-check/links";
import { pack } from "./package-check/pack";

/** Documents may speak of it: it is that of no machine alone. */
const HOME_OF_CONTAINERS = "/root";

/**
 * `npm run package-check`: builds and packs the package, looks at what is in it, and imports it the ways that programs do.
 */
function main(): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "package-check-")));
  try {
    const { files, sizes } = pack(folder);
    console.log(`${files.length} files, packed ${kilobytes(sizes.packed)}, unpacked ${kilobytes(sizes.unpacked)}`);
    const machinePaths = [process.cwd(), folder, ...(homedir() === HOME_OF_CONTAINERS ? [] : [`${homedir()}/`])];
    const faults = [
      ...contentFaults(files, sizes, machinePaths),
      ...linkFaults(files, process.cwd()),
      ...importFaults(folder),
    ];
    for (const fault of faults) console.error(fault);
    process.exitCode = faults.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

main();
