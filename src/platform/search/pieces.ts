import { isHan } from '../text/fold.ts';
import { isNoisePair, mayBeginNoise, readsAsNoise } from './elements.ts';
import { type Piece, segmentLetters } from './segment.ts';
import { KIND } from './tokens.ts';
import { allOf, type TokenQuery } from './tsquery.ts';

/** Two characters side by side; before a legal form the first one stands alone. */
export function pairQuery(pair: string): TokenQuery {
  const [first, second] = Array.from(pair) as [string, string];
  const query = { token: KIND.pair + pair };
  return mayBeginNoise(second) ? { or: [query, { token: KIND.pair + first }] } : query;
}

const MOST_READINGS = 8;

/** The word as pinyin, initials, or these mixed with characters. */
export function pinyinQueries(runs: string[]): TokenQuery[] {
  const signs = runs.some((run) => !/^[a-z0-9]/.test(run) && !Array.from(run).every(isHan));
  if (signs || !runs.some((run) => /[a-z]/.test(run))) return [];
  let readings: Piece[][] = [[]];
  runs.forEach((run, index) => {
    const options: Piece[][] = /^[a-z0-9]/.test(run)
      ? segmentLetters(run, index === runs.length - 1)
      : [Array.from(run, (text): Piece => ({ kind: 'char', text }))];
    readings = readings.flatMap((head) => options.map((tail) => [...head, ...tail])).slice(0, MOST_READINGS);
  });
  return readings
    .flatMap((pieces) => [piecesQuery(pieces), beforeNoiseQuery(pieces)])
    .filter((query) => query !== undefined);
}

/** haikangkejiyouxian: names end with what stands before the legal form. */
function beforeNoiseQuery(pieces: Piece[]): TokenQuery | undefined {
  for (let at = 2; at < pieces.length; at += 1) {
    const tail = pieces.slice(at);
    if (tail.length === 1 && (at < 3 || tail[0]!.text.length === 2)) return undefined;
    if (!readsAsNoise(tail)) continue;
    const [before, last] = pieces.slice(at - 2, at) as [Piece, Piece];
    const ended =
      last.kind === 'beginning'
        ? KIND.initials + before.text[0] + last.text[0]
        : last.kind === 'char'
          ? KIND.pair + last.text
          : `${KIND.syllables}${last.text}.`;
    return allOf([
      piecesQuery(pieces.slice(0, at)),
      before.kind === 'char' && last.kind === 'beginning' ? undefined : { token: ended },
    ]);
  }
  return undefined;
}

/** Tokens that a name holding the pieces side by side must have. Long lists are asked for only where nothing shorter is. */
export function piecesQuery(pieces: Piece[]): TokenQuery | undefined {
  const parts: TokenQuery[] = [];
  let letters = '';
  let covered = false;
  const characters = pieces.filter((piece) => piece.kind === 'char').length;
  const closeLetters = () => {
    // One or two letters list more than characters do: beside these they are only verified.
    if (letters.length < 3 && letters.length > characters && !covered)
      parts.push({ token: KIND.initials + letters, prefix: true });
    for (let at = 0; at + 3 <= letters.length; at += 1)
      parts.push({ token: KIND.initials + letters.slice(at, at + 3) });
    letters = '';
    covered = false;
  };
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    const previous = pieces[index - 1];
    if (piece.kind === 'char') {
      closeLetters();
      if (next?.kind === 'char') {
        if (!isNoisePair(piece.text + next.text)) parts.push(pairQuery(piece.text + next.text));
      } else if (previous?.kind !== 'char') parts.push({ token: KIND.pair + piece.text, prefix: true });
      return;
    }
    letters += piece.text[0];
    const joined = piece.kind === 'syllable' && next !== undefined && next.kind !== 'char';
    // zhou.h as a beginning lists 州华, 州海, 州宏 …: the initials say as much.
    const long = joined && next.kind === 'beginning' && next.text.length < 2 && pieces.length > 2;
    if (joined && !long) {
      parts.push({ token: `${KIND.syllables}${piece.text}.${next.text}`, prefix: next.kind === 'beginning' });
      covered = true;
    } else if (!long && piece.kind === 'syllable' && previous?.kind !== 'syllable' && pieces.length <= 3) {
      parts.push({ token: `${KIND.syllables}${piece.text}.`, prefix: true });
      covered ||= letters.length === 1;
    } else if (piece.kind === 'beginning' && piece.text.length > 1 && pieces.length === 1) {
      parts.push({ token: KIND.syllables + piece.text, prefix: true });
      covered = true;
    }
  });
  closeLetters();
  return allOf(parts);
}
