import { fold } from '../text/fold.ts';
import { foldMail } from '../text/mail.ts';
import { elementsOf, type NameElement } from './elements.ts';
import type { ParsedQuery, QueryWord } from './query.ts';
import { cityForms, DETAIL } from './tokens.ts';
import type { SearchClass, SearchMatch } from './types.ts';

/** What a candidate row gives to be verified. */
export interface Candidate {
  record_id: string;
  title: string;
  subtitle: string;
  folded: string;
  detail: string;
  core_start: number;
  core_length: number;
  updated: number;
}

/** Order of results: the lower the better. Within a tier what was typed literally comes before pinyin. */
export const TIER = {
  exact: 0,
  placeAndCore: 0.25,
  coreStart: 1,
  nameStart: 2,
  inside: 3,
  elsewhere: 4,
} as const;

export interface Verified {
  candidate: Candidate;
  rank: number;
  /** What matched, for those that are shown: most candidates are only ranked. */
  matched(): SearchMatch[];
}

/** How much worse a match by pinyin ranks than the characters themselves. */
const PINYIN_RANK = 0.5;

interface NameLine {
  text: string;
  coreStart: number;
  coreEnd: number;
  /** Taken apart on first use: characters alone are found in the text. */
  elements(): NameElement[];
  /** The title where it reads as this name, else the folded name itself, and the way from folded positions to it. */
  shown(): { text: string; map: number[] };
}

interface Hit {
  rank: number;
  match(): { class: SearchClass; text: string; range?: [number, number] };
}

/** Verifies that the row really holds every word side by side; undefined when it does not. */
export function verify(
  candidate: Candidate,
  query: ParsedQuery,
  classes: ReadonlySet<SearchClass>,
): Verified | undefined {
  const names = classes.has('name') ? nameLines(candidate) : [];
  const several = query.words.length > 1;
  const hits: Hit[] = [];
  for (const word of query.words) {
    const found = matchWord(word, candidate, names, classes, several);
    if (!found) return undefined;
    hits.push(...found);
  }
  const best = Math.min(...hits.map((hit) => hit.rank));
  // Several words name no record exactly, but the beginning of one.
  const rank = several ? Math.max(best, TIER.coreStart) : best;
  return { candidate, rank, matched: () => gather(hits) };
}

function nameLines(candidate: Candidate): NameLine[] {
  return candidate.folded.split('\n').map((text, index): NameLine => {
    let parts: ReturnType<typeof partsOf> | undefined;
    const read = () => (parts ??= partsOf(candidate.title, text));
    return {
      text,
      coreStart: index === 0 ? candidate.core_start : 0,
      coreEnd: index === 0 ? candidate.core_start + candidate.core_length : text.length,
      elements: () => read().elements,
      shown: () => read().shown,
    };
  });
}

function partsOf(title: string, line: string) {
  const written = elementsOf(title);
  const same = written.text === line;
  const { elements, map } = same ? written : elementsOf(line);
  return { elements, shown: { text: same ? title : line, map } };
}

function matchWord(
  word: QueryWord,
  candidate: Candidate,
  names: NameLine[],
  classes: ReadonlySet<SearchClass>,
  several: boolean,
): Hit[] | undefined {
  const inNames = names.map((line) => matchName(line, word.folded)).filter((hit) => hit !== undefined);
  if (inNames.length > 0) return [inNames.reduce((a, b) => (b.rank < a.rank ? b : a))];
  const detail = matchDetail(word, candidate, classes, several);
  if (detail) return [detail];
  for (const { city, rest } of word.cityAndRest) {
    const text = cityLine(candidate, city);
    if (text === undefined) continue;
    const inName = names.map((line) => matchName(line, rest.folded)).find((hit) => hit !== undefined);
    // 杭州 in another field does not make 海康 the beginning of what was typed.
    if (inName)
      return [
        { ...inName, rank: Math.max(inName.rank, TIER.inside) },
        { rank: TIER.elsewhere, match: () => ({ class: 'city', text }) },
      ];
  }
  return undefined;
}

