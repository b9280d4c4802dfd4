/** A block of the walk-through: commands to run in a folder, or a file to write. */
export type Block =
  | { readonly kind: "commands"; readonly folder: string; readonly commands: readonly string[] }
  | { readonly kind: "file"; readonly path: string; readonly text: string };

const FENCE = /^```(\S+) (\S+)\n([\s\S]*?)^```$/gm;

/**
 * The walk-through in a Markdown text: every fenced block below a heading that says where it belongs. `sh variants` is run in the folder
 * `variants`, `ts variants/main.ts` is that file.
 *
 * @throws if the heading is not there, or nothing below it says where it belongs
 */
export function walkThrough(markdown: string, heading: string): Block[] {
  const begin = markdown.indexOf(`\n${heading}\n`);
  if (begin < 0) throw new Error(`there is no heading ${heading}`);
  const level = /^#+/.exec(heading)?.[0] ?? "#";
  const rest = markdown.slice(begin + 1 + heading.length);
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, "m"));
  const section = end < 0 ? rest : rest.slice(0, end);
  const blocks = [...section.matchAll(FENCE)].map(([, language = "", place = "", text = ""]) =>
    block(language, place, text),
  );
  if (blocks.length === 0) throw new Error(`no block below ${heading} says where it belongs`);
  return blocks;
}

function block(language: string, place: string, text: string): Block {
  if (language !== "sh") return { kind: "file", path: place, text };
  const commands = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
  return { kind: "commands", folder: place, commands };
}
