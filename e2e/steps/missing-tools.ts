import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listProcesses } from "../engines/processes";
import { capture, mustRun } from "../engines/tools";
import { expect } from "../expect";
import { PROJECT } from "../programs";

/** `npm start` on a machine without Terraform, and on one without Python: a line, an exit code, and nothing started. */
export async function missingToolsAreNamed(): Promise<string> {
  const python = (await mustRun("python3", ["-c", "import sys; print(sys.executable)"])).trim();
  const terraform = (await mustRun("sh", ["-c", "command -v terraform || command -v tofu"])).trim();
  const without = {
    Terraform: await startWith({ python3: python }),
    Python: await startWith({ terraform }),
  };
  for (const [tool, { exitCode, stderr }] of Object.entries(without)) {
    const lines = stderr.trim().split("\n");
    expect(exitCode !== 0 && lines.length === 1 && stderr.includes(tool), `one line that names ${tool}`, stderr);
  }
  return Object.values(without)
    .map(({ stderr }) => stderr.trim())
    .join("\n");
}

/** Runs `npm start` with nothing on the PATH but node and these programs. */
async function startWith(programs: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "path-"));
  try {
    for (const [name, target] of Object.entries({ ...programs, node: process.execPath }))
      symlinkSync(target, join(folder, name));
    const tsx = join(PROJECT, "node_modules", "tsx", "dist", "cli.mjs");
    const env = { PATH: folder, TERRAFORM_BINARY_NAME: undefined, NO_COLOR: "1", NODE_NO_WARNINGS: "1" };
    const result = await capture(process.execPath, [tsx, "e2e/start.ts"], { cwd: PROJECT, env });
    expect(listProcesses().length === 0, "no process", listProcesses());
    return result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
