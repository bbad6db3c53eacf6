import { beginsSyllable, SYLLABLES } from '../text/pinyin.ts';

/** A piece of what was typed: a Chinese character, a whole syllable, or the beginning of one (an initial). */
export type Piece = { kind: 'char' | 'syllable' | 'beginning'; text: string };

interface Path {
  pieces: Piece[];
  cost: number;
}

const LONGEST_SYLLABLE = 6;
const KEPT = 8;
const LONGEST_RUN = 60;
const LONGEST_INITIALS = 12;
/** How much less likely than the best a reading may be: xi an beside xian. Short runs are always read as initials too. */
const DEARER = 1;
const COST = { syllable: 1, initial: 1.15, double: 1.5, beginning: 1.3 };

/**
 * The likeliest ways to read letters as pinyin, best first: whole syllables, initials (also zh, ch, sh), and at the very end
 * a syllable not yet typed out. `hangzhouhk` → hang zhou h k. Digits stand for themselves.
 */
export function segmentLetters(letters: string, atEnd: boolean): Piece[][] {
  if (letters.length > LONGEST_RUN) return [];
  const best: Path[][] = Array.from({ length: letters.length + 1 }, () => []);
  best[0] = [{ pieces: [], cost: 0 }];
  const extend = (from: Path, to: number, piece: Piece, cost: number) => {
    best[to]!.push({ pieces: [...from.pieces, piece], cost: from.cost + cost });
  };
  for (let at = 0; at < letters.length; at += 1) {
    const paths = best[at]!.sort((a, b) => a.cost - b.cost).slice(0, KEPT);
    for (const path of paths) {
      for (let length = 1; length <= Math.min(LONGEST_SYLLABLE, letters.length - at); length += 1) {
        const text = letters.slice(at, at + length);
        const end = at + length;
        if (length === 1 && isInitial(text)) {
          // 鹅 after 西安 is a syllable of its own: xianefeng. After a vowel it is nearly always part of that syllable.
          const syllable = SYLLABLES.has(text) && /[ng]/.test(letters[at - 1] ?? '');
          extend(path, end, { kind: 'beginning', text }, syllable ? COST.syllable : COST.initial);
        } else if (SYLLABLES.has(spelled(text))) {
          extend(path, end, { kind: 'syllable', text: spelled(text) }, COST.syllable);
          // The last syllable may be longer than what is typed so far: han may become hang.
          if (atEnd && end === letters.length) best[end]!.at(-1)!.pieces.at(-1)!.kind = 'beginning';
        } else if (text === 'zh' || text === 'ch' || text === 'sh') {
          extend(path, end, { kind: 'beginning', text }, COST.double);
        } else if (atEnd && end === letters.length && beginsSyllable(text)) {
          extend(path, end, { kind: 'beginning', text }, COST.beginning);
        }
      }
    }
  }
  const paths = best[letters.length]!.sort((a, b) => a.cost - b.cost);
  const limit = (paths[0]?.cost ?? 0) + DEARER;
  const found = paths.filter((path, index) => index < KEPT && path.cost <= limit).map((path) => path.pieces);
  const initials = Array.from(letters, (text): Piece => ({ kind: 'beginning', text }));
  const plausible = letters.length <= LONGEST_INITIALS && initials.every(({ text }) => isInitial(text));
  if (plausible && !found.some((pieces) => pieces.length === letters.length)) found.push(initials);
  return found;
}

const isInitial = (letter: string): boolean => /[0-9]/.test(letter) || beginsSyllable(letter);

/** lue and nue are typed for lve and nve. */
function spelled(text: string): string {
  return text === 'lue' ? 'lve' : text === 'nue' ? 'nve' : text;
}
