import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gt } from "semver";
import { parse } from "yaml";
import type { Check } from "./check";

const NAME = "version";
const DEFAULT_BASE = "origin/main";

/** A commit to compare with, or why there is none. */
export type Base = { readonly commit: string; readonly ref: string } | { readonly leftOut: string };

/**
 * The commit that the work in a repository started from.
 *
 * @param ref A git ref; undefined: origin/main, where it exists and is another commit than HEAD.
 * @throws {Error} if the ref is named and not there
 */
export function findBase(ref: string | undefined, cwd = "."): Base {
  const wanted = ref ?? DEFAULT_BASE;
  const commit = git(cwd, "rev-parse", "--verify", "--quiet", `${wanted}^{commit}`);
  if (commit === undefined && ref !== undefined) throw new Error(`--base ${ref}: git knows no such commit`);
  if (commit === undefined) return { leftOut: `there is no ${DEFAULT_BASE}; name a commit with --base` };
  if (ref === undefined && commit === git(cwd, "rev-parse", "HEAD")) {
    return { leftOut: `${DEFAULT_BASE} is the commit at hand; name another one with --base` };
  }
  return { commit: git(cwd, "merge-base", commit, "HEAD") ?? commit, ref: wanted };
}

/** A chart whose content changed since the base must have a higher version. Values for tests and the README, which is generated, are none. */
export function versionCheck(folder: string, base: Base, cwd = "."): Check {
  if ("leftOut" in base) return { name: NAME, faults: [], leftOut: base.leftOut };
  const content = ["--", folder, ...["ci", ".helmignore", "README.md"].map((file) => `:(exclude)${folder}/${file}`)];
  const before = git(cwd, "show", `${base.commit}:${folder}/Chart.yaml`);
  const changed = git(cwd, "diff", "--name-only", base.commit, ...content);
  const untracked = git(cwd, "ls-files", "--others", "--exclude-standard", ...content);
  if (before === undefined || (!changed && !untracked)) return { name: NAME, faults: [] };
  const [from, to] = [before, readFileSync(join(cwd, folder, "Chart.yaml"), "utf8")].map(versionOf) as [string, string];
  if (gt(to, from)) return { name: NAME, faults: [] };
  const files = [changed, untracked].filter(Boolean).join("\n").split("\n");
  return {
    name: NAME,
    faults: [`${files.join(", ")} changed since ${base.ref}: version must be higher than ${from}, got ${to}`],
  };
}

function versionOf(chart: string): string {
  return String((parse(chart) as { readonly version?: unknown }).version);
}

/** What git answers, without the last line break; undefined if it says no. */
function git(cwd: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trimEnd();
  } catch {
    return undefined;
  }
}
