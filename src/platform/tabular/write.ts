import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TableFormat } from './table.ts';
import { csvBytes } from './write-csv.ts';
import type { CellValue, Column, WriteResult } from './write-types.ts';
import { xlsxStream } from './write-xlsx.ts';

/**
 * Writes a table to a stream, which is ended. Memory stays flat: rows are taken as fast as `out` accepts them.
 * What is written reads back through `openTable` unchanged (see `guard.ts`).
 * @param sheet name of the worksheet, cleaned where Excel would refuse it
 */
export async function writeTable(
  out: Writable,
  format: TableFormat,
  columns: readonly Column[],
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
  sheet = 'Sheet1',
): Promise<WriteResult> {
  const result: WriteResult = { rows: 0, cutCells: 0 };
  const source =
    format === 'csv'
      ? Readable.from(csvBytes(columns, rows, result), { objectMode: false })
      : xlsxStream(columns, rows, sheet, result);
  await pipeline(source, out);
  return result;
}
