import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { alternate } from "./alternate";
import type { PackedLibrary } from "./packed";
import { type Program, run } from "./programs";
import { printTable, printTitle, three } from "./table";

const RUNS = 10;
const QUICK_RUNS = 3;

/** Programs that import and do nothing else. cdktf is loaded in all of them: every program has it. */
const IMPORTS: Readonly<Record<string, string>> = {
  "cdktf alone": "",
  "bare: 2 provider classes": `require("@cdktf/provider-aws/lib/kms-key"); require("@cdktf/provider-aws/lib/kms-alias");`,
  "Key by the entry kms": `require("cdktf-eks-platform/kms").Key;`,
  "Key by the root": `require("cdktf-eks-platform").Key;`,
  "root, no name used": `require("cdktf-eks-platform");`,
  "root, all names used": `Object.values({ ...require("cdktf-eks-platform") });`,
};

/** How big the package is, and what it costs to import it. */
export function measurePackage({ folder, files, sizes }: PackedLibrary, quick: boolean): void {
  printTitle("Package");
  printTable(
    ["files", "packed kB", "unpacked kB"],
    [[files.length, kilobytes(sizes.packed), kilobytes(sizes.unpacked)]],
  );

  const programs = Object.entries(IMPORTS).map(([name, code], index) => writeProgram(folder, name, code, index));
  const figures = alternate(programs, quick ? QUICK_RUNS : RUNS);
  printTitle("Import, whole process");
  printTable(
    ["program", "modules", "runs", "s: median", "min", "max", "CPU s: median", "MiB: median"],
    programs.map((program, index) => {
      const each = figures[index];
      if (!each) return [program.name];
      const { seconds, cpuSeconds, peakMemory } = each;
      const rest = [cpuSeconds.median.toFixed(3), peakMemory.median.toFixed(0)];
      return [program.name, run(program).stdout.trim(), seconds.runs, ...three(seconds, 3), ...rest];
    }),
  );
}

function writeProgram(folder: string, name: string, code: string, index: number): Program {
  const file = join(folder, `import-${index}.js`);
  writeFileSync(file, `require("cdktf");\n${code}\nconsole.log(Object.keys(require.cache).length);\n`);
  return { name, file, args: [] };
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}
