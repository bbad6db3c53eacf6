import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import { asSystem, type Context } from '../context/context.ts';
import { attempt, inTransaction } from '../context/transaction.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type FieldProblem, forbidden, notFound, ProblemError, problem } from '../errors/problem.ts';
import { type WorkAlong, workAlong } from '../ownership/along.ts';
import type { Row } from './behaviour.ts';
import { setDeleted } from './bin.ts';
import { fromColumns } from './columns.ts';
import { requireFree } from './lock.ts';
import { changeRows, lockRows, restoreRows, rootsIn } from './records.ts';
import { entityNamed, rootField } from './registry.ts';
import { bodySchemas, parseBody } from './schema.ts';
import type { Action, Entity } from './types.ts';
import { titleOf } from './wire.ts';

export interface MassResult {
  done: number;
  failed: { id: string; code: string; errors?: FieldProblem[] }[];
  /** Takes everything back, see `claimUndo`; absent when nothing was done. */
  undoId?: string;
}

/** Records changed in one transaction; larger selections run part by part. */
export const CHUNK = 1000;

export interface MassChange {
  set: Record<string, unknown>;
  add?: Record<string, string[]> | undefined;
  remove?: Record<string, string[]> | undefined;
}

/** What is done to every record of a selection, part by part. */
export interface MassAction {
  name: 'update' | 'transfer' | 'delete' | 'restore';
  entity: Entity;
  /** The right it needs on each record. */
  right: Action;
  /** What the records are about to be hung on, see `lockRows`. */
  roots?: readonly string[];
  /** Takes a part of the records, locked and within that right. */
  work: Work;
}

/** Changing records alike. Throws where the change fits no record of the type. */
export function updating(ctx: Context, entityName: string, change: MassChange): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  const set = parseBody(bodySchemas(entity).patch, change.set) as Record<string, unknown>;
  const lists = [...Object.keys(change.add ?? {}), ...Object.keys(change.remove ?? {})];
  for (const name of lists) {
    if (entity.fields[name]?.kind !== 'references')
      throw problem('invalid', { errors: [{ path: name, code: 'unknown_field' }] });
  }
  return {
    name: 'update',
    entity,
    right: 'update',
    roots: rootsIn(entity, [set]),
    work: async (inner, rows) => {
      const changes = rows.map((row) => ({ row, values: { ...set, ...listValues(entity, row, change) } }));
      return outcomeOf(await changeRows(inner, entity, changes));
    },
  };
}

export interface Recipient {
  owner: string;
  department?: string | undefined;
  /** Kinds of open work, see `OpenWork.follows`, that go along where it was the former owner's. */
  along?: readonly string[] | undefined;
}

/**
 * Giving records to another person. What hangs on them stays on the file and is seen by the new owner at once; the
 * department follows the new owner unless one is named.
 */
export function transferring(ctx: Context, entityName: string, to: Recipient): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  const values = { owner: to.owner, ...(to.department ? { department: to.department } : {}) };
  return {
    name: 'transfer',
    entity,
    right: 'transfer',
    work: async (inner, rows, undoId) => {
      const ids = rows.map((row) => row.id as string);
      // Looked up first: afterwards nobody knows whose it was.
      const open = to.along?.length ? await workAlong(inner, entity, ids, to.along) : [];
      const changes = rows.map((row) => ({ row, values }));
      const outcome = outcomeOf(await changeRows(inner, entity, changes, { action: 'transfer' }));
      const given = new Set(outcome.changed.map((row) => row.id));
      for (const { items, ...work } of open)
        await giveAlong(inner, { ...work, items: items.filter(({ root }) => given.has(root)) }, to.owner, {
          id: undoId,
          entity: entity.name,
        });
      return outcome;
    },
  };
}

/** Gives open work to the new owner of what it is done for; taking the one back takes the other back too. */
async function giveAlong(
  ctx: Context,
  { entity, field, items }: WorkAlong,
  owner: string,
  undo: { id: string; entity: string },
): Promise<void> {
  const system = asSystem(ctx, 'transfer');
  const roots = new Map(items.map(({ id, root }) => [id, root]));
  const rows = await lockRows(system, entity, [...roots.keys()]);
  const changes = rows.map((row) => ({ row, values: { [field]: owner } }));
  const { changed } = outcomeOf(await changeRows(system, entity, changes, { action: 'transfer' }));
  if (changed.length === 0) return;
  await rememberSet(ctx, { ...undo, action: 'transfer' });
  await rememberRows(ctx, undo.id, changed, (row) => ({
    entity: entity.name,
    with_id: roots.get(row.id as string),
  }));
}