interface Reading {
  /** zh, ch and sh count as initials too. */
  doubles: boolean;
  /** The last character may be only begun. */
  unfinished: boolean;
  worse: number;
}

/**
 * Ways to read a needle, the likeliest first: shly is 上海绿音 rather than 书来源, keji is 科技 typed out rather than the
 * beginning of 科讲.
 */
const READINGS: Reading[] = [
  { doubles: false, unfinished: false, worse: 0 },
  { doubles: true, unfinished: false, worse: 0.3 },
  { doubles: true, unfinished: true, worse: 0 },
];

/** The needle in one name, literally or by pinyin, at the best place it stands. */
function matchName(line: NameLine, needle: string): Hit | undefined {
  const { text } = line;
  const literal = text.startsWith(needle, line.coreStart)
    ? line.coreStart
    : text.startsWith(needle)
      ? 0
      : text.indexOf(needle);
  if (literal >= 0) return nameHit(line, literal, literal + needle.length, 0);
  if (!/[a-z]/.test(needle)) return undefined;
  const elements = line.elements();
  const core = elements.findIndex((element) => element.at === line.coreStart);
  const starts = [...new Set([Math.max(core, 0), ...elements.keys()])];
  for (const reading of READINGS)
    for (const start of starts) {
      const end = consume(needle, elements, start, reading);
      if (end < 0) continue;
      const last = elements[end - 1]!;
      const hit = nameHit(line, elements[start]!.at, last.at + last.char.length, PINYIN_RANK + reading.worse);
      return reading.unfinished
        ? { ...hit, rank: Math.max(hit.rank, TIER.coreStart + PINYIN_RANK) + 0.25 }
        : hit;
    }
  return undefined;
}

function nameHit(line: NameLine, start: number, end: number, worse: number): Hit {
  const exact =
    (start === 0 && end === line.text.length) || (start === line.coreStart && end === line.coreEnd);
  let tier: number = start === 0 ? TIER.nameStart : TIER.inside;
  if (exact) tier = TIER.exact;
  else if (start === 0 && end === line.coreEnd) tier = TIER.placeAndCore;
  else if (start === line.coreStart) tier = TIER.coreStart;
  return {
    rank: tier + worse,
    match: () => {
      const { text, map } = line.shown();
      const lastUnit = map[end - 1]!;
      const length = text.codePointAt(lastUnit)! > 0xffff ? 2 : 1;
      return { class: 'name', text, range: [map[start]!, lastUnit + length] };
    },
  };
}

/**
 * Reads the needle along the characters from `start` on: each takes its own sign, a whole reading, an initial, or where
 * allowed, at the end, the beginning of a reading. Returns the position after the last character taken, or −1.
 */
function consume(
  needle: string,
  elements: readonly NameElement[],
  start: number,
  { doubles, unfinished }: Omit<Reading, 'worse'>,
): number {
  const failed = new Set<number>();
  const step = (n: number, e: number): number => {
    if (n === needle.length) return e;
    const element = elements[e];
    const key = n * 1024 + (e - start);
    if (!element || failed.has(key)) return -1;
    const take = (length: number): number => step(n + length, e + 1);
    let end = needle.startsWith(element.char, n) ? take(element.char.length) : -1;
    for (const reading of element.han ? element.readings : []) {
      if (end >= 0) break;
      const rest = needle.slice(n);
      if (rest.startsWith(reading)) end = take(reading.length);
      if (end < 0 && /^[ln]ve$/.test(reading) && rest.startsWith(reading.replace('v', 'u'))) end = take(3);
      if (end < 0 && unfinished && reading.startsWith(rest)) end = e + 1;
      if (end < 0 && rest[0] === reading[0]) end = take(1);
      if (end < 0 && doubles && /^[zcs]h/.test(reading) && rest.startsWith(reading.slice(0, 2)))
        end = take(2);
    }
    if (end < 0) failed.add(key);
    return end;
  };
  return step(0, start);
}

