import { shortCityName } from '../place/names.ts';
import { fold, isHan } from '../text/fold.ts';
import { foldMail } from '../text/mail.ts';
import { primaryReadings, readingsOf } from '../text/pinyin.ts';
import { elementsOf, type NameElement, type NameShape, shapeOf } from './elements.ts';
import type { SearchSource } from './types.ts';

/**
 * Kinds of tokens, one letter each. Most kinds are looked up by their beginning, which saves the shorter tokens: a single
 * character is the beginning of a pair, one initial the beginning of three.
 */
export const KIND = {
  exact: '=',
  coreStart: '^',
  ownInitials: '(',
  placedInitials: '[',
  coreReading: '{',
  pair: 'b',
  syllables: 'y',
  initials: 'i',
  word: 'w',
  wordGram: 'g',
  city: 'c',
  phone: 'p',
  mailWord: 'm',
  mailGram: 'n',
  tax: 't',
  number: 'k',
  text: 'x',
  owner: 'o',
  department: 'd',
} as const;
export type TokenKind = (typeof KIND)[keyof typeof KIND];

/** Letters before the values in `detail`, one line each. */
export const DETAIL = { city: 'c', phone: 'p', mail: 'm', tax: 't', number: 'k', text: 'x' } as const;

/**
 * Beginnings of names are kept short: a needle of one character reads all tokens that begin with it, and of long ones there
 * would be as many as names.
 */
export const START_LENGTH = 2;
/** As many letters of the own name are kept together as initials; of four letters there are too many to list them all. */
export const INITIALS_LENGTH = 4;
/** Behind the initials of an own name that ends there: hk. is 海康 alone, hk also 海康威视. */
export const INITIALS_END = '.';
const EXACT_LENGTH = 60;
const TEXT_TOKENS = 400;
const TEXT_DETAIL = 4000;

const codes = new Map<string, string>();

/** Two letters for an entity: they keep the tokens of one kind of record together and away from all others. */
export function entityCode(entity: string): string {
  let code = codes.get(entity);
  if (!code) {
    let hash = 7;
    for (const char of entity) hash = (hash * 31 + char.codePointAt(0)!) % 3844;
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    code = letters[Math.floor(hash / 62)]! + letters[hash % 62]!;
    codes.set(entity, code);
  }
  return code;
}

const shortId = (id: string) => Buffer.from(id.replace(/-/g, ''), 'hex').toString('base64url');
export const ownerToken = (id: string) => KIND.owner + shortId(id);
export const departmentToken = (id: string) => KIND.department + shortId(id);

export interface TokenSet {
  tokens: string[];
  folded: string;
  detail: string;
  coreStart: number;
  coreLength: number;
}

/** Everything by which a record is found, from plain values alone. Tokens are distinct, in no order. */
export function tokensFor(source: SearchSource): TokenSet {
  const found = new Set<string>();
  const folded: string[] = [];
  const detail: string[] = [];
  let coreStart = 0;
  let coreLength = 0;
  source.names.forEach((name, index) => {
    const { text, elements } = elementsOf(name.text);
    if (text === '') return;
    const shape = shapeOf(name, text);
    if (index === 0) {
      coreStart = shape.coreStart;
      coreLength = shape.core.length;
    }
    folded.push(text);
    addName(found, text, elements, shape);
  });
  for (const city of source.cities ?? []) addCity(found, detail, city);
  for (const phone of source.phones ?? []) addPhone(found, detail, phone);
  for (const mail of source.mails ?? []) addMail(found, detail, mail);
  for (const number of source.taxNumbers ?? []) addTax(found, detail, number);
  for (const number of source.numbers ?? []) addNumber(found, detail, number);
  let left = TEXT_TOKENS;
  for (const text of source.texts ?? []) left = addText(found, detail, text, left);
  for (const owner of [source.ownerId, source.rootOwnerId]) if (owner) found.add(ownerToken(owner));
  if (source.departmentId) found.add(departmentToken(source.departmentId));
  const code = entityCode(source.entity);
  return {
    tokens: Array.from(found, (token) => code + token),
    folded: folded.join('\n'),
    detail: detail.join('\n'),
    coreStart,
    coreLength,
  };
}

