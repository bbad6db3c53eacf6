import { maxLength, valueSchema } from '../entity/schema.ts';
import type { Field } from '../entity/types.ts';
import type { Cell } from '../tabular/cell.ts';
import { foldMail } from '../text/mail.ts';
import { parsePhones } from '../text/phones.ts';
import { parseBirthdayValue } from '../values/birthday.shared.ts';
import { parseBoolean } from '../values/boolean.shared.ts';
import { choiceIndex, parseChoice, parseChoices, splitList } from '../values/choice.ts';
import { parseDate, parseMoment } from '../values/date.shared.ts';
import { parseMoney } from '../values/money.shared.ts';
import { parseNumber } from '../values/number.shared.ts';
import { isSpreadsheetDamage, parseText } from '../values/text.shared.ts';
import type { ImportOptions, Reason } from './types.ts';

/** What a cell says in the wire form of its field, or why it cannot be taken; `value` null for an empty cell. */
export type CellReading =
  | { value: unknown; more?: string[]; warnings?: Omit<Reason, 'path'>[] }
  | { problem: Omit<Reason, 'path'> };

export type CellReader = (cell: Cell) => CellReading;

export interface ReadingOptions extends Pick<ImportOptions, 'dateOrder' | 'decimal'> {
  currency: string;
  timeZone: string;
}

const COUNTING_WORDS = ['人', '个', '名', '年', '家', '岁', '台', '元', '位', '天', 'people'];
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;

type Parsed = { ok: true; value: unknown } | { ok: false; code: string; params: Record<string, unknown> };

const reading = (parsed: Parsed): CellReading =>
  parsed.ok ? { value: parsed.value } : { problem: { code: parsed.code, params: parsed.params } };

const problem = (code: string, params: Record<string, unknown> = {}): CellReading => ({
  problem: { code, params },
});

const REMEMBERED = 2000;
/** Kinds of which a column holds few different values, or the same ones again and again. */
const REPEATING = new Set(['integer', 'decimal', 'date', 'boolean', 'choice', 'multiChoice', 'region']);

/** How cells of a column are read into a field other than a relation. */
export function cellReader(field: Field, options: ReadingOptions): CellReader {
  const read = readerOf(field, options);
  return REPEATING.has(field.kind) ? remembering(read) : read;
}

/** Reads a text once that stands in many rows. */
function remembering(read: CellReader): CellReader {
  const known = new Map<string, CellReading>();
  return (cell) => {
    if (cell.kind !== 'text') return read(cell);
    const before = known.get(cell.text);
    if (before) return before;
    if (known.size >= REMEMBERED) known.clear();
    const reading = read(cell);
    known.set(cell.text, reading);
    return reading;
  };
}

function readerOf(field: Field, options: ReadingOptions): CellReader {
  const numbers = { ...(options.decimal ? { decimalSign: options.decimal } : {}), units: COUNTING_WORDS };
  const dates = { order: options.dateOrder };
  switch (field.kind) {
    case 'phone':
      return readPhone;
    case 'phones':
      return readPhones;
    case 'email':
      return checked(field, (cell) => textOf(cell, 320, foldMail));
    case 'url':
      return checked(field, (cell) => textOf(cell, maxLength(field), withProtocol));
    case 'integer':
      return (cell) => readInteger(field, reading(parseNumber(cell, numbers)));
    case 'decimal':
      return (cell) => readDecimal(reading(parseNumber(cell, numbers)));
    case 'money':
      return (cell) => readMoney(reading(parseMoney(cell, options.currency, numbers)));
    case 'date':
      return (cell) => reading(parseDate(cell, dates));
    case 'instant':
      return (cell) => reading(parseMoment(cell, options.timeZone, dates));
    case 'birthday':
      return (cell) => reading(parseBirthdayValue(cell, dates));
    case 'boolean':
      return (cell) => reading(parseBoolean(cell));
    case 'choice':
    case 'multiChoice':
      return choiceReader(field);
    case 'json':
      return readJson;
    default:
      return (cell) =>
        reading(parseText(asWritten(cell), { lines: field.kind === 'longText', max: maxLength(field) }));
  }
}

