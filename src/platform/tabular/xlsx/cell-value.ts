import { type Cell, EMPTY_CELL, textCell } from '../cell.ts';
import { TableError } from '../errors.ts';
import { unguardText } from '../guard.ts';
import { serialToIso } from './serial.ts';
import type { StringTable } from './shared-strings.ts';
import type { NumberStyle } from './styles.ts';
import { unescapeXmlText } from './xml.ts';

export type CellContext = {
  strings: StringTable | undefined;
  styles: readonly NumberStyle[];
  dated1904: boolean;
  /** Written by our exporter: text is exact and carries no CSV guards. */
  ownWork: boolean;
  part: string;
};

export type RawCell = { type: string; style: number; value: string; formula: boolean };

export function buildCell(raw: RawCell, context: CellContext): Cell {
  const { type, value } = raw;
  if (value === '') {
    return raw.formula && type !== 'str'
      ? { kind: 'error', text: '=', code: 'formula_uncached' }
      : EMPTY_CELL;
  }
  switch (type) {
    case 's':
      return plainText(sharedString(value, context), context);
    case 'str':
    case 'inlineStr':
      return plainText(unescapeXmlText(value), context);
    case 'b':
      return { kind: 'bool', text: value === '1' ? 'TRUE' : 'FALSE', value: value === '1' };
    case 'e':
      return { kind: 'error', text: value, code: 'cell_error' };
    case 'd':
      return isoDateCell(value);
    default:
      return numberCell(value, context.styles[raw.style] ?? {}, context.dated1904);
  }
}

function plainText(text: string, context: CellContext): Cell {
  return textCell(context.ownWork ? text : unguardText(text));
}

function sharedString(value: string, context: CellContext): string {
  const text = context.strings?.get(Number(value));
  if (text === undefined) throw new TableError('file_malformed', { detail: context.part });
  return text;
}

function isoDateCell(value: string): Cell {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(value);
  if (!match?.[1]) return textCell(value);
  if (match[2] === undefined || match[2] === '00:00:00') return dateCell(match[1], 'date');
  return dateCell(`${match[1]}T${match[2]}`, 'datetime');
}

function dateCell(value: string, precision: 'date' | 'datetime' | 'time'): Cell {
  return { kind: 'date', value, precision, text: value.replace('T', ' ') };
}

function numberCell(raw: string, style: NumberStyle, dated1904: boolean): Cell {
  const number = Number(raw);
  if (!Number.isFinite(number)) return textCell(raw);
  if (style.date !== undefined) {
    // A format without time on a value with one (or the other way round) is common: the value decides.
    const timeOfDay = style.date !== 'date' && number < 1;
    const precision = timeOfDay ? 'time' : number % 1 === 0 ? 'date' : 'datetime';
    const iso =
      number < 1 && !timeOfDay && !dated1904 ? undefined : serialToIso(number, dated1904, precision);
    if (iso !== undefined) return dateCell(iso, precision);
  }
  const value = plainDecimal(number);
  const lossy = Number.isInteger(number) && Math.abs(number) >= 1e15;
  if (style.percent) return { kind: 'number', value, lossy, text: `${plainDecimal(number * 100)}%` };
  const text = style.pad !== undefined && /^\d+$/.test(value) ? value.padStart(style.pad, '0') : value;
  return { kind: 'number', value, lossy, text };
}

/** A double as the spreadsheet shows it: 15 significant digits (0.1+0.2 is 0.3), never an exponent. */
export function plainDecimal(number: number): string {
  if (Number.isInteger(number)) return Math.abs(number) < 1e15 ? String(number) : BigInt(number).toString();
  const rounded = Number(number.toPrecision(15));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  return Math.abs(rounded) >= 1
    ? BigInt(Math.round(rounded)).toString()
    : rounded.toFixed(20).replace(/0+$/, '');
}