function addName(found: Set<string>, text: string, elements: NameElement[], shape: NameShape): void {
  found.add(KIND.exact + text.slice(0, EXACT_LENGTH));
  if (shape.core !== text) found.add(KIND.exact + shape.core.slice(0, EXACT_LENGTH));
  found.add(KIND.coreStart + shape.ownPart.slice(0, START_LENGTH));
  const coreAt = elements.findIndex((element) => element.at >= shape.coreStart);
  addOwnInitials(found, elements, coreAt, shape);
  addReadings(found, elements, coreAt);
  const withHan = elements.some((element) => element.han);
  const noiseAt = elements.findIndex((element) => element.at >= shape.noiseFrom);
  const ownEnd = noiseAt < 0 ? elements.length : noiseAt;
  for (let index = 0; index < ownEnd; index += 1) {
    const element = elements[index]!;
    // Nothing is told by 术有 and the like: every second company would be listed there.
    const next = index + 1 < ownEnd ? elements[index + 1] : undefined;
    if (element.han) {
      found.add(KIND.pair + element.char + (next?.han ? next.char : ''));
      for (const reading of element.readings)
        if (next?.han && next.readings.length > 0)
          for (const following of next.readings) found.add(`${KIND.syllables}${reading}.${following}`);
        else found.add(`${KIND.syllables}${reading}.`);
    }
    if (withHan)
      for (const letters of initialsOf(elements, index, Math.min(index + 3, ownEnd)))
        found.add(KIND.initials + letters);
  }
  for (const word of latinWords(elements)) addWord(found, KIND.word, KIND.wordGram, word);
}

/** The first letters of the own name, alone and behind its place: ws and hzws of 杭州威视. */
function addOwnInitials(found: Set<string>, elements: NameElement[], coreAt: number, shape: NameShape): void {
  if (coreAt < 0) return;
  const coreEnd = shape.coreStart + shape.core.length;
  let ownEnd = coreAt;
  while (ownEnd < elements.length && elements[ownEnd]!.at < coreEnd) ownEnd += 1;
  const to = Math.min(ownEnd, coreAt + INITIALS_LENGTH);
  const end = to === ownEnd ? INITIALS_END : '';
  const add = (kind: TokenKind, from: number) => {
    for (const letters of initialsOf(elements, from, to))
      found.add(kind + letters + (letters.length === to - from ? end : ''));
  };
  add(KIND.ownInitials, coreAt);
  // Apart from the others: all of 上海 would begin with sh.
  if (coreAt > 0) add(KIND.placedInitials, 0);
}

const MOST_INITIALS = 32;

/** Every combination of the first letters of elements from `from` to before `to`, as far as they can be read. */
function initialsOf(elements: NameElement[], from: number, to: number): string[] {
  let heads = [''];
  for (let index = from; index < Math.min(to, elements.length); index += 1) {
    const { readings } = elements[index]!;
    if (readings.length === 0) break;
    if (readings.length === 1) {
      const letter = readings[0]![0]!;
      heads = heads.length === 1 ? [heads[0] + letter] : heads.map((head) => head + letter);
    } else {
      const letters = [...new Set(readings.map((reading) => reading[0]!))];
      heads = heads.flatMap((head) => letters.map((letter) => head + letter)).slice(0, MOST_INITIALS);
    }
  }
  return heads[0] === '' ? [] : heads;
}

const MOST_FULL_READINGS = 6;

/** The own name's first two characters written out in pinyin, in every reading: haikang. */
function addReadings(found: Set<string>, elements: NameElement[], from: number): void {
  let heads = [''];
  for (let index = from; index < Math.min(from + START_LENGTH, elements.length); index += 1) {
    const { han, readings } = elements[index]!;
    if (!han || readings.length === 0) break;
    if (readings.length === 1) heads = heads.map((head) => head + readings[0]);
    else
      heads = heads.flatMap((head) => readings.map((reading) => head + reading)).slice(0, MOST_FULL_READINGS);
  }
  if (heads[0] !== '') for (const head of heads) found.add(KIND.coreReading + head);
}

/** Latin words and digit groups of a name, split where something was dropped or the writing changes. */
function latinWords(elements: NameElement[]): string[] {
  const words: string[] = [];
  let word = '';
  for (const element of elements) {
    const latin = !element.han && element.readings.length > 0;
    if ((!latin || element.breakBefore) && word !== '') {
      words.push(word);
      word = '';
    }
    if (latin) word += element.char;
  }
  if (word !== '') words.push(word);
  return words;
}

