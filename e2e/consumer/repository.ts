import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { emulatorsFolder } from "../engines/folders";
import { mustRun } from "../engines/tools";
import { PROJECT } from "../programs";
import { type Block, walkThrough } from "./walk-through";

export const HEADING = "## For another team";

/** A team's repository beside the platform's, both in folders of their own. */
export interface Repositories {
  readonly platform: string;
  readonly team: string;
  /** How many blocks of the README were executed. */
  readonly blocks: number;
}

/** What a shell of a team has: no account, no emulator, nothing of this project. */
export function teamEnvironment(): Record<string, string | undefined> {
  const aws = Object.keys(process.env).filter((name) => /^(AWS|TF|KUBE|HELM|EKS_PLATFORM)_/.test(name));
  return {
    ...Object.fromEntries(aws.map((name) => [name, undefined])),
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
    FORCE_COLOR: "0",
    NO_COLOR: "1",
    // The first run of a snapshot test writes its snapshot; CI refuses that.
    CI: undefined,
  };
}

/** Makes a team's repository from nothing, by the words of the README. */
export async function makeRepositories(root = join(emulatorsFolder, "consumer")): Promise<Repositories> {
  const platform = join(root, "platform");
  const team = join(root, "variants");
  rmSync(root, { recursive: true, force: true });
  await copyProject(platform);
  const blocks = walkThrough(readFileSync(join(PROJECT, "README.md"), "utf8"), HEADING);
  for (const block of blocks) await execute(block, root);
  return { platform, team, blocks: blocks.length };
}

/** Those of an earlier run, if neither the project nor the team's files have changed since; makes them otherwise. */
export async function repositories(root = join(emulatorsFolder, "consumer")): Promise<Repositories> {
  const record = join(root, "made.json");
  const project = await projectHash();
  if (existsSync(record)) {
    const known = JSON.parse(readFileSync(record, "utf8")) as Repositories & Record<"projectHash" | "teamHash", string>;
    if (known.projectHash === project && known.teamHash === teamHash(known.team)) return known;
  }
  const made = await makeRepositories(root);
  writeFileSync(record, JSON.stringify({ ...made, projectHash: project, teamHash: teamHash(made.team) }));
  return made;
}

async function execute(block: Block, root: string): Promise<void> {
  if (block.kind === "file") {
    const file = join(root, block.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, block.text);
    return;
  }
  const cwd = join(root, block.folder);
  mkdirSync(cwd, { recursive: true });
  for (const command of block.commands) {
    await mustRun("sh", ["-ec", command], { cwd, env: teamEnvironment(), seconds: 600 });
  }
}

async function projectFiles(): Promise<string[]> {
  const listed = await mustRun("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: PROJECT,
  });
  return listed.split("\0").filter((file) => statSync(join(PROJECT, file), { throwIfNoEntry: false })?.isFile());
}

async function projectHash(): Promise<string> {
  return hashOf(PROJECT, await projectFiles());
}

/** Of what the walk-through wrote. */
function teamHash(team: string): string {
  const names = [
    "main.ts",
    "package-lock.json",
    "variants-stack.ts",
    "__tests__/main-test.ts",
    "contracts/staging.json",
  ];
  return hashOf(
    team,
    names.filter((name) => existsSync(join(team, name))),
  );
}

function hashOf(folder: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/** The project as a clone has it, with the changes of this working tree; what npm installed is shared. */
async function copyProject(to: string): Promise<void> {
  for (const file of await projectFiles()) cpSync(join(PROJECT, file), join(to, file));
  symlinkSync(join(PROJECT, "node_modules"), join(to, "node_modules"));
}
