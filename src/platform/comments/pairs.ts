import { fold } from '../text/fold.ts';

/** The pairs of neighbouring characters of a text, folded as names are; a single character stands for itself. */
export function pairsOf(text: string): string[] {
  const letters = [...fold(text)];
  if (letters.length < 2) return letters;
  return [...new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`))];
}

/** Whether a text holds all words of what was typed. */
export function holds(text: string, words: readonly string[]): boolean {
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

/** What was typed, as folded words of at least two characters: one character is in too many texts. */
export function wordsOf(q: string): string[] {
  return q
    .split(/\s+/)
    .map(fold)
    .filter((word) => [...word].length > 1)
    .slice(0, 8);
}
