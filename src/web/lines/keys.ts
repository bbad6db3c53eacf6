import type { Row } from './rows.ts';

const keys = new WeakMap<Row, string>();
let next = 0;

/** Keeps a row's place on the screen while it is written: a changed row is a new object at the same place. */
export function keyOfRow(row: Row, at: number): string {
  if (typeof row.id === 'string') return row.id;
  return keys.get(row) ?? `new-${at}`;
}

/** The changed row is the same one. */
export function sameRow(before: Row, after: Row): Row {
  let key = keys.get(before);
  if (!key) {
    next += 1;
    key = `row-${next}`;
    keys.set(before, key);
  }
  keys.set(after, key);
  return after;
}

/** A new row, known from now on. */
export const knownRow = (row: Row): Row => sameRow(row, row);
