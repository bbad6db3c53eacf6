import { asRead, isDecimal, type Row } from '../../../web/lines/rows.ts';
import { groupsOf } from '../lines/groups.shared.ts';
import { type Earning, type Margin, marginOf } from '../margin/margin.shared.ts';
import { amountsOf } from './amounts.ts';

/** What a row's product costs us as the house last told: nobody writes it, so it goes along unseen and is not sent. */
export const COST = Symbol('cost');

/** Of one unit; null where it is not known, or not for this reader. */
const costOf = (row: Row): string | null => {
  const told = (row as { [COST]?: string | null })[COST];
  const stored = row.cost ?? asRead(row).cost;
  return told === undefined ? ((stored as string | null | undefined) ?? null) : told;
};

/** Whether this reader sees what anything here costs. */
export const seesCosts = (rows: readonly Row[]): boolean => rows.some((row) => costOf(row) !== null);

/** What every row earns, row by row; a bundle as a whole, its parts not by themselves. */
export function marginsOf(head: Row, rows: readonly Row[], currency: string): (Margin | null)[] {
  const nets = amountsOf(head, rows, currency)?.rows;
  if (!nets) return rows.map(() => null);
  const earnings = rows.map(
    (row, at): Earning => ({
      quantity: isDecimal(row.quantity) ? row.quantity : '0',
      net: nets[at]?.net ?? null,
      cost: costOf(row),
    }),
  );
  const margins: (Margin | null)[] = rows.map(() => null);
  for (const { parts, at } of groupsOf(rows, ({ bundled }) => bundled))
    margins[at] = marginOf(
      parts.length ? earnings.slice(at + 1, at + 1 + parts.length) : [earnings[at] as Earning],
    );
  return margins;
}

/** What all rows earn together, and how many of them nobody knows the cost of. */
export function marginOfAll(
  head: Row,
  rows: readonly Row[],
  currency: string,
): { margin: Margin | null; unknown: number } {
  const nets = amountsOf(head, rows, currency)?.rows;
  const bearing = rows.flatMap((row, at): Earning[] => {
    if (row.bundled === 'whole' && rows[at + 1]?.bundled === 'part') return [];
    const quantity = isDecimal(row.quantity) ? row.quantity : null;
    return quantity === null ? [] : [{ quantity, net: nets?.[at]?.net ?? null, cost: costOf(row) }];
  });
  const known = bearing.filter(({ cost }) => cost !== null);
  return { margin: marginOf(known), unknown: bearing.length - known.length };
}
