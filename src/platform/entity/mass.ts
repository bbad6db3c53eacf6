import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import { asSystem, type Context } from '../context/context.ts';
import { attempt, inTransaction } from '../context/transaction.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type FieldProblem, forbidden, notFound, ProblemError, problem } from '../errors/problem.ts';
import type { Row } from './behaviour.ts';
import { fromColumns } from './columns.ts';
import { changeRows, lockRows, restoreRows } from './records.ts';
import { entityNamed } from './registry.ts';
import { bodySchemas, parseBody } from './schema.ts';
import { setDeleted } from './store.ts';
import type { Entity } from './types.ts';
import { titleOf } from './wire.ts';

export interface MassResult {
  done: number;
  failed: { id: string; code: string; errors?: FieldProblem[] }[];
  /** Takes everything back, see `undoMass`; absent when nothing was done. */
  undoId?: string;
}

/** Records changed in one transaction; larger selections run chunk by chunk. */
const CHUNK = 1000;

export interface MassChange {
  set: Record<string, unknown>;
  add?: Record<string, string[]> | undefined;
  remove?: Record<string, string[]> | undefined;
}

/** Changes many records alike; each that may not or cannot be changed is named and left as it was. */
export async function massUpdate(
  ctx: Context,
  entityName: string,
  ids: string[],
  change: MassChange,
): Promise<MassResult> {
  const entity = entityNamed(ctx.registry, entityName);
  const set = parseBody(bodySchemas(entity).patch, change.set) as Record<string, unknown>;
  const lists = [...Object.keys(change.add ?? {}), ...Object.keys(change.remove ?? {})];
  for (const name of lists) {
    if (entity.fields[name]?.kind !== 'references')
      throw problem('invalid', { errors: [{ path: name, code: 'unknown_field' }] });
  }
  return inChunks(ctx, entity, ids, 'update', async (inner, rows) => {
    const changes = rows.map((row) => ({ row, values: { ...set, ...listValues(entity, row, change) } }));
    return outcomeOf(await changeRows(inner, entity, changes));
  });
}

/**
 * Gives records to another person. What hangs on them stays on the file and is seen by the new owner at once; the
 * department follows the new owner unless one is named.
 */
export async function massTransfer(
  ctx: Context,
  entityName: string,
  ids: string[],
  to: { owner: string; department?: string | undefined },
): Promise<MassResult> {
  const entity = entityNamed(ctx.registry, entityName);
  const values = { owner: to.owner, ...(to.department ? { department: to.department } : {}) };
  return inChunks(ctx, entity, ids, 'transfer', async (inner, rows) =>
    outcomeOf(
      await changeRows(
        inner,
        entity,
        rows.map((row) => ({ row, values })),
        { action: 'transfer' },
      ),
    ),
  );
}

function outcomeOf({ drafts, stored }: Awaited<ReturnType<typeof changeRows>>): ChunkOutcome {
  return {
    changed: stored.map(({ draft }) => draft.before as Row),
    failed: drafts
      .filter((draft) => draft.problems.length)
      .map((draft) => ({ id: draft.id, code: draft.problems[0]?.code ?? 'invalid', errors: draft.problems })),
    unchanged: drafts.filter((draft) => !draft.problems.length).length - stored.length,
  };
}

function listValues(
  entity: Entity,
  row: Row,
  { add = {}, remove = {} }: MassChange,
): Record<string, unknown> {
  const names = new Set([...Object.keys(add), ...Object.keys(remove)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const before = row[entity.fields[name]?.column as string] as string[];
      const without = before.filter((id) => !remove[name]?.includes(id));
      return [name, [...new Set([...without, ...(add[name] ?? [])])]];
    }),
  );
}

/** Moves many records to the recycle bin. */
export async function massDelete(ctx: Context, entityName: string, ids: string[]): Promise<MassResult> {
  const entity = entityNamed(ctx.registry, entityName);
  return inChunks(ctx, entity, ids, 'delete', async (inner, rows) => {
    await inner.behaviours.get(entity.name)?.beforeDelete?.(inner, rows);
    await setDeleted(inner, entity, rows, true);
    return { changed: rows, failed: [], unchanged: 0 };
  });
}

interface ChunkOutcome {
  changed: Row[];
  failed: MassResult['failed'];
  unchanged: number;
}

