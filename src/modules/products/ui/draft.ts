import type { SheetChange, SheetRow } from '../book/sheet.shared.ts';

/** What can be written in a row of the grid, in the order of its columns. */
export const CELLS = ['fromQuantity', 'price', 'minimumPrice'] as const;
export type Cell = (typeof CELLS)[number];
export type Edit = Partial<Record<Cell, string>> & { remove?: true };

/** A price not saved yet, of a product just picked. */
export interface Fresh {
  key: string;
  product: { id: string; title: string };
  code: string | null;
  unit: string;
  units: readonly string[];
  listPrice: string | null;
  values: Record<Cell, string>;
}

/** An amount as people type and paste it: without signs, spaces and thousands. */
export const plainAmount = (text: string): string =>
  text.normalize('NFKC').replace(/[¥$€£\s]|,(?=\d{3}(\D|$))/g, '');
export const isAmount = (text: string): boolean => /^\d{1,12}(\.\d{1,6})?$/.test(text);

/** What a cell shows: what was typed, else what is stored. */
export const shown = (row: SheetRow, cell: Cell, edit: Edit | undefined): string =>
  edit?.[cell] ?? row[cell] ?? '';

/** Whether what stands in a cell cannot be saved. */
export const isWrong = (cell: Cell, text: string): boolean =>
  cell === 'minimumPrice' && text === '' ? false : !isAmount(text);

/** The changes to send, in the order they stand: what was typed and is the same as before is none. */
export function changesOf(
  rows: readonly SheetRow[],
  edits: ReadonlyMap<string, Edit>,
  fresh: readonly Fresh[],
): SheetChange[] {
  const changed = rows.flatMap((row): SheetChange[] => {
    const edit = edits.get(row.id);
    if (!edit) return [];
    if (edit.remove) return [{ id: row.id, version: row.version, remove: true }];
    const cells = CELLS.filter((cell) => edit[cell] !== undefined && edit[cell] !== (row[cell] ?? ''));
    if (cells.length === 0) return [];
    const values = Object.fromEntries(cells.map((cell) => [cell, edit[cell] === '' ? null : edit[cell]]));
    return [{ id: row.id, version: row.version, ...values }];
  });
  const added = fresh.map(
    ({ product, unit, values }): SheetChange => ({
      product: product.id,
      unit,
      fromQuantity: values.fromQuantity,
      price: values.price,
      ...(values.minimumPrice === '' ? {} : { minimumPrice: values.minimumPrice }),
    }),
  );
  return [...changed, ...added];
}

/** Cells copied from a spreadsheet; null for a single value, which is typed as usual. */
export function pastedCells(text: string): string[][] | null {
  const lines = text.replace(/\r/g, '').replace(/\n$/, '').split('\n');
  if (lines.length === 1 && !lines[0]?.includes('\t')) return null;
  return lines.map((line) => line.split('\t').map((cell) => cell.trim()));
}

/** Puts pasted cells over the rows from one cell on, to the right and down; what does not fit is left out. */
export function pasteOver(
  edits: ReadonlyMap<string, Edit>,
  rows: readonly SheetRow[],
  at: number,
  from: Cell,
  cells: readonly string[][],
): Map<string, Edit> {
  const next = new Map(edits);
  const first = CELLS.indexOf(from);
  for (const [down, line] of cells.entries()) {
    const row = rows[at + down];
    if (!row) break;
    const values = line.flatMap((text, right) => {
      const cell = CELLS[first + right];
      return cell ? [[cell, plainAmount(text)] as const] : [];
    });
    next.set(row.id, { ...next.get(row.id), ...Object.fromEntries(values) });
  }
  return next;
}

/** A line of pasted prices: product, price, then the quantity from which and the minimum where there are some. */
export interface PastedLine {
  find: string;
  change: SheetChange;
  wrong: boolean;
}

/** Reads lines copied from a spreadsheet: product, price, from quantity, minimum; a head line has no price and is passed over. */
export function pastedLines(text: string): PastedLine[] {
  const lines = text
    .replace(/\r/g, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.trim()));
  return lines.flatMap(([find = '', ...rest], at): PastedLine[] => {
    const [price = '', quantity = '', minimum = ''] = rest.map(plainAmount);
    if (!find || (at === 0 && !isAmount(price))) return [];
    const wrong = [price, quantity || '1', minimum || '0'].some((amount) => !isAmount(amount));
    const change: SheetChange = {
      find,
      price,
      ...(quantity ? { fromQuantity: quantity } : {}),
      ...(minimum ? { minimumPrice: minimum } : {}),
    };
    return [{ find, change, wrong }];
  });
}
