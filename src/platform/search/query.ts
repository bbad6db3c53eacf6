import { fold, isHan } from '../text/fold.ts';
import { foldMail } from '../text/mail.ts';
import { beginsSyllable } from '../text/pinyin.ts';
import { cityQuery, splitCity, splitCityInitials } from './cities.ts';
import { isNoise, isNoisePair } from './elements.ts';
import { pairQuery, piecesQuery, pinyinQueries } from './pieces.ts';
import { type Piece, segmentLetters } from './segment.ts';
import { INITIALS_END, INITIALS_LENGTH, KIND, NUMBER_TAIL, START_LENGTH, type TokenKind } from './tokens.ts';
import { allOf, anyOf, type TokenQuery } from './tsquery.ts';
import type { SearchClass } from './types.ts';

/** One word of what was typed, with the tokens by which records that hold it are found. */
export interface QueryWord {
  written: string;
  folded: string;
  /** Digits of a number written with spaces, dashes or +86; '' if it is none. */
  digits: string;
  /** Part of a legal form: nearly every company bears it, it is only verified. */
  noise: boolean;
  /** Only Chinese characters, and only names may hold it: verified by the database itself. */
  literal: boolean;
  any?: TokenQuery;
  exact?: TokenQuery;
  coreStart?: TokenQuery;
  /** The word read as a city and what follows it: hangzhou海康 where 杭州 stands in the city field. */
  cityAndRest: { city: string; rest: QueryWord }[];
}

export interface ParsedQuery {
  words: QueryWord[];
  /** All words; undefined where only legal forms were typed. */
  any?: TokenQuery;
}

const LONGEST_QUERY = 200;
const MOST_WORDS = 8;

/** Understands what was typed, for a reader of the given classes. An empty query has no words. */
export function parseQuery(q: string, classes: ReadonlySet<SearchClass>): ParsedQuery {
  const text = q.slice(0, LONGEST_QUERY).normalize('NFKC').toWellFormed().replaceAll('\u0000', ' ').trim();
  const parts = isSpacedNumber(text) ? [text] : text.split(/[\s,，、;；]+/u);
  const folded = parts.filter((part) => fold(part) !== '').slice(0, MOST_WORDS);
  const several = folded.length > 1;
  const words = folded.map((part) => parseWord(part, classes, several, true));
  return { words, any: allOf(words.map((word) => word.any)) };
}

/**
 * The needle of a `contains` filter on fields of one class: taken literally, spaces and all. Undefined where tokens cannot
 * find every match (fewer than four digits, one letter).
 */
export function parseContains(needle: string, kind: SearchClass): ParsedQuery | undefined {
  const written = needle.slice(0, LONGEST_QUERY).normalize('NFKC').toWellFormed().replaceAll('\u0000', ' ');
  const folded = fold(written);
  if (folded === '') return undefined;
  const runs = folded.match(/[a-z0-9]+|[^a-z0-9]+/g) ?? [];
  const digits = written.replace(/\D/g, '');
  // Inner groups of a Latin word have three letters: shorter needles may stand inside a word without a token.
  const tooShort = runs.some((run) => /^[a-z0-9]/.test(run) && run.length < 3);
  let any: TokenQuery | undefined;
  if (kind === 'name' && !tooShort) any = literalQuery(runs);
  if (kind === 'phone' && digits.length >= 4) any = phoneQuery(digits);
  if (kind === 'text' && runs.every((run) => Array.from(run).every(isHan))) any = textQuery(runs);
  const noise = kind === 'name' && isNoise(folded);
  if (!any && !noise) return undefined;
  const word: QueryWord = {
    written,
    folded,
    digits,
    noise,
    literal: kind === 'name',
    cityAndRest: [],
    any: noise ? undefined : any,
  };
  return { words: [word], any: word.any };
}

/** 138 1234 1234 and +86 571-8888 are one number, not several words. */
const isSpacedNumber = (text: string) =>
  /^[+\d][\d\s()-]*$/.test(text) && text.replace(/\D/g, '').length >= 4 && /\d\s+\d/.test(text);

