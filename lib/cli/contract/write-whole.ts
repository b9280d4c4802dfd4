import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CommandError } from "../command-error";

/**
 * Writes a file that is there as a whole or as it was before; its folder is made.
 *
 * @throws {CommandError} if it cannot be written
 */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.new-${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(draft, text, { flag: "wx" });
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code ? new CommandError(`${file} cannot be written: ${code}`, "give another file with --file") : error;
  }
}
