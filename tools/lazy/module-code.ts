import { transformSync } from "@swc/core";
import ts from "typescript";

/** The JavaScript of a module, and its source map. */
export interface ModuleCode {
  readonly code: string;
  readonly map: string;
}

/**
 * Compiles a module so that it loads another one when a name of it is first used, and not before. A module that is imported for what it does
 * (`import "./effect"`) is loaded at once.
 *
 * @param file its path, as the source map names it from its own folder
 * @throws {Error} if the source cannot be parsed
 */
export function moduleCode(file: string, source: string): ModuleCode {
  const { code, map } = transformSync(source, {
    filename: file,
    configFile: false,
    swcrc: false,
    sourceMaps: true,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs", lazy: ts.preProcessFile(source).importedFiles.map(({ fileName }) => fileName) },
  });
  if (map === undefined) throw new Error(`${file} has no source map`);
  return { code, map };
}