function parseWord(
  written: string,
  classes: ReadonlySet<SearchClass>,
  several: boolean,
  mayBeginWithCity: boolean,
): QueryWord {
  const folded = fold(written);
  const digits = /^[+\d][\d\s()-]*$/.test(written) ? nationalDigits(written) : '';
  const word: QueryWord = {
    written,
    folded,
    digits,
    noise: isNoise(folded),
    literal: false,
    cityAndRest: [],
  };
  const found: (TokenQuery | undefined)[] = [];
  const runs = folded.match(/[a-z0-9]+|[^a-z0-9]+/g) ?? [];
  if (classes.has('name')) {
    found.push(literalQuery(runs), ...pinyinQueries(runs));
    const ended = /^[a-z]{2,}$/.test(folded)
      ? [KIND.ownInitials, KIND.placedInitials].map((kind) => ({ token: kind + folded + INITIALS_END }))
      : [];
    word.exact = anyOf([{ token: KIND.exact + folded }, ...ended]);
  }
  const inNameOnly = found.length;
  if (several && classes.has('city')) found.push(cityQuery(folded));
  if (classes.has('phone')) found.push(phoneQuery(digits));
  if (classes.has('mail')) found.push(mailQuery(written));
  if (classes.has('tax') && /^[a-z0-9-]{4,}$/.test(folded) && /\d{4}/.test(folded))
    found.push({ token: KIND.tax + folded.replace(/-/g, ''), prefix: true });
  if (classes.has('number')) found.push(numberQuery(folded));
  if (classes.has('text')) found.push(textQuery(runs));
  word.literal =
    inNameOnly === 1 &&
    found.every((part, index) => index === 0 || part === undefined) &&
    /^[^a-z0-9]+$/.test(folded);
  if (classes.has('city') && classes.has('name') && mayBeginWithCity) {
    const split = splitCity(folded);
    if (split) {
      const rest = parseWord(split.rest, NAME_ONLY, false, false);
      word.cityAndRest.push({ city: split.city, rest });
      word.literal = false;
      const inCity = (query?: TokenQuery) => query && allOf([{ token: KIND.city + split.city }, query]);
      found.push(inCity(isBrief(split.rest) ? rest.coreStart : rest.any));
      word.exact = anyOf([word.exact, inCity(rest.exact)]);
      word.coreStart = inCity(rest.coreStart);
    }
    for (const { city, rest } of split ? [] : splitCityInitials(folded)) {
      word.cityAndRest.push({ city, rest: parseWord(rest, NAME_ONLY, false, false) });
      const own = allOf([{ token: KIND.city + city }, placelessInitialsQuery(rest)]);
      found.push(own);
      word.exact = anyOf([word.exact, own]);
      word.coreStart = anyOf([word.coreStart, own]);
    }
  }
  word.any = word.noise ? undefined : anyOf(found);
  if (classes.has('name')) word.coreStart = anyOf([coreStartQuery(folded, word.any), word.coreStart]);
  // A word that none of the readable classes can hold finds nothing, instead of asking for nothing.
  if (!word.noise && !word.any) word.any = { token: `${KIND.exact}\u0001` };
  return word;
}

const NAME_ONLY: ReadonlySet<SearchClass> = new Set(['name']);

/**
 * One syllable or the beginning of one, zh of hangzhouzh: a third of all names hold it somewhere. Behind a city it counts
 * where own names begin, from three letters on.
 */
const isBrief = (folded: string) => /^[a-z]+$/.test(folded) && beginsSyllable(folded);

function nationalDigits(written: string): string {
  const digits = written.replace(/\D/g, '');
  return digits.replace(/^(?:00)?86(?=1\d{10}$)/, '');
}

/** The word as it stands somewhere in a name. */
function literalQuery(runs: string[]): TokenQuery | undefined {
  return allOf(
    runs.flatMap((run) =>
      /^[a-z0-9]/.test(run) ? wordQuery(run, KIND.word, KIND.wordGram) : pairQueries(run, KIND.pair),
    ),
  );
}

function pairQueries(run: string, kind: TokenKind): TokenQuery[] {
  const queries: TokenQuery[] = [];
  for (const part of splitHan(run)) {
    const characters = Array.from(part);
    if (characters.length === 1) queries.push({ token: kind + part, prefix: true });
    for (let at = 0; at + 1 < characters.length; at += 1) {
      const pair = characters[at]! + characters[at + 1]!;
      if (kind === KIND.text) queries.push({ token: kind + pair });
      else if (!isNoisePair(pair)) queries.push(pairQuery(pair));
    }
  }
  return queries;
}

/** Chinese stretches of a run; other signs have no tokens. */
function splitHan(run: string): string[] {
  const parts = [''];
  for (const char of run) {
    if (isHan(char)) parts[parts.length - 1] += char;
    else parts.push('');
  }
  return parts.filter(Boolean);
}

/** A Latin word by its beginning, or by inner groups of three letters. */
function wordQuery(run: string, wordKind: TokenKind, gramKind: TokenKind): TokenQuery {
  const kept = run.slice(0, 30);
  const grams: TokenQuery[] = [];
  for (let at = 0; at + 3 <= kept.length; at += 1) grams.push({ token: gramKind + kept.slice(at, at + 3) });
  return anyOf([{ token: wordKind + kept, prefix: true }, allOf(grams)])!;
}

/**
 * Names whose own part begins with the word, by characters, full pinyin or initials. Tokens hold two characters; what is
 * longer must hold the rest of the word too. One letter begins too many names to be worth a look.
 */
