import { stat } from 'node:fs/promises';
import { fileHead } from './bytes.ts';
import { EMPTY_CELL, filledWidth, type RawRow } from './cell.ts';
import { csvSource } from './csv-open.ts';
import { asTableError, TableError, type TableNotice } from './errors.ts';
import { findHeader, joinHeaderRows, maybeTwoRows, nameColumns } from './header.ts';
import { LIMITS } from './limits.ts';
import { refuseOle, sniffContainer } from './sniff.ts';
import type { OpenTableOptions, Table, TableRow, TableSource } from './table.ts';
import { xlsxSource } from './xlsx/open.ts';

const HEAD_BYTES = 64 * 1024;
const HEAD_ROWS = 100;

/**
 * Opens a CSV or XLSX file for streaming: memory stays flat whatever the number of rows.
 * @throws TableError, and nothing else, for whatever the file holds; also while iterating `rows()`
 */
export async function openTable(path: string, options: OpenTableOptions = {}): Promise<Table> {
  const source = await openSource(path, options);
  try {
    const table = await readTop(source, options);
    if (isTextCalledWorkbook(table, options.name)) throw new TableError('file_no_workbook');
    return table;
  } catch (error) {
    source.close();
    throw asTableError(error, 'file_malformed', { detail: 'header' });
  }
}

/** Text with columns is read whatever it is called, as older systems call it; without, its name tells that something went wrong. */
const isTextCalledWorkbook = ({ format, headers }: Table, name = ''): boolean =>
  format === 'csv' && headers.length < 2 && /\.xls[xmb]?$/i.test(name);

async function openSource(path: string, options: OpenTableOptions): Promise<TableSource> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new TableError('file_missing');
    if (info.size === 0) throw new TableError('file_empty');
    const head = await fileHead(path, HEAD_BYTES);
    const container = sniffContainer(head);
    if (container === 'ole') return await refuseOle(path, head);
    return container === 'zip' ? await xlsxSource(path, options.sheet) : await csvSource(path, options, head);
  } catch (error) {
    throw asTableError(error, 'file_malformed', { detail: 'open' });
  }
}

async function readTop(source: TableSource, options: OpenTableOptions): Promise<Table> {
  const top: RawRow[] = [];
  const wanted = Math.max(HEAD_ROWS, options.headerLine ?? 0);
  for await (const row of source.rawRows()) {
    if (filledWidth(row.cells) === 0) continue;
    top.push(row);
    if (top.length >= wanted) break;
  }
  if (top.length === 0) {
    throw source.sheet === undefined
      ? new TableError('file_empty')
      : new TableError('sheet_empty', { sheet: source.sheet });
  }
  let header = findHeader(top, options.headerLine);
  const above = top.indexOf(header);
  const next = top[above + 1];
  if (source.groupOf && next && maybeTwoRows(header, next)) {
    const groupOf = await source.groupOf(next.line, header.line);
    const isMerged = filledIndexes(next).some((column) => groupOf(column) !== column);
    if (isMerged) header = joinHeaderRows(header, next, groupOf);
  }
  const data = top.filter((row) => row.line > header.line);
  const named = nameColumns(header, Math.max(0, ...data.map((row) => filledWidth(row.cells))));
  if (named.headers.length > LIMITS.columns) tooWide(named.headers.length);
  const titles = top.filter((row) => row.line < header.line).length - (header.line === next?.line ? 1 : 0);
  const titleNotice: TableNotice[] =
    titles > 0 ? [{ code: 'rows_above_header', params: { rows: titles } }] : [];
  const { format, encoding, delimiter, sheetNames, sheet } = source;
  return {
    ...{ format, encoding, delimiter, sheetNames, sheet },
    headers: named.headers,
    headerLine: named.line,
    warnings: [...source.warnings, ...titleNotice, ...named.notices],
    rows: () => dataRows(source, named.line, named.headers.length),
    close: async () => source.close(),
  };
}

function filledIndexes(row: RawRow): number[] {
  return row.cells.flatMap((cell, index) => (cell.kind === 'empty' ? [] : [index]));
}

async function* dataRows(source: TableSource, headerLine: number, width: number): AsyncGenerator<TableRow> {
  try {
    for await (const { line, cells } of source.rawRows()) {
      const filled = filledWidth(cells);
      if (line <= headerLine || filled === 0) continue;
      if (filled > LIMITS.columns) tooWide(filled);
      if (filled > width) {
        const problem: TableNotice = { code: 'row_too_long', params: { cells: filled, headers: width } };
        yield { line, cells: cells.slice(0, width), problem };
        continue;
      }
      while (cells.length < width) cells.push(EMPTY_CELL);
      yield { line, cells: cells.length > width ? cells.slice(0, width) : cells };
    }
  } catch (error) {
    throw asTableError(error, 'file_malformed', { detail: 'rows' });
  }
}

function tooWide(columns: number): never {
  throw new TableError('file_too_wide', { columns, max: LIMITS.columns });
}
