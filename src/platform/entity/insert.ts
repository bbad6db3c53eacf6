import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { bulkInsert } from '../db/bulk.ts';
import { enterKeys } from '../duplicates/store.ts';
import { convertingFor } from '../rates/convert.ts';
import type { Row } from './behaviour.ts';
import { writtenColumns } from './columns.ts';
import { writeParts } from './parts/write.ts';
import { recordChanges } from './record-changes.ts';
import { newRow } from './rows.ts';
import type { ScopedDraft, Stored, StoreOptions } from './stored.ts';
import type { Entity } from './types.ts';

/** Writes new records with their audit, event, timeline and search entries; all in the caller's transaction. */
export async function insertDrafts(
  ctx: Context,
  entity: Entity,
  drafts: ScopedDraft[],
  options: StoreOptions = {},
): Promise<Stored[]> {
  if (drafts.length === 0) return [];
  const converting = await convertingFor(ctx, entity, drafts);
  const rows = drafts.map((each) => newRow(ctx, entity, each, converting));
  if (entity.numberPrefix) await assignNumbers(ctx, entity, rows);
  const stored = drafts.map(({ draft }, index) => ({ draft, row: rows[index] as Row }));
  // Sent together: nothing here needs the answer of another.
  await Promise.all([
    bulkInsert(ctx.db, entity.table, writtenColumns(entity), rows),
    enterKeys(ctx, entity, rows),
    recordChanges(ctx, entity, stored, 'create', 'created', options),
    writeParts(ctx, entity, stored, converting),
  ]);
  return stored;
}

/** Numbers set aside by this process and not yet given, by record type: single records need not ask for each. */
const reserved = new WeakMap<Entity, number[]>();
const RESERVE = 20;

/** Numbers such as KH-2026-000123; gaps are allowed, so a sequence serves and a stopped process loses a few. */
async function assignNumbers(ctx: Context, entity: Entity, rows: Row[]): Promise<void> {
  const open = rows.filter((row) => row.number === undefined || row.number === null);
  // Many records take numbers of their own: others may empty the reserve while they are fetched.
  const numbers = open.length > RESERVE ? [] : (reserved.get(entity) ?? []);
  if (open.length <= RESERVE) reserved.set(entity, numbers);
  if (numbers.length < open.length) {
    const most = Math.max(RESERVE, open.length - numbers.length);
    const fresh = await sql<{
      n: number;
    }>`select nextval(${`${entity.table}_number_seq`}) as n from generate_series(1, ${most})`.execute(ctx.db);
    numbers.push(...fresh.rows.map((row) => row.n));
  }
  const year = dayOf(ctx).slice(0, 4);
  open.forEach((row, at) => {
    const number = open.length > RESERVE ? numbers[at] : numbers.shift();
    row.number = `${entity.numberPrefix}-${year}-${String(number).padStart(6, '0')}`;
  });
}