function coreStartQuery(folded: string, any: TokenQuery | undefined): TokenQuery | undefined {
  const start = folded.slice(0, START_LENGTH);
  const head = { token: KIND.coreStart + start, prefix: true };
  if (!/^[a-z0-9]+$/.test(folded)) return folded.length > START_LENGTH ? allOf([head, any]) : head;
  if (folded.length < 2) return undefined;
  const [best = []] = segmentLetters(folded, true);
  const syllables = best.slice(0, START_LENGTH).map((piece) => piece.text);
  const reading = { token: KIND.coreReading + syllables.join(''), prefix: true };
  // Not `any`: of a short pinyin needle it lists a good part of the base.
  const literal = allOf([head, wordQuery(folded, KIND.word, KIND.wordGram)]);
  return anyOf([
    literal,
    ownInitialsQuery(folded),
    // Of two letters there would be a tenth of all names.
    folded.length > 2 && syllables.some((syllable) => syllable.length > 1)
      ? best.length > START_LENGTH
        ? allOf([reading, piecesQuery(best)])
        : reading
      : undefined,
  ]);
}

const SHORTEST_PLACED = 4;
const LONGEST_PLACED = INITIALS_LENGTH + 4;

/** As initials of the own name, or of its place and the own name. */
function ownInitialsQuery(folded: string): TokenQuery | undefined {
  const letters = Array.from(folded, (text): Piece => ({ kind: 'beginning', text }));
  const own = { token: KIND.ownInitials + folded.slice(0, INITIALS_LENGTH), prefix: true };
  const placed = { token: KIND.placedInitials + folded, prefix: true };
  return anyOf([
    folded.length > INITIALS_LENGTH ? allOf([own, piecesQuery(letters)]) : own,
    folded.length >= SHORTEST_PLACED && folded.length <= LONGEST_PLACED ? placed : undefined,
  ]);
}

/** Initials of an own name whose place stands elsewhere: all of two letters, the beginning of more, or with its trade: hkkj. */
function placelessInitialsQuery(letters: string): TokenQuery | undefined {
  const ended = (length: number) => ({ token: KIND.ownInitials + letters.slice(0, length) + INITIALS_END });
  if (letters.length === 2) return ended(2);
  const pieces = Array.from(letters, (text): Piece => ({ kind: 'beginning', text }));
  return anyOf([
    { token: KIND.ownInitials + letters.slice(0, INITIALS_LENGTH), prefix: true },
    ...[2, 3].map((length) =>
      length < letters.length ? allOf([ended(length), piecesQuery(pieces)]) : undefined,
    ),
  ]);
}

function phoneQuery(digits: string): TokenQuery | undefined {
  if (digits.length === 3) return { token: KIND.phone + digits };
  const grams: TokenQuery[] = [];
  for (let at = 0; at + 4 <= digits.length; at += 1)
    grams.push({ token: KIND.phone + digits.slice(at, at + 4) });
  return allOf(grams);
}

function mailQuery(written: string): TokenQuery | undefined {
  const mail = foldMail(written);
  const parts = mail.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  if (!/^[\p{L}\p{N}@._+-]+$/u.test(mail) || !/[a-z0-9]{2}/.test(mail)) return undefined;
  const plain = parts.length === 1;
  if (plain && mail.length < 3) return undefined;
  // The local part says enough; a domain alone may be that of a fifth of all addresses.
  const local = mail.split('@')[0]!;
  const telling = /[\p{L}\p{N}]{3}/u.test(local) ? local.split(/[^\p{L}\p{N}]+/u) : parts;
  const asked = telling.filter(
    (part) => (plain || part.length > 1) && part !== '' && !['com', 'cn', 'net', 'org'].includes(part),
  );
  return allOf(asked.map((part) => wordQuery(part, KIND.mailWord, KIND.mailGram)));
}

function numberQuery(folded: string): TokenQuery | undefined {
  const compact = folded.replace(/[^a-z0-9]/g, '');
  if (compact.length < 3 || !/\d/.test(compact) || !/^[a-z0-9._/#-]+$/.test(folded)) return undefined;
  const whole = { token: KIND.number + compact, prefix: true };
  if (compact.length <= NUMBER_TAIL || /\D/.test(compact)) return whole;
  return anyOf([whole, { token: KIND.number + compact.slice(-NUMBER_TAIL) }]);
}

function textQuery(runs: string[]): TokenQuery | undefined {
  const parts = runs.flatMap((run): TokenQuery[] => {
    if (!/^[a-z0-9]/.test(run)) return pairQueries(run, KIND.text);
    return run.length < 2 ? [] : [{ token: KIND.text + run.slice(0, 30), prefix: true }];
  });
  return allOf(parts);
}
