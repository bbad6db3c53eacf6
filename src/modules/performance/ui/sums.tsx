import type { ReactNode } from 'react';
import { exact, plain, readAmount } from '../../../platform/money/amounts.shared.ts';
import type { PeriodKind } from '../../../platform/time/period.shared.ts';
import { groupDigits } from '../../../web/fields/format.ts';
import type { AmountColumn } from '../../../web/grid/AmountGrid.tsx';
import type { GridRow } from '../target/grid.ts';

export interface Column extends AmountColumn {
  period: PeriodKind;
  startsOn: string;
}

interface Given {
  rows: readonly GridRow[];
  /** The year, then its months. */
  columns: readonly Column[];
  valueAt(row: GridRow, column: Column): string;
  /** What a difference is called. */
  says: string;
}

/** What the months of a line add up to, and what those below have, each with its difference to what is set for the year. */
export function sumsOf(row: GridRow, { rows, columns, valueAt, says }: Given): ReactNode[] {
  const [year, ...rest] = columns as [Column, ...Column[]];
  const amount = (each: GridRow, column: Column) => exact(readAmount(valueAt(each, column)) || '0');
  const months = (each: GridRow) => rest.reduce((all, month) => all + amount(each, month), 0n);
  const whole = (each: GridRow) => amount(each, year) || months(each);
  const sum = months(row);
  const people = below(rows, row).reduce((all, each) => all + whole(each), 0n);
  const told = (value: bigint, of: bigint) => (
    <>
      {value === 0n ? '' : groupDigits(plain(value))} {difference(value, of, says)}
    </>
  );
  return [told(sum, amount(row, year)), told(people, whole(row))];
}

function difference(value: bigint, of: bigint, says: string): ReactNode {
  if (value === 0n || of === 0n || value === of) return null;
  return (
    <small className="late" title={says}>
      {value > of ? '+' : ''}
      {groupDigits(plain(value - of))}
    </small>
  );
}

/** The people below a department, at any depth; of the company everybody. */
function below(rows: readonly GridRow[], { kind, id }: GridRow): GridRow[] {
  const people = rows.filter((row) => row.kind === 'person');
  if (kind === 'company') return people;
  if (kind === 'person') return [];
  const parents = new Map(rows.map((row) => [row.id, row.parent]));
  const under = (row: GridRow) => {
    for (let at = row.parent, steps = 0; at && steps < 30; at = parents.get(at) ?? null, steps++)
      if (at === id) return true;
    return false;
  };
  return people.filter(under);
}
