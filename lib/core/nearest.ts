import { distance } from "fastest-levenshtein";

/** The word that was probably meant: one that differs in case, or in a few letters. undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const measured = known.map((each) => ({ each, letters: distance(word.toLowerCase(), each.toLowerCase()) }));
  const [best] = measured.sort((a, b) => a.letters - b.letters);
  return best && best.letters <= Math.max(1, Math.floor(best.each.length / 3)) ? best.each : undefined;
}
