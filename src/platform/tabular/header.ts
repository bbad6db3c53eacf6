import { type Cell, columnName, filledWidth, type RawRow } from './cell.ts';
import { TableError, type TableNotice } from './errors.ts';

export type Header = {
  headers: string[];
  /** The last line that belongs to the header: data begins after it. */
  line: number;
  notices: TableNotice[];
};

const MAX_LABEL = 60;
const YEAR = /^(19|20)\d{2}$/;
const VALUE_LIKE = /^[\d\s,.，．+%￥¥$€()（）:/-]+$|@.+\.|^https?:\/\/|^(19|20)\d{2}[-/.年]\d/i;

const filledCells = (cells: readonly Cell[]) => cells.filter((cell) => cell.kind !== 'empty');

/** `name`: a word that may head a column; `year`: 2024, which may too, in company; `value`: anything else. */
function labelKind(cell: Cell): 'name' | 'year' | 'value' {
  if (cell.kind === 'date' || cell.kind === 'bool' || cell.kind === 'error') return 'value';
  const text = cell.text.normalize('NFKC').trim();
  if (YEAR.test(text)) return 'year';
  if (cell.kind === 'number' || text.length > MAX_LABEL || VALUE_LIKE.test(text)) return 'value';
  return 'name';
}

/** Every filled cell could head a column, and most of them are words; or the others are a run of years. */
function looksLikeLabels(cells: readonly Cell[]): boolean {
  const filled = filledCells(cells);
  const kinds = filled.map(labelKind);
  const names = kinds.filter((kind) => kind === 'name').length;
  if (names === 0 || kinds.includes('value')) return false;
  const years = filled.filter((_, index) => kinds[index] === 'year').map(({ text }) => Number(text));
  return names >= years.length || years.every((year, index) => index === 0 || year > (years[index - 1] ?? 0));
}

/**
 * The header row among the first rows: the first one wide enough, which must look like labels. Rows with fewer
 * filled cells above it are titles and notes. A single-column file has a header of one cell.
 * @param headerLine set by the person when the guess is wrong
 * @throws TableError `file_no_header` when the first wide row holds values: nothing is guessed
 */
export function findHeader(rows: readonly RawRow[], headerLine?: number): RawRow {
  if (headerLine !== undefined) {
    const chosen = rows.find((row) => row.line === headerLine);
    if (!chosen || filledWidth(chosen.cells) === 0)
      throw new TableError('file_no_header', { line: headerLine });
    return chosen;
  }
  const counts = rows.map((row) => filledCells(row.cells).length);
  const widest = Math.max(0, ...counts);
  const enough = widest < 2 ? 1 : Math.max(2, Math.ceil(typicalCount(counts) * 0.6));
  const first = rows[counts.findIndex((count) => count >= enough)];
  if (!first || !looksLikeLabels(first.cells))
    throw new TableError('file_no_header', { line: first?.line ?? 1 });
  return first;
}

/** The median of the filled cells per row, over rows with more than one. */
function typicalCount(counts: readonly number[]): number {
  const sorted = counts.filter((count) => count > 1).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 2;
}

/** Does the header have gaps that the row below it fills with labels? Then merged cells must be looked up. */
export function maybeTwoRows(header: RawRow, next: RawRow | undefined): boolean {
  if (!next || next.line !== header.line + 1 || !looksLikeLabels(next.cells)) return false;
  const width = filledWidth(next.cells);
  for (let at = 1; at < width; at++) {
    if (isEmpty(header.cells[at]) && !isEmpty(next.cells[at])) return true;
  }
  return false;
}

function isEmpty(cell: Cell | undefined): boolean {
  return cell === undefined || cell.kind === 'empty';
}

/**
 * Two header rows joined: a group heading merged over several columns is put before each of their names
 * (联系人 over 姓名 and 电话 gives 联系人 姓名, 联系人 电话).
 * @param groupOf the first column of the merged range a column of the upper row belongs to
 */
export function joinHeaderRows(upper: RawRow, lower: RawRow, groupOf: (column: number) => number): RawRow {
  const width = Math.max(filledWidth(upper.cells), filledWidth(lower.cells));
  const cells = Array.from({ length: width }, (_, column): Cell => {
    const group = upper.cells[groupOf(column)]?.text.trim() ?? '';
    const name = lower.cells[column]?.text.trim() ?? '';
    return { kind: 'text', text: [group, name].filter((part) => part !== '').join(' ') };
  });
  return { line: lower.line, cells };
}

/**
 * Names for all columns. Every name is unique: a repeated one is numbered (`电话 (2)`), an empty one is named by
 * its column (`[C]`), and both are told. Empty columns at the right without data are dropped.
 * @param dataWidth cells of the widest data row seen
 */
export function nameColumns(row: RawRow, dataWidth: number): Header {
  const width = Math.max(filledWidth(row.cells), dataWidth);
  const notices: TableNotice[] = [];
  const used = new Set<string>();
  const headers = Array.from({ length: width }, (_, column) => {
    const label = tidyLabel(row.cells[column]?.text ?? '');
    if (label === '') notices.push({ code: 'header_empty', params: { column: columnName(column) } });
    let name = label === '' ? `[${columnName(column)}]` : label;
    for (let count = 2; used.has(name); count++) name = `${label} (${count})`;
    if (name !== label && label !== '') {
      notices.push({ code: 'header_duplicate', params: { header: label, column: columnName(column), name } });
    }
    used.add(name);
    return name;
  });
  return { headers, line: row.line, notices };
}

function tidyLabel(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
