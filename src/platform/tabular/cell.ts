/**
 * One cell as a file holds it. `text` is what a person sees in the spreadsheet; `value` is canonical: a plain
 * decimal, an ISO date (`2024-03-05`), local date-time (`2024-03-05T14:30:00`) or time of day (`14:30:00`).
 */
export type Cell =
  | { kind: 'empty'; text: '' }
  | { kind: 'text'; text: string }
  /** `lossy`: more than 15 digits, so the spreadsheet has already replaced the last ones by zeros. */
  | { kind: 'number'; text: string; value: string; lossy: boolean }
  | { kind: 'date'; text: string; value: string; precision: 'date' | 'datetime' | 'time' }
  | { kind: 'bool'; text: string; value: boolean }
  /** `#REF!` and the like, or `formula_uncached`: a formula whose result the writing program did not store. */
  | { kind: 'error'; text: string; code: 'cell_error' | 'formula_uncached' };

export const EMPTY_CELL: Cell = Object.freeze({ kind: 'empty', text: '' });

/** Text that is only white space counts as empty. */
export function textCell(text: string): Cell {
  return text.trim() === '' ? EMPTY_CELL : { kind: 'text', text };
}

/** A row before the header is known. `line` is the row number a spreadsheet shows, blank rows counted. */
export type RawRow = { line: number; cells: Cell[] };

/** Number of cells up to the last filled one. */
export function filledWidth(cells: readonly Cell[]): number {
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.kind === 'empty') width--;
  return width;
}

/** Spreadsheet name of a zero-based column: 0 → A, 26 → AA. */
export function columnName(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** Zero-based column of a cell reference such as `AB12`; -1 when it is none. */
export function columnOf(reference: string): number {
  let index = 0;
  let at = 0;
  for (; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return index - 1;
}
