import { existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "../command-error";

/**
 * Writes a file that is there as a whole or as it was before; its folder is made. A link stays a link: what it points to is written, and must
 * be there.
 *
 * @throws {CommandError} if it cannot be written
 */
export function writeWhole(file: string, text: string): void {
  try {
    makeFolder(dirname(file));
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    replace(isLink ? realpathSync(file) : file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code ? new CommandError(`${file} cannot be written: ${code}`, "give another file with --file") : error;
  }
}

function replace(file: string, text: string): void {
  const draft = `${file}.new-${process.pid}`;
  try {
    writeFileSync(draft, text, { flag: "wx" });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** One folder after the other: with `recursive` Node.js tries for ever where a folder is there and takes no other, such as `/proc`. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}
