import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { columnName } from './cell.ts';
import { TableError } from './errors.ts';
import { LIMITS } from './limits.ts';
import { type CellValue, type Column, isExactNumber, type WriteResult } from './write-types.ts';
import { isoToSerial } from './xlsx/serial.ts';
import { escapeXmlText, STYLE, workbookParts } from './xlsx/write-parts.ts';

const FLUSH_AT = 64 * 1024;
/** Rows looked at to choose column widths. */
const WIDTH_ROWS = 200;
const MAX_WIDTH = 48;

type Rows = AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>;

/**
 * A workbook with one sheet: header row bold and frozen, column widths by content, real dates, numbers as numbers
 * where Excel keeps them exactly and as text where it would not. Text is written as text, so nothing is a formula.
 * @throws TableError `table_too_long` past Excel's 1,048,576 rows: such an export belongs into CSV
 */
export function xlsxStream(
  columns: readonly Column[],
  rows: Rows,
  sheet: string,
  result: WriteResult,
): Readable {
  const zip = new ZipFile();
  for (const [name, text] of workbookParts(sheet))
    zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime: EPOCH });
  const content = Readable.from(sheetXml(columns, rows, result), { objectMode: false });
  // Level 3 packs a sheet within a few percent of the default in half the time.
  zip.addReadStream(content, 'xl/worksheets/sheet1.xml', { mtime: EPOCH, compressionLevel: 3 });
  zip.end();
  const output = zip.outputStream as Readable;
  content.on('error', (error) => output.destroy(error));
  zip.on('error', (error) => output.destroy(error));
  output.on('close', () => content.destroy());
  return output;
}

/** The archive says nothing about when or where it was made. */
const EPOCH = new Date(1980, 0, 1);

async function* sheetXml(
  columns: readonly Column[],
  rows: Rows,
  result: WriteResult,
): AsyncGenerator<string> {
  const iterator = toIterator(rows);
  const first: (readonly CellValue[])[] = [];
  while (first.length < WIDTH_ROWS) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
  }
  const names = columns.map((_, index) => columnName(index));
  let text = sheetStart(columns, first) + headerRow(columns, names);
  for (const row of first) text += rowXml(columns, names, row, ++result.rows + 1, result);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    text += rowXml(columns, names, next.value, ++result.rows + 1, result);
    if (text.length > FLUSH_AT) {
      yield text;
      text = '';
    }
  }
  yield `${text}</sheetData></worksheet>`;
}

async function* toIterator(rows: Rows): AsyncGenerator<readonly CellValue[]> {
  yield* rows;
}

function sheetStart(columns: readonly Column[], first: readonly (readonly CellValue[])[]): string {
  const widths = columns.map(({ header, kind }, index) => {
    const least = kind === 'datetime' ? 19 : kind === 'date' ? 11 : 8;
    const longest = first.reduce(
      (most, row) => Math.max(most, displayWidth(row[index])),
      displayWidth(header),
    );
    return Math.min(MAX_WIDTH, Math.max(least, longest + 2));
  });
  const cols = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>' +
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews>${cols.length > 0 ? `<cols>${cols.join('')}</cols>` : ''}<sheetData>`
  );
}

/** Columns a text takes: a Chinese character is as wide as two digits. Only the first line counts. */
function displayWidth(value: CellValue | undefined): number {
  if (typeof value !== 'string') return 5;
  const line = value.split('\n', 1)[0]?.slice(0, MAX_WIDTH) ?? '';
  return [...line].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
}

function headerRow(columns: readonly Column[], names: readonly string[]): string {
  const cells = columns.map(({ header }, index) => textXml(`${names[index]}1`, header, STYLE.header));
  return `<row r="1">${cells.join('')}</row>`;
}

function rowXml(
  columns: readonly Column[],
  names: readonly string[],
  row: readonly CellValue[],
  line: number,
  result: WriteResult,
): string {
  if (line > LIMITS.sheetRows) throw new TableError('table_too_long', { max: LIMITS.sheetRows - 1 });
  let cells = '';
  for (let index = 0; index < columns.length; index++) {
    const value = row[index] ?? null;
    if (value === null || value === '') continue;
    cells += cellXml(`${names[index]}${line}`, value, columns[index]!.kind, result);
  }
  return `<row r="${line}">${cells}</row>`;
}

function cellXml(at: string, value: string | boolean, kind: Column['kind'], result: WriteResult): string {
  if (kind === 'bool') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = String(value);
  if (kind === 'number' && isExactNumber(text)) return `<c r="${at}"><v>${text}</v></c>`;
  if (kind === 'date' || kind === 'datetime') {
    const serial = isoToSerial(text);
    if (serial !== undefined) return `<c r="${at}" s="${STYLE[kind]}"><v>${serial}</v></c>`;
  }
  if (text.length <= LIMITS.cellLength) return textXml(at, text, STYLE.text);
  result.cutCells++;
  return textXml(at, text.slice(0, LIMITS.cellLength), STYLE.text);
}

function textXml(at: string, text: string, style: number): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXmlText(text)}</t></is></c>`;
}