/** The word, found by its beginning, and its inner groups of three letters. */
function addWord(found: Set<string>, wordKind: TokenKind, gramKind: TokenKind, word: string): void {
  const kept = word.slice(0, 30);
  found.add(wordKind + kept);
  for (let at = 1; at + 3 <= kept.length; at += 1) found.add(gramKind + kept.slice(at, at + 3));
}

const cityTokens = new Map<string, { folded: string; tokens: string[] }>();

/** Ways of typing a city: itself, its pinyin, its initials. */
export function cityForms(city: string): { folded: string; tokens: string[] } {
  let known = cityTokens.get(city);
  if (!known) {
    const folded = fold(shortCityName(city));
    const characters = Array.from(folded);
    const readings = characters.map((char) => (isHan(char) ? readingsOf(char) : [char]));
    const usual = primaryReadings(folded).join('');
    let heads = [''];
    let full = [''];
    for (const options of readings) {
      const letters = [...new Set(options.map((option) => option[0] ?? ''))];
      heads = heads.flatMap((head) => letters.map((letter) => head + letter)).slice(0, 8);
      full = full.flatMap((head) => options.map((option) => head + option)).slice(0, 8);
    }
    known = { folded, tokens: [...new Set([folded, usual, ...full, ...heads])].filter(Boolean) };
    if (cityTokens.size < 20_000) cityTokens.set(city, known);
  }
  return known;
}

function addCity(found: Set<string>, detail: string[], city: string): void {
  const { folded, tokens } = cityForms(city);
  if (folded === '') return;
  detail.push(DETAIL.city + folded);
  for (const token of tokens) found.add(KIND.city + token);
}

function addPhone(found: Set<string>, detail: string[], phone: string): void {
  const digits = phone.replace(/\D/g, '').slice(0, 24);
  if (digits.length < 3) return;
  detail.push(DETAIL.phone + digits);
  if (digits.length === 3) found.add(KIND.phone + digits);
  for (let at = 0; at + 4 <= digits.length; at += 1) found.add(KIND.phone + digits.slice(at, at + 4));
}

const TOP_DOMAINS = new Set(['com', 'cn', 'net', 'org']);

function addMail(found: Set<string>, detail: string[], written: string): void {
  const mail = foldMail(written).slice(0, 200);
  if (mail === '') return;
  detail.push(DETAIL.mail + mail);
  for (const word of mail.split(/[^\p{L}\p{N}]+/u))
    if (word !== '' && !TOP_DOMAINS.has(word)) addWord(found, KIND.mailWord, KIND.mailGram, word);
}

function addTax(found: Set<string>, detail: string[], written: string): void {
  const number = fold(written).replace(/-/g, '');
  if (number === '') return;
  detail.push(DETAIL.tax + number);
  found.add(KIND.tax + number);
  // Digits 9 to 17 are the code of the organisation, the part that people quote alone.
  if (number.length > 12) found.add(KIND.tax + number.slice(8));
}

/** So many last digits of a number are found by themselves. */
export const NUMBER_TAIL = 4;

function addNumber(found: Set<string>, detail: string[], written: string): void {
  const number = fold(written);
  if (number === '') return;
  const compact = number.replace(/[^a-z0-9]/g, '');
  detail.push(DETAIL.number + compact);
  found.add(KIND.number + compact);
  // People quote the last three or four digits; more are found by these and verified.
  const last = /\d+$/.exec(number)?.[0] ?? '';
  for (const length of [3, NUMBER_TAIL])
    if (last.length >= length) found.add(KIND.number + last.slice(-length));
}

function addText(found: Set<string>, detail: string[], written: string, limit: number): number {
  const { text, elements } = elementsOf(written.slice(0, TEXT_DETAIL));
  if (text === '' || limit <= 0) return limit;
  detail.push(DETAIL.text + text);
  let left = limit;
  elements.forEach((element, index) => {
    const next = elements[index + 1];
    if (!element.han || left <= 0) return;
    found.add(KIND.text + element.char + (next?.han ? next.char : ''));
    left -= 1;
  });
  for (const word of latinWords(elements).slice(0, Math.max(0, left))) {
    found.add(KIND.text + word.slice(0, 30));
    left -= 1;
  }
  return left;
}
