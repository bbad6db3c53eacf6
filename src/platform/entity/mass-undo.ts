import { sql } from 'kysely';
import { asSystem, type Context } from '../context/context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { notFound } from '../errors/problem.ts';
import type { Row } from './behaviour.ts';
import { fromColumns } from './columns.ts';
import { asManyAsPossible, moveToBin, outcomeOf, takeFromBin } from './mass-work.ts';
import { changeRows, lockRows } from './records.ts';
import { entityNamed, rootField } from './registry.ts';
import type { Entity } from './types.ts';
import { titleOf } from './wire.ts';

/** A mass action that is to be taken back. */
export interface UndoSet {
  id: string;
  entity: string;
  action: string;
}

/** Notes once that a mass action can be taken back. */
export async function rememberSet(ctx: Context, { id, entity, action }: UndoSet): Promise<void> {
  await sql`insert into undo_set (id, at, actor_id, entity, action)
    values (${id}, ${ctx.now}, ${ctx.principal.userId}, ${entity}, ${action}) on conflict (id) do nothing`.execute(
    ctx.db,
  );
}

/** Notes how the rows it changed were. */
export async function rememberRows(
  ctx: Context,
  undoId: string,
  rows: Row[],
  along: (row: Row) => Row = () => ({}),
): Promise<void> {
  await bulkInsert(
    ctx.db,
    'undo_row',
    [
      { name: 'undo_id', type: 'uuid' },
      { name: 'record_id', type: 'uuid' },
      { name: 'version', type: 'integer' },
      { name: 'before', type: 'jsonb' },
      { name: 'entity', type: 'text' },
      { name: 'with_id', type: 'uuid' },
    ],
    rows.map((row) => ({
      undo_id: undoId,
      record_id: row.id,
      version: (row.version as number) + 1,
      before: row,
      ...along(row),
    })),
  );
}

/** Claims a mass action for being taken back, once. Only its author may, and administrators. */
export async function claimUndo(ctx: Context, undoId: string): Promise<UndoSet> {
  const { rows } = await sql<UndoSet>`update undo_set set undone_at = ${ctx.now}
    where id = ${undoId} and undone_at is null and (actor_id = ${ctx.principal.userId} or ${ctx.policies.administrator})
    returning id, entity, action`.execute(ctx.db);
  if (!rows[0]) throw notFound();
  return rows[0];
}

interface Remembered {
  record_id: string;
  version: number;
  before: Row;
  /** Of what went along: its type. */
  entity: string | null;
}

/**
 * Takes back what a mass action did to these records and to what went along with them, except for those that have changed
 * since or cannot be as they were: those are named. Also where the action took the records out of the caller's scope.
 */
export async function undoPart(
  ctx: Context,
  set: UndoSet,
  ids: readonly string[],
): Promise<{ restored: number; conflicts: { id: string; title: string }[] }> {
  const { rows: remembered } = await sql<Remembered>`select record_id, version, before, entity from undo_row
    where undo_id = ${set.id} and with_id is null and record_id = any(${ids}::uuid[]) order by record_id`.execute(
    ctx.db,
  );
  const cause = { kind: 'undo', id: set.id } as const;
  const acting = asSystem({ ...ctx, principal: { ...ctx.principal, cause } }, 'mass_undo');
  const restored = await rowsBack(acting, set.entity, set.action, remembered);
  const { rows: went } = await sql<Remembered>`select record_id, version, before, entity from undo_row
    where undo_id = ${set.id} and with_id = any(${[...restored]}::uuid[]) order by record_id`.execute(ctx.db);
  const back = new Set(restored);
  for (const [entity, rows] of Map.groupBy(went, (row) => row.entity as string))
    for (const id of await rowsBack(acting, entity, set.action, rows)) back.add(id);
  return {
    restored: restored.size,
    conflicts: [...remembered, ...went]
      .filter((row) => !back.has(row.record_id))
      .map(({ record_id: id, entity, before }) => ({
        id,
        title: titleOf(ctx.policies.for(entity ?? set.entity), before),
      })),
  };
}

/** Of these rows of one type those that are again as they were. */
async function rowsBack(
  acting: Context,
  entityName: string,
  action: string,
  remembered: readonly Remembered[],
): Promise<Set<string>> {
  const entity = entityNamed(acting.registry, entityName);
  const before = new Map(remembered.map((row) => [row.record_id, row]));
  const root = rootField(entity);
  const roots = root ? remembered.flatMap((row) => (row.before[root.column] as string | null) ?? []) : [];
  const locked = await lockRows(acting, entity, [...before.keys()], { deleted: action === 'delete', roots });
  const same = locked.filter((row) => row.version === before.get(row.id as string)?.version);
  const { changed } = await asManyAsPossible(acting, same, async (each, rows) => {
    if (action === 'delete') return takeFromBin(each, entity, rows);
    if (action === 'restore') return moveToBin(each, entity, rows);
    const changes = rows.map((row) => ({
      row,
      values: formerValues(entity, row, before.get(row.id as string)?.before as Row),
    }));
    return outcomeOf(await changeRows(each, entity, changes, { action: 'undo' }));
  });
  return new Set(changed.map((row) => row.id as string));
}

/** The values a row had, for the fields that differ now. */
export function formerValues(entity: Entity, row: Row, before: Row): Record<string, unknown> {
  const fields = entity.fieldList.filter((field) => !field.readOnly && !field.immutable);
  return Object.fromEntries(
    fields
      .filter(
        (field) => JSON.stringify(fromColumns(field, row)) !== JSON.stringify(fromColumns(field, before)),
      )
      .map((field) => [field.name, fromColumns(field, before)]),
  );
}
