import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { PREPARED } from './connection.ts';

export interface BulkColumn {
  name: string;
  type: string;
}

/** PostgreSQL's text form of a value, so that columns of any type travel as arrays of text. */
function asText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && type.endsWith('[]')) {
    return `{${value.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  }
  if (type === 'jsonb') return JSON.stringify(value);
  return String(value);
}

/** Rows as a relation `u` with columns c0, c1 …: one parameter a column, however many rows, so one prepared statement. */
export function rowsAsRelation(
  columns: readonly BulkColumn[],
  rows: readonly Record<string, unknown>[],
): RawBuilder<unknown> {
  const arrays = columns.map(({ name, type }) => sql`${rows.map((row) => asText(row[name], type))}::text[]`);
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
