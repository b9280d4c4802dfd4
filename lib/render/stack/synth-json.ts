import { readFileSync } from "node:fs";
import { RenderError } from "../render-error";

/**
 * Reads a JSON file that synth wrote.
 *
 * @throws {RenderError} if it is cut off, or no JSON object
 */
export function readSynthJson(file: string): object {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw notWhole(file);
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) throw notWhole(file);
  return content;
}

/** Synth was stopped, or somebody changed the file. */
export function notWhole(file: string): RenderError {
  return new RenderError(`${file} is not what synth writes`, "run again: npx cdktf synth");
}
