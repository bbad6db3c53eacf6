import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { deleteKeyRows } from '../duplicates/store.ts';
import type { Row } from '../entity/behaviour.ts';
import { referrersOf, removeRows } from '../entity/erase.ts';
import { formerValues } from '../entity/mass-undo.ts';
import { changeRows } from '../entity/records.ts';
import { entityNamed, rootField } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { titleOf } from '../entity/wire.ts';
import { translate } from '../i18n/translations.ts';
import { byIndexOnly, linesOfChunks, rowsOfChunk } from './store.ts';

/** Conflicts listed; more are only counted. */
const LISTED = 1000;

export interface UndoResult {
  /** Records taken out again. */
  removed: number;
  /** Records given their former values again. */
  restored: number;
  /** Records people have changed or used since: they stay as they are. */
  conflicts: { entity: string; id: string; title: string }[];
}

interface Journal {
  entity: string;
  record_id: string;
  outcome: 'created' | 'updated';
  version: number;
  before: Row | null;
  mark: string | null;
}

/**
 * Takes an import back: what it made goes for good — from lists, search and the look-up of duplicates; the audit stays —,
 * what it changed gets its former values, except records people have changed since. Part by part, the last first; parts
 * taken back already are passed over, so it can be called again after any end.
 */
export async function undoImported(
  ctx: Context,
  importId: string,
  progress: (done: number) => Promise<void> | void,
): Promise<UndoResult> {
  const result: UndoResult = { removed: 0, restored: 0, conflicts: [] };
  const { rows: chunks } = await sql<{ no: number }>`select no from import_chunk
    where import_id = ${importId} and not undone order by no desc`.execute(ctx.db);
  const linesOf = await linesOfChunks(ctx, importId);
  let done = 0;
  for (const { no } of chunks) {
    await inTransaction(ctx, async (inner) => {
      await byIndexOnly(inner);
      const { rows } =
        await sql<Journal>`select entity, record_id, outcome, version, before, mark::text from import_row
        where ${rowsOfChunk(importId, no, linesOf.get(no))} and version is not null order by line desc, part desc`.execute(
          inner.db,
        );
      // People hang on the records of the sheet, so they go first.
      const byEntity = Map.groupBy(rows, ({ entity }) => entity);
      const names = [...byEntity.keys()].sort((a, b) => depth(inner, b) - depth(inner, a));
      for (const name of names.toReversed())
        await lockInOrder(inner, entityNamed(inner.registry, name), byEntity.get(name) as Journal[]);
      for (const name of names)
        await undoRows(inner, entityNamed(inner.registry, name), byEntity.get(name) as Journal[], result);
      await sql`update import_chunk set undone = true where import_id = ${importId} and no = ${no}`.execute(
        inner.db,
      );
      done += rows.length;
    });
    await progress(done);
  }
  return result;
}

const depth = (ctx: Context, name: string) =>
  entityNamed(ctx.registry, name).scope.kind === 'child' ? 1 : 0;

/** Locks as everyone does: what records hang on before the records, each in order of id. */
async function lockInOrder(ctx: Context, entity: Entity, journal: readonly Journal[]): Promise<void> {
  const ids = [...new Set(journal.map((each) => each.record_id))];
  const own = sql.table(entity.table);
  const root = rootField(entity);
  if (root) {
    const target = entityNamed(ctx.registry, root.to as string);
    await sql`select from ${sql.table(target.table)}
      where id in (select ${sql.ref(root.column)} from ${own} where id = any(${ids}::uuid[]))
      order by id for no key update`.execute(ctx.db);
  }
  await sql`select from ${own} where id = any(${ids}::uuid[]) order by id for update`.execute(ctx.db);
}

async function undoRows(
  ctx: Context,
  entity: Entity,
  journal: readonly Journal[],
  result: UndoResult,
): Promise<void> {
  const ids = [...new Set(journal.map((each) => each.record_id))];
  const { rows } = await sql<Row>`select * from ${sql.table(entity.table)} where id = any(${ids}::uuid[])
    order by id for update`.execute(ctx.db);
  const stored = new Map(rows.map((row) => [row.id as string, row]));
  const created: Row[] = [];
  const erased = new Set<string>();
  const open = new Map<string, Row>();
  const current = new Map([...stored].map(([id, row]) => [id, { ...row }]));
  // Last change first: each step leads to the version the step before it left.
  for (const { record_id, outcome, version, before } of journal) {
    const row = current.get(record_id);
    if (!row) {
      // Somebody erased it, with its former values: there is nothing to restore.
      if (outcome === 'updated' && !stored.has(record_id)) erased.add(record_id);
      continue;
    }
    if (row.version !== version) {
      conflict(ctx, result, entity, stored.get(record_id) as Row);
      current.delete(record_id);
      open.delete(record_id);
      continue;
    }
    if (outcome === 'created') {
      created.push(stored.get(record_id) as Row);
      open.delete(record_id);
    } else {
      open.set(record_id, before as Row);
      current.set(record_id, { ...row, version: before?.version });
    }
  }
  for (const id of erased) conflict(ctx, result, entity, { id });
  const changes = [...open].map(([id, before]) => {
    const row = stored.get(id) as Row;
    return { row, values: formerValues(entity, row, before) };
  });
  const live = changes.filter(({ row }) => row.deleted_at === null);
  for (const { row } of changes) if (row.deleted_at !== null) conflict(ctx, result, entity, row);
  const { drafts } = await changeRows(ctx, entity, live, { action: 'undo' });
  for (const draft of drafts) {
    if (draft.problems.length) conflict(ctx, result, entity, stored.get(draft.id) as Row);
    else result.restored += 1;
  }
  await remove(ctx, entity, created, result);
  await deleteKeyRows(
    ctx,
    journal.flatMap(({ mark, record_id }) => (mark ? [{ key: mark, record_id }] : [])),
  );
}

/** Removes what nothing refers to but what goes with it. */
async function remove(ctx: Context, entity: Entity, rows: Row[], result: UndoResult): Promise<void> {
  let going = rows;
  for (;;) {
    const used = await referrersOf(
      ctx,
      entity,
      going.map((row) => row.id as string),
      { amongThem: false },
    );
    if (used.size === 0) break;
    for (const row of going) if (used.has(row.id as string)) conflict(ctx, result, entity, row);
    going = going.filter((row) => !used.has(row.id as string));
  }
  await removeRows(ctx, entity, going);
  result.removed += going.length;
}

function conflict(ctx: Context, result: UndoResult, entity: Entity, row: Row): void {
  const title =
    titleOf(ctx.policies.for(entity.name), row) ||
    translate(ctx.registry.words, ctx.principal.language, 'import.erased');
  if (result.conflicts.length < LISTED)
    result.conflicts.push({ entity: entity.name, id: row.id as string, title });
}
