import type { Cell } from '../tabular/cell.ts';

/** Why a value as written cannot be used. Texts: `i18n/zh.json`, `i18n/en.json`. */
export const VALUE_CODES = [
  'date_unreadable',
  'date_impossible',
  'date_ambiguous',
  'date_needs_year',
  'time_unreadable',
  'time_needs_date',
  'number_unreadable',
  'number_ambiguous',
  'number_lost_digits',
  'money_unreadable',
  'money_currency_unknown',
  'money_too_precise',
  'boolean_unreadable',
  'choice_unknown',
  'choice_ambiguous',
  'text_too_long',
  'text_damaged',
  'birthday_unreadable',
  'cell_error',
  'formula_uncached',
] as const;
export type ValueCode = (typeof VALUE_CODES)[number];

export type Problem = { ok: false; code: ValueCode; params: Record<string, string | number> };
/** `value` is null for an empty cell and for the marks people write for "nothing" (—, /, 无). */
export type Parsed<T> = { ok: true; value: T | null } | Problem;

/** What a person wrote: text from a form or API, or a cell of a file. */
export type Written = string | Cell;

export function done<T>(value: T | null): Parsed<T> {
  return { ok: true, value };
}

/** @param text what was written; long texts are shortened for the message */
export function failed(code: ValueCode, text: string, params: Record<string, string | number> = {}): Problem {
  return { ok: false, code, params: { text: text.length > 40 ? `${text.slice(0, 40)}…` : text, ...params } };
}

/** The text of what was written, or the problem of a cell that holds a formula error. */
export function writtenText(written: Written): string | Problem {
  if (typeof written === 'string') return written;
  return written.kind === 'error' ? failed(written.code, written.text) : written.text;
}
