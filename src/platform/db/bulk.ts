import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { PREPARED } from './connection.ts';

export interface BulkColumn {
  name: string;
  type: string;
  /** Of jsonb: the rows hold the document's text already. */
  encoded?: true;
}

/** PostgreSQL's text form of a value, so that columns of any type travel as arrays of text. */
function asText(value: unknown, { type, encoded }: BulkColumn): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && type.endsWith('[]')) return arrayText(value, String);
  if (type === 'jsonb' && !encoded) return JSON.stringify(value);
  return String(value);
}

const ESCAPED = /["\\]/;

/** An array as PostgreSQL reads it; written here because the driver's own way costs several times as much. */
function arrayText<T>(items: readonly T[], textOf: (item: T) => string | null): string {
  let array = '{';
  for (let at = 0; at < items.length; at += 1) {
    if (at > 0) array += ',';
    const text = textOf(items[at] as T);
    if (text === null) array += 'NULL';
    else array += `"${ESCAPED.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;
  }
  return `${array}}`;
}

/** Rows as a relation `u` with columns c0, c1 …: one parameter a column, however many rows, so one prepared statement. */
export function rowsAsRelation(
  columns: readonly BulkColumn[],
  rows: readonly Record<string, unknown>[],
): RawBuilder<unknown> {
  const arrays = columns.map(
    (column) => sql`${arrayText(rows, (row) => asText(row[column.name], column))}::text[]`,
  );
  const names = columns.map((_, index) => sql.ref(`c${index}`));
  return sql`unnest(${sql.join(arrays)}) as u(${sql.join(names)})`;
}

/** Inserts many rows by one statement. */
export async function bulkInsert(
  db: Db,
  table: string,
  columns: readonly BulkColumn[],
  rows: readonly Record<string, unknown>[],
  suffix: RawBuilder<unknown> = sql``,
): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return [];
  const names = columns.map(({ name }) => sql.ref(name));
  const values = columns.map(({ type }, index) => sql`${sql.ref(`u.c${index}`)}::${sql.raw(type)}`);
  const statement = sql<
    Record<string, unknown>
  >`${sql.raw(PREPARED)}insert into ${sql.table(table)} (${sql.join(names)})
    select ${sql.join(values)} from ${rowsAsRelation(columns, rows)} ${suffix}`;
  return (await statement.execute(db)).rows;
}
