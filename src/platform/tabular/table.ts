import type { Cell, RawRow } from './cell.ts';
import type { TableNotice } from './errors.ts';

export type TableFormat = 'csv' | 'xlsx';

export type OpenTableOptions = {
  /** CSV only: any name iconv-lite knows, when detection is wrong. */
  encoding?: string;
  delimiter?: string;
  /** XLSX only; default: the first visible sheet. */
  sheet?: string;
  /** What the file was called, where it has another name here. */
  name?: string;
  /** Line (as the spreadsheet numbers it) of the header row, when detection is wrong. */
  headerLine?: number;
};

/** `cells` has one cell per header. `problem`: filled cells beyond the last header, so the row cannot be trusted. */
export type TableRow = { line: number; cells: Cell[]; problem?: TableNotice };

export type Table = {
  format: TableFormat;
  encoding: string;
  delimiter: string | undefined;
  sheetNames: string[];
  sheet: string | undefined;
  headers: string[];
  headerLine: number;
  warnings: TableNotice[];
  /** Data rows in order, blank rows left out; can be called again to read from the start. */
  rows(): AsyncGenerator<TableRow>;
  /** Frees what the table holds (a file handle, strings in a temporary file). */
  close(): Promise<void>;
};

/** What the formats have in common for reading: rows, and what merged cells say about a two-row header. */
export type TableSource = Pick<Table, 'format' | 'encoding' | 'delimiter' | 'sheetNames' | 'sheet'> & {
  warnings: TableNotice[];
  rawRows(): AsyncGenerator<RawRow>;
  groupOf?(lastRow: number, row: number): Promise<(column: number) => number>;
  close(): void;
};