/** Moving records to the recycle bin. */
export function deleting(ctx: Context, entityName: string): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  return {
    name: 'delete',
    entity,
    right: 'delete',
    work: (inner, rows) => moveToBin(inner, entity, rows),
  };
}

/** Bringing records back from the recycle bin. */
export function restoring(ctx: Context, entityName: string): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  return {
    name: 'restore',
    entity,
    right: 'delete',
    work: (inner, rows) => takeFromBin(inner, entity, rows),
  };
}

async function moveToBin(ctx: Context, entity: Entity, rows: Row[]): Promise<ChunkOutcome> {
  const ids = rows.map((row) => row.id as string);
  await requireFree(ctx, entity, ids);
  await ctx.behaviours.get(entity.name)?.beforeDelete?.(ctx, rows);
  await setDeleted(ctx, entity, rows, true);
  return { changed: rows, failed: [], unchanged: 0 };
}

async function takeFromBin(ctx: Context, entity: Entity, rows: Row[]): Promise<ChunkOutcome> {
  await restoreRows(ctx, entity, rows);
  return { changed: rows, failed: [], unchanged: 0 };
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

interface ChunkOutcome {
  changed: Row[];
  failed: MassResult['failed'];
  unchanged: number;
}

/** Throws unless the caller may do this to some record at all. */
export function requireMass(ctx: Context, { entity, right }: MassAction): void {
  if (ctx.policies.for(entity.name).scope(right).kind === 'none') throw forbidden();
}

/** Does the same to many records; each that may not or cannot be changed is named and left as it was. */
export async function massRun(ctx: Context, action: MassAction, ids: string[]): Promise<MassResult> {
  requireMass(ctx, action);
  const undoId = uuidv7();
  const result: MassResult = { done: 0, failed: [] };
  let undoable = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    const part = await inTransaction(ctx, (inner) => massPart(inner, action, chunk, undoId));
    result.failed.push(...part.failed);
    result.done += part.done;
    undoable += part.changed;
  }
  return undoable ? { ...result, undoId } : result;
}

/** One part of a mass action, in the caller's transaction. What it changed is remembered under `undoId`. */
export async function massPart(
  ctx: Context,
  action: MassAction,
  ids: string[],
  undoId: string,
): Promise<{ done: number; changed: number; failed: MassResult['failed'] }> {
  const { entity, right } = action;
  const scope = ctx.policies.for(entity.name).scope(right);
  const { roots = [] } = action;
  const rows = await lockRows(ctx, entity, ids, { deleted: action.name === 'restore', roots });
  const known = new Set(rows.map((row) => row.id));
  const failed: MassResult['failed'] = ids
    .filter((id) => !known.has(id))
    .map((id) => ({ id, code: 'not_found' }));
  const allowed: Row[] = [];
  for (const row of rows) {
    if (rowInScope(scope, row, right === 'update')) allowed.push(row);
    else failed.push({ id: row.id as string, code: 'forbidden' });
  }
  const outcome = await asManyAsPossible(ctx, allowed, (inner, part) => action.work(inner, part, undoId));
  const { changed } = outcome;
  if (changed.length) {
    await rememberSet(ctx, { id: undoId, entity: entity.name, action: action.name });
    await rememberRows(ctx, undoId, changed);
  }
  return {
    done: changed.length + outcome.unchanged,
    changed: changed.length,
    failed: [...failed, ...outcome.failed],
  };
}

type Work = (inner: Context, rows: Row[], undoId: string) => Promise<ChunkOutcome>;
type PartWork = (inner: Context, rows: Row[]) => Promise<ChunkOutcome>;

/** Does the work for all rows at once; where one of them spoils it, for each half alone, so that only that one is left. */
async function asManyAsPossible(ctx: Context, rows: Row[], work: PartWork): Promise<ChunkOutcome> {
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

async function rememberSet(ctx: Context, { id, entity, action }: UndoSet): Promise<void> {
  await sql`insert into undo_set (id, at, actor_id, entity, action)
    values (${id}, ${ctx.now}, ${ctx.principal.userId}, ${entity}, ${action}) on conflict (id) do nothing`.execute(
    ctx.db,
  );
}

async function rememberRows(
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

/** A mass action that is to be taken back. */
export interface UndoSet {
  id: string;
  entity: string;
  action: string;
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
