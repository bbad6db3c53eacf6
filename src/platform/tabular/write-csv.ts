import { guardText } from './guard.ts';
import { type CellValue, type Column, isExactNumber, type WriteResult } from './write-types.ts';

const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
const FLUSH_AT = 64 * 1024;

function quote(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvCell(value: CellValue, kind: Column['kind']): string {
  if (value === null || value === '') return '';
  if (kind === 'bool') return value ? 'TRUE' : 'FALSE';
  const text = String(value).toWellFormed();
  switch (kind) {
    case 'number':
      // Twelve digits before the point and more would be shown as 1.23E+11.
      return isExactNumber(text) && text.replace(/^-|\..*$/g, '').length < 12 ? text : quote(`="${text}"`);
    case 'date':
      return text;
    case 'datetime':
      return text.replace('T', ' ');
    default:
      return quote(guardText(text));
  }
}

/**
 * CSV that Excel and WPS open by a double click: UTF-8 with byte order mark, CRLF, RFC 4180 quoting, guards
 * of `guard.ts`. `result.rows` counts as they pass.
 */
export async function* csvBytes(
  columns: readonly Column[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
  result: WriteResult,
): AsyncGenerator<Buffer> {
  let text = `\ufeff${columns.map(({ header }) => quote(guardText(header.toWellFormed()))).join(',')}\r\n`;
  for await (const row of rows) {
    const cells = columns.map(({ kind }, index) => csvCell(row[index] ?? null, kind));
    // One column and an empty value would be a blank line, which readers leave out.
    text += columns.length === 1 && cells[0] === '' ? '""\r\n' : `${cells.join(',')}\r\n`;
    result.rows++;
    if (text.length > FLUSH_AT) {
      yield Buffer.from(text, 'utf8');
      text = '';
    }
  }
  yield Buffer.from(text, 'utf8');
}
