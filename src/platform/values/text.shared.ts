import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]/g;
/** Every kind of space that is no line end: no-break, ideographic, tabulator. */
const SPACES = /[^\S\n]+/g;
/** Control characters other than tabulator and line end: no text holds them on purpose, and NUL cannot be stored. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;

/** Nothing to tidy: letters, digits, punctuation and Chinese characters without a space; what most cells of a file hold. */
const TIDY = /^[!-~\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]*$/;

/**
 * Text of several lines as it is stored: line ends become `\n`, spaces of every kind become a plain one, invisible
 * characters go, nothing is left at the ends of lines and text. Meaning is never touched (no width, no case).
 */
export function tidyText(text: string): string {
  if (TIDY.test(text)) return text;
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '');
  return lines
    .replace(SPACES, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** As `tidyText`, for fields of one line: line ends become a space, or nothing between Chinese characters. */
export function tidyLine(text: string): string {
  return tidyText(text)
    .replace(/(?<=\p{Script=Han})\n+(?=\p{Script=Han})/gu, '')
    .replace(/\n+/g, ' ');
}

/** Folds full-width digits, letters and punctuation for reading values, and all spaces to plain ones. */
export function toHalfWidth(text: string): string {
  return tidyLine(text.normalize('NFKC'));
}

/** What a spreadsheet leaves of a long number: `1.38E+10`, `3.10104E+17`. */
export function isSpreadsheetDamage(text: string): boolean {
  return /^\d(?:\.\d+)?e\+\d{1,2}$/i.test(text.trim());
}

const NOTHING = new Set([
  '-',
  '--',
  '—',
  '——',
  '―',
  '/',
  '\\',
  '.',
  'n/a',
  '#n/a',
  'na',
  'null',
  'none',
  'nil',
  '无',
  '暂无',
  '空',
  '未知',
  '不详',
  '待定',
]);

/** Marks people write where there is no value. Only for typed values: in a text field they stay as written. */
export function isNothing(text: string): boolean {
  const plain = toHalfWidth(text).toLowerCase();
  return plain === '' || NOTHING.has(plain);
}

/**
 * @param options.lines several lines are allowed (default: one)
 * @param options.max longest text in characters as people count them
 */
export function parseText(written: Written, options: { lines?: boolean; max?: number } = {}): Parsed<string> {
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  const tidy = options.lines ? tidyText(text) : tidyLine(text);
  if (tidy === '') return done<string>(null);
  if (isSpreadsheetDamage(tidy)) return failed('text_damaged', tidy);
  if (typeof written !== 'string' && written.kind === 'number' && written.lossy) {
    return failed('number_lost_digits', tidy);
  }
  const { max } = options;
  if (max !== undefined && tidy.length > max) {
    const length = [...tidy].length;
    if (length > max) return failed('text_too_long', tidy, { length, max });
  }
  return done(tidy);
}