const detailLines = (candidate: Candidate, letter: string): string[] =>
  candidate.detail.split('\n').flatMap((line) => (line[0] === letter ? [line.slice(1)] : []));

const cityLine = (candidate: Candidate, city: string): string | undefined =>
  detailLines(candidate, DETAIL.city).find(
    (line) => line.startsWith(city) || cityForms(line).tokens.includes(city),
  );

const isAscii = (text: string) => /^[a-z]+$/.test(text);

function matchDetail(
  word: QueryWord,
  candidate: Candidate,
  classes: ReadonlySet<SearchClass>,
  several: boolean,
): Hit | undefined {
  const needles: [SearchClass, string, string][] = [
    ['phone', DETAIL.phone, word.digits.length >= 3 ? word.digits : ''],
    ['number', DETAIL.number, word.folded.replace(/[^a-z0-9]/g, '')],
    ['tax', DETAIL.tax, word.folded.replace(/-/g, '')],
    ['mail', DETAIL.mail, foldMail(word.written)],
    ['text', DETAIL.text, word.folded],
  ];
  if (several && classes.has('city')) {
    const city = matchCity(word, candidate);
    if (city) return city;
  }
  for (const [kind, letter, needle] of needles) {
    if (!classes.has(kind) || needle === '') continue;
    for (const line of detailLines(candidate, letter)) {
      const at = line.indexOf(needle);
      if (at < 0) continue;
      const exact = line.length === needle.length && kind !== 'text';
      return {
        rank: exact ? TIER.exact : TIER.elsewhere,
        match: () => ({ class: kind, ...excerpt(line, at, needle.length) }),
      };
    }
  }
  return undefined;
}

function matchCity(word: QueryWord, candidate: Candidate): Hit | undefined {
  for (const city of detailLines(candidate, DETAIL.city)) {
    const { elements } = elementsOf(city);
    const needle = isAscii(word.folded) ? word.folded : word.folded.replace(/(?<=..)[市省]$/, '');
    const end = city.startsWith(needle)
      ? needle.length
      : isAscii(needle)
        ? consume(needle, elements, 0, { doubles: true, unfinished: true })
        : -1;
    if (end > 0)
      return { rank: TIER.elsewhere, match: () => ({ class: 'city', text: city, range: [0, end] }) };
  }
  return undefined;
}

const EXCERPT = 24;

/** A long text is shown around the match. */
function excerpt(line: string, at: number, length: number): { text: string; range: [number, number] } {
  const from = Math.max(0, at - EXCERPT);
  return { text: line.slice(from, at + length + EXCERPT), range: [at - from, at - from + length] };
}

/** One entry per text shown, its ranges in order. */
function gather(hits: Hit[]): SearchMatch[] {
  const matches: SearchMatch[] = [];
  for (const hit of hits) {
    const { class: kind, text, range } = hit.match();
    let match = matches.find((known) => known.class === kind && known.text === text);
    if (!match) {
      match = { class: kind, text, ranges: [] };
      matches.push(match);
    }
    if (range) match.ranges.push(range);
  }
  for (const match of matches) match.ranges.sort((a, b) => a[0] - b[0]);
  return matches;
}

/** The order of results: tier, shorter own name, newer first, then id so that it never changes by chance. */
export function compareVerified(a: Verified, b: Verified): number {
  return (
    a.rank - b.rank ||
    a.candidate.core_length - b.candidate.core_length ||
    a.candidate.folded.length - b.candidate.folded.length ||
    b.candidate.updated - a.candidate.updated ||
    (a.candidate.record_id < b.candidate.record_id ? -1 : 1)
  );
}

/** The folded form of a needle as a LIKE pattern. */
export function likePattern(needle: string): string {
  return `%${fold(needle).replace(/[\\%_]/g, '\\$&')}%`;
}
