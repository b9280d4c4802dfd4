import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { emulatorsFolder, type Log } from "./folders";
import { capture, mustRun } from "./tools";

const requirements = join(__dirname, "requirements.txt");
const candidates = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
const probe =
  "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])), sys.version_info >= (3, 10))";

/** A Python of the system from 3.10 on that can make virtual environments, or the one line that says what is missing. */
export async function findPython(): Promise<{ python: string; version: string } | { problem: string }> {
  for (const python of candidates) {
    const { exitCode, stdout } = await capture(python, ["-c", probe]);
    const [version = "", recent] = stdout.trim().split(" ");
    if (exitCode === 0 && recent === "True") {
      return { python, version };
    }
  }
  return {
    problem: "Python 3.10 or newer with venv is needed for the AWS emulators (Debian: apt install python3-venv)",
  };
}

/** The interpreter of the virtual environment that holds the emulators; made when it is not there yet. */
export async function emulatorPython(log: Log): Promise<string> {
  const found = await findPython();
  if ("problem" in found) {
    throw new Error(found.problem);
  }
  const hash = createHash("sha256").update(readFileSync(requirements)).update(found.version).digest("hex").slice(0, 12);
  const folder = join(emulatorsFolder, `python-${hash}`);
  const interpreter = join(folder, "bin", "python");
  if (!existsSync(join(folder, "complete"))) {
    log(`installing the AWS emulators (Python ${found.version}), once`);
    await makeEnvironment(found.python, folder);
  }
  return interpreter;
}

/**
 * Made under another name and moved, so that the name means a whole environment. Scripts in its bin folder keep the
 * first path in their first line: everything is started as `python -m`, never through them.
 */
async function makeEnvironment(python: string, folder: string): Promise<void> {
  const draft = `${folder}.${randomUUID().slice(0, 8)}`;
  mkdirSync(emulatorsFolder, { recursive: true });
  try {
    await mustRun(python, ["-m", "venv", draft], { seconds: 120 });
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "-r", requirements];
    await mustRun(join(draft, "bin", "python"), install, { seconds: 900 });
    await mustRun(join(draft, "bin", "python"), ["-c", "import ministack, moto.server, boto3; open('complete', 'w')"], {
      cwd: draft,
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
