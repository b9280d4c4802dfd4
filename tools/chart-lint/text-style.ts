import { LineCounter, parseAllDocuments } from "yaml";

const LINE_WIDTH = 140;

/** What is wrong with the lines of a file, YAML or a template. */
export function lineFaults(file: string, text: string): string[] {
  const found = text.split("\n").flatMap((line, index) => {
    const faults = [
      ...(line.includes("\t") ? ["has a tab"] : []),
      ...(line.includes("\r") ? ["ends with a carriage return"] : []),
      ...(/[ \t]\r?$/.test(line) ? ["ends with blanks"] : []),
      ...(line.length > LINE_WIDTH ? [`has ${line.length} characters, more than ${LINE_WIDTH}`] : []),
    ];
    return faults.map((fault) => `${file}:${index + 1} ${fault}`);
  });
  if (!text.endsWith("\n") || text.endsWith("\n\n")) found.push(`${file} must end with one line break`);
  return found;
}

/** Why a text is no good YAML; a key twice in the same map counts, which Helm takes without a word. */
export function yamlFaults(file: string, text: string): string[] {
  const lineCounter = new LineCounter();
  const documents = [...parseAllDocuments(text, { lineCounter, prettyErrors: false })];
  return documents.flatMap(({ errors }) =>
    errors.map(({ message, pos }) => `${file}:${lineCounter.linePos(pos[0]).line} ${message}`),
  );
}