async function inChunks(
  ctx: Context,
  entity: Entity,
  ids: string[],
  action: 'update' | 'delete' | 'transfer',
  work: Work,
): Promise<MassResult> {
  const scope = ctx.policies.for(entity.name).scope(action);
  if (scope.kind === 'none') throw forbidden();
  const undoId = uuidv7();
  const result: MassResult = { done: 0, failed: [] };
  let undoable = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    await inTransaction(ctx, async (inner) => {
      const rows = await lockRows(inner, entity, chunk);
      const known = new Set(rows.map((row) => row.id));
      for (const id of chunk) if (!known.has(id)) result.failed.push({ id, code: 'not_found' });
      const allowed = rows.filter((row) => rowInScope(scope, row, action === 'update'));
      for (const row of rows)
        if (!allowed.includes(row)) result.failed.push({ id: row.id as string, code: 'forbidden' });
      const { changed, failed, unchanged } = await asManyAsPossible(inner, allowed, work);
      result.failed.push(...failed);
      result.done += changed.length + unchanged;
      if (changed.length) await remember(inner, entity, undoId, action, changed);
      undoable += changed.length;
    });
  }
  return undoable ? { ...result, undoId } : result;
}

type Work = (inner: Context, rows: Row[]) => Promise<ChunkOutcome>;

/** Does the work for all rows at once; where one of them spoils it, for each half alone, so that only that one is left. */
async function asManyAsPossible(ctx: Context, rows: Row[], work: Work): Promise<ChunkOutcome> {
  if (rows.length === 0) return { changed: [], failed: [], unchanged: 0 };
  try {
    return await attempt(ctx, () => work(ctx, rows));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (rows.length === 1) {
      const { code, errors } = error;
      return { changed: [], failed: [{ id: rows[0]?.id as string, code, errors }], unchanged: 0 };
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await asManyAsPossible(ctx, rows.slice(0, middle), work);
    const second = await asManyAsPossible(ctx, rows.slice(middle), work);
    return {
      changed: [...first.changed, ...second.changed],
      failed: [...first.failed, ...second.failed],
      unchanged: first.unchanged + second.unchanged,
    };
  }
}

async function remember(
  ctx: Context,
  entity: Entity,
  undoId: string,
  action: string,
  rows: Row[],
): Promise<void> {
  await sql`insert into undo_set (id, at, actor_id, entity, action)
    values (${undoId}, ${ctx.now}, ${ctx.principal.userId}, ${entity.name}, ${action}) on conflict (id) do nothing`.execute(
    ctx.db,
  );
  await bulkInsert(
    ctx.db,
    'undo_row',
    [
      { name: 'undo_id', type: 'uuid' },
      { name: 'record_id', type: 'uuid' },
      { name: 'version', type: 'integer' },
      { name: 'before', type: 'jsonb' },
    ],
    rows.map((row) => ({
      undo_id: undoId,
      record_id: row.id,
      version: (row.version as number) + 1,
      before: row,
    })),
  );
}

/**
 * Takes a mass action back, except for records that have changed since or cannot be as they were: those are named. Only
 * its author may, also where the action took the records out of his own scope.
 */
export async function undoMass(
  ctx: Context,
  undoId: string,
): Promise<{ restored: number; conflicts: { id: string; title: string }[] }> {
  return inTransaction(ctx, async (inner) => {
    const { rows: sets } = await sql<{
      entity: string;
      action: string;
    }>`update undo_set set undone_at = ${ctx.now}
      where id = ${undoId} and undone_at is null and (actor_id = ${ctx.principal.userId} or ${ctx.policies.administrator})
      returning entity, action`.execute(inner.db);
    const set = sets[0];
    if (!set) throw notFound();
    const deleted = set.action === 'delete';
    const entity = entityNamed(inner.registry, set.entity);
    const { rows: remembered } = await sql<{ record_id: string; version: number; before: Row }>`
      select record_id, version, before from undo_row where undo_id = ${undoId} order by record_id`.execute(
      inner.db,
    );
    const before = new Map(remembered.map((row) => [row.record_id, row]));
    const cause = { kind: 'undo', id: undoId } as const;
    const acting = asSystem({ ...inner, principal: { ...inner.principal, cause } }, 'mass_undo');
    const locked = await lockRows(acting, entity, [...before.keys()], { deleted });
    const same = locked.filter((row) => row.version === before.get(row.id as string)?.version);
    const { changed } = await asManyAsPossible(acting, same, async (each, rows) => {
      if (deleted) {
        await restoreRows(each, entity, rows);
        return { changed: rows, failed: [], unchanged: 0 };
      }
      const changes = rows.map((row) => ({
        row,
        values: formerValues(entity, row, before.get(row.id as string)?.before as Row),
      }));
      return outcomeOf(await changeRows(each, entity, changes, { action: 'undo' }));
    });
    const restored = new Set(changed.map((row) => row.id));
    const policy = ctx.policies.for(entity.name);
    return {
      restored: restored.size,
      conflicts: remembered
        .filter((row) => !restored.has(row.record_id))
        .map((row) => ({ id: row.record_id, title: titleOf(policy, row.before) })),
    };
  });
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
