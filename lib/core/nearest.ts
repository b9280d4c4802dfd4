import { distance } from "fastest-levenshtein";

/** The word that was probably meant: one that differs in case, or in a few letters, or swaps two. undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const measured = known.map((each) => ({ each, letters: distance(word.toLowerCase(), each.toLowerCase()) }));
  const near = measured.filter(({ each, letters }) => letters <= farthest(word, each));
  return near.sort((a, b) => a.letters - b.letters)[0]?.each;
}

/** Two swapped letters are a distance of two, which is too far for other mistakes in a short word. */
function farthest(word: string, known: string): number {
  const isSwapped = known.length >= 5 && sortedLetters(word) === sortedLetters(known);
  return Math.max(isSwapped ? 2 : 1, Math.floor(known.length / 3));
}

function sortedLetters(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}
