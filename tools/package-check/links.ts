import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { PackedFile } from "./contents";

/**
 * Links into these lead out of the package on purpose: its documents are those of the repository. Examples are not packed, for they import
 * the sources.
 */
const REPOSITORY_ONLY =
  /^(contracts|e2e|examples|lib|stacks)(\/|$)|^(ARCHITECTURE|CONTRIBUTING)\.md$|^charts\/[\w-]+\/ci$|^terraform\.lock\.hcl$/;

const FENCED = /^ *```.*?^ *```/gms;
const LINK = /\]\(([^)\s]+)\)/g;

/** Relative links of packed Markdown that lead nowhere: neither in the package nor, where that is meant, in the repository's folder. */
export function linkFaults(files: readonly PackedFile[], repository: string): string[] {
  const paths = new Set(files.flatMap(({ path }) => [path, ...foldersOf(path)]));
  return files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      targets(text)
        .map((target) => ({ target, leadsTo: posix.join(posix.dirname(path), target) }))
        .filter(({ leadsTo }) => !paths.has(leadsTo) && !isInRepository(leadsTo, repository))
        .map(({ target }) => `${path}: links to ${target}, which is not in the package`),
    );
}

/** Where the links of a text lead, without what is on the web, on the same page, or in an example of code. */
function targets(text: string): string[] {
  const links = text.replace(FENCED, "").matchAll(LINK);
  return [...links]
    .map(([, target = ""]) => target.replace(/#.*/, ""))
    .filter((path) => path && !/^[a-z]+:/i.test(path));
}

function isInRepository(path: string, repository: string): boolean {
  return REPOSITORY_ONLY.test(path) && existsSync(join(repository, path));
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}