/** A number kept as a number shows as 1.38E+11 although its digits are all there. */
function asWritten(cell: Cell): Cell | string {
  return cell.kind === 'number' && !cell.lossy && isSpreadsheetDamage(cell.text) ? cell.value : cell;
}

function textOf(cell: Cell, max: number, form: (text: string) => string): CellReading {
  const parsed = parseText(asWritten(cell), { max });
  return reading(parsed.ok && parsed.value !== null ? { ok: true, value: form(parsed.value) } : parsed);
}

const withProtocol = (text: string) => (/^https?:\/\//i.test(text) ? text : `http://${text}`);

/** A reader whose result must also pass the field's own schema. */
function checked(field: Field, read: CellReader): CellReader {
  const schema = valueSchema(field);
  return (cell) => {
    const result = read(cell);
    if ('problem' in result || result.value === null || schema.safeParse(result.value).success) return result;
    return problem(field.kind === 'email' ? 'bad_email' : 'bad_url', { text: cell.text.slice(0, 40) });
  };
}

/** The first number of a cell, the others in `more`; what is no number is kept as written, with a warning. */
function readPhone(cell: Cell): CellReading {
  const text = reading(parseText(asWritten(cell), { max: 200 }));
  if ('problem' in text || text.value === null) {
    return 'problem' in text && text.problem.code === 'text_damaged' ? damaged(cell.text) : text;
  }
  const { phones, problems } = parsePhones(text.value as string);
  if (problems.includes('spreadsheet_damage')) return damaged(cell.text);
  if (problems.length || phones.length === 0) {
    if ((text.value as string).length > 60) return problem('too_long', { max: 60 });
    return { value: text.value, warnings: [{ code: 'unrecognised_phone', params: { value: text.value } }] };
  }
  const [first, ...others] = phones.map(({ number }) => number);
  return { value: first, more: others };
}

const damaged = (value: string) => problem('spreadsheet_damage', { value });

function readPhones(cell: Cell): CellReading {
  const first = readPhone(cell);
  if ('problem' in first) return first;
  const { value, more = [], ...rest } = first;
  return { ...rest, value: value === null ? null : [value as string, ...more].slice(0, 20) };
}

function readInteger(field: Field, read: CellReading): CellReading {
  if ('problem' in read || read.value === null) return read;
  const value = Number(read.value);
  if (!Number.isInteger(value)) return problem('wrong_type', { expected: 'integer' });
  const [min, max] = [field.min ?? -2_147_483_648, field.maxValue ?? 2_147_483_647];
  if (value < min) return problem('too_small', { min });
  return value > max ? problem('too_large', { max }) : { value };
}

/** Six digits behind the point are kept, as everywhere. */
function readDecimal(read: CellReading): CellReading {
  if ('problem' in read || read.value === null) return read;
  const value = String(read.value).replace(/(\.\d{6})\d+$/, '$1');
  return DECIMAL.test(value) ? { value } : problem('too_large', { max: '999999999999999' });
}

function readMoney(read: CellReading): CellReading {
  if ('problem' in read || read.value === null) return read;
  const { amount } = read.value as { amount: string };
  return DECIMAL.test(amount) ? read : problem('too_large', { max: '999999999999999' });
}

function choiceReader(field: Field): CellReader {
  const index = choiceIndex(field.options.map(({ value, zh, en }) => ({ value, words: [zh, en] })));
  const max = maxLength(field);
  const single: CellReader = (cell) => {
    const found = parseChoice(cell, index);
    return !found.ok && field.open && found.code !== 'cell_error'
      ? reading(parseText(cell, { max }))
      : reading(found);
  };
  if (field.kind === 'choice') return single;
  return (cell) => {
    const found = parseChoices(cell, index);
    if (found.ok || !field.open || cell.kind === 'error') return reading(found);
    const parts = splitList(cell.text).map((text) => single({ kind: 'text', text }));
    const failed = parts.find((part) => 'problem' in part);
    return failed ?? { value: [...new Set(parts.map((part) => (part as { value: unknown }).value))] };
  };
}

function readJson(cell: Cell): CellReading {
  if (cell.kind === 'empty') return { value: null };
  try {
    return { value: JSON.parse(cell.text) };
  } catch {
    return problem('bad_json');
  }
}
