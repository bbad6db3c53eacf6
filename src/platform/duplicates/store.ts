import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { bulkInsert, rowsAsRelation } from '../db/bulk.ts';
import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';
import { rowKeys } from './keys.ts';

const COLUMNS = [
  { name: 'key', type: 'bigint' },
  { name: 'record_id', type: 'uuid' },
  { name: 'entity', type: 'text' },
  { name: 'kind', type: 'text' },
] as const;

const keyRows = (entity: Entity, rows: readonly Row[]): Row[] =>
  rows.flatMap((row) =>
    rowKeys(entity, row).map(({ key, kind }) => ({ key, record_id: row.id, entity: entity.name, kind })),
  );

/** Enters the keys of new records, in the transaction that wrote them. */
export async function enterKeys(ctx: Context, entity: Entity, rows: readonly Row[]): Promise<void> {
  if (!entity.duplicates) return;
  await insertKeyRows(ctx, keyRows(entity, rows));
}

/** Brings the keys of changed records up to date; only what differs is written. */
export async function moveKeys(
  ctx: Context,
  entity: Entity,
  changes: readonly { before: Row; after: Row }[],
): Promise<void> {
  if (!entity.duplicates) return;
  const identity = (row: Row) => `${row.key} ${row.record_id}`;
  const before = new Map(
    keyRows(
      entity,
      changes.map((change) => change.before),
    ).map((row) => [identity(row), row]),
  );
  const fresh: Row[] = [];
  for (const row of keyRows(
    entity,
    changes.map((change) => change.after),
  )) {
    if (!before.delete(identity(row))) fresh.push(row);
  }
  await deleteKeyRows(ctx, [...before.values()]);
  await insertKeyRows(ctx, fresh);
}

/** Takes the keys of records out for good. */
export async function removeKeys(ctx: Context, entity: Entity, rows: readonly Row[]): Promise<void> {
  if (entity.duplicates) await deleteKeyRows(ctx, keyRows(entity, rows));
}

/** Enters keys that follow from no rule: the rows of an import of records that have nothing to be recognised by. */
export async function insertKeyRows(ctx: Context, rows: readonly Row[]): Promise<void> {
  await bulkInsert(ctx.db, 'duplicate_key', COLUMNS, rows, sql`on conflict do nothing`);
}

/** Takes single keys out. */
export async function deleteKeyRows(ctx: Context, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`delete from duplicate_key d using ${rowsAsRelation(COLUMNS, rows)}
    where d.key = u.c0::bigint and d.record_id = u.c1::uuid`.execute(ctx.db);
}
