import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import { takeApprovals } from '../approvals/move.ts';
import { writeAudit } from '../audit/audit.ts';
import { takeComments } from '../comments/move.ts';
import { asSystem, type Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Row } from '../entity/behaviour.ts';
import { setDeleted } from '../entity/bin.ts';
import { fromColumns } from '../entity/columns.ts';
import { changeRows, lockRows } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { type FieldProblem, forbidden, invalid, notFound, problem } from '../errors/problem.ts';
import { emit } from '../events/events.ts';
import { requireUnheld } from './held.ts';
import { moveReferences } from './move.ts';
import { type MergedField, mergedValues } from './values.ts';

export const MOST = 10;

export interface MergeInput {
  ids: readonly string[];
  /** The record that remains. */
  into: string;
  /** By field, the record whose value is kept; what is not named follows the rules of `mergedValues`. */
  values?: Readonly<Record<string, string>> | undefined;
}

export interface MergeResult {
  mergeId: string;
  id: string;
  /** The records that have become part of it. */
  merged: string[];
  /** References that lead to it now. */
  moved: number;
}

/**
 * Makes one record of several: the survivor takes the chosen values, everything that referred to the others refers to it, and
 * they go to the recycle bin, from where only taking the merge back returns them. All or nothing.
 */
export async function mergeRecords(ctx: Context, entity: Entity, input: MergeInput): Promise<MergeResult> {
  const ids = [...new Set([...input.ids, input.into])].sort();
  checkInput(entity, ids, input);
  return inTransaction(ctx, async (inner) => {
    const rows = await rowsToMerge(inner, entity, ids);
    await requireUnheld(inner, entity, ids);
    const survivor = rows.find((row) => row.id === input.into) as Row;
    const losers = rows.filter((row) => row !== survivor);
    const sources = losers.map((row) => row.id as string);
    const fields = mergedValues(entity, [survivor, ...losers], input.values);
    checkChosen(inner, entity, survivor, fields, input.values ?? {});
    const mergeId = uuidv7();
    const acting = asSystem(inner, 'merge');
    await sql`insert into record_merge (id, entity, into_id, sources, at, actor_id)
      values (${mergeId}, ${entity.name}, ${survivor.id}, ${sources}::uuid[], ${inner.now}, ${inner.principal.userId})`.execute(
      inner.db,
    );
    await moveReferences(acting, entity, survivor, sources, mergeId);
    await inner.behaviours.get(entity.name)?.beforeDelete?.(acting, losers);
    await setDeleted(acting, entity, losers, true, 'merge');
    await sql`insert into record_alias (id, entity, into_id, merge_id)
      select id, ${entity.name}, ${survivor.id}, ${mergeId} from unnest(${sources}::uuid[]) as s(id)`.execute(
      inner.db,
    );
    await giveValues(acting, entity, survivor, fields, input.values ?? {}, mergeId);
    await takeShares(acting, entity, survivor.id as string, sources, mergeId);
    await takeMarks(acting, survivor.id as string, sources, mergeId);
    await takeComments(acting, entity, survivor.id as string, sources);
    await takeApprovals(acting, entity, survivor.id as string, sources);
    await emit(inner, {
      name: `${entity.name}.merged`,
      entity: entity.name,
      recordIds: [survivor.id as string],
      payload: { merge: mergeId, from: sources },
    });
    const { rows: counted } = await sql<{
      n: number;
    }>`select count(*) as n from merge_move where merge_id = ${mergeId}`.execute(inner.db);
    return { mergeId, id: survivor.id as string, merged: sources, moved: Number(counted[0]?.n ?? 0) };
  });
}

function checkInput(entity: Entity, ids: readonly string[], { values = {} }: MergeInput): void {
  if (entity.unmergeable) throw problem('not_mergeable', { status: 422 });
  if (ids.length < 2 || ids.length > MOST)
    throw invalid([{ path: 'ids', code: 'merge_count', params: { most: MOST } }]);
  const problems = Object.entries(values).flatMap(([name, id]): FieldProblem[] => {
    if (!entity.fields[name]) return [{ path: `values.${name}`, code: 'unknown_field' }];
    return ids.includes(id) ? [] : [{ path: `values.${name}`, code: 'merge_source' }];
  });
  if (problems.length) throw invalid(problems);
}

/**
 * The rows, locked. What the caller does not see and what does not exist is refused alike; whoever sees a record but may not
 * change and delete it, or sees personal data of it masked, is told so: merging would read it.
 */
export async function rowsToMerge(ctx: Context, entity: Entity, ids: readonly string[]): Promise<Row[]> {
  const policy = ctx.policies.for(entity.name);
  if (!policy.can('read')) throw forbidden();
  const rows = await lockRows(ctx, entity, ids);
  if (rows.length < ids.length) throw notFound(entity.name);
  const allowed = (row: Row) =>
    rowInScope(policy.scope('update'), row, true) &&
    rowInScope(policy.scope('delete'), row) &&
    !policy.veils(row);
  if (!rows.every(allowed)) throw forbidden('merge_forbidden');
  return rows;
}

/** What one may not write one may not choose either; to give a record to someone else is a right of its own. */
function checkChosen(
  ctx: Context,
  entity: Entity,
  survivor: Row,
  fields: readonly MergedField[],
  chosen: Readonly<Record<string, string>>,
): void {
  const policy = ctx.policies.for(entity.name);
  const problems = Object.keys(chosen).flatMap((name): FieldProblem[] => {
    const merged = fields.find(({ field }) => field.name === name);
    const path = `values.${name}`;
    if (policy.right(name) === 'hidden') return [{ path, code: 'unknown_field' }];
    if (!merged || policy.right(name) !== 'write') return [{ path, code: 'field_not_writable' }];
    const gives = name === 'owner' && merged.value !== survivor.owner_id;
    return gives && !rowInScope(policy.scope('transfer'), survivor)
      ? [{ path, code: 'transfer_forbidden' }]
      : [];
  });
  if (problems.length) throw invalid(problems);
}

/** Writes the survivor. A value nobody chose and that no longer holds (a retired option, say) is left out. */
async function giveValues(
  ctx: Context,
  entity: Entity,
  survivor: Row,
  fields: readonly MergedField[],
  chosen: Readonly<Record<string, string>>,
  mergeId: string,
): Promise<void> {
  const owned = 'owner' in chosen;
  let values = Object.fromEntries(
    fields
      .filter(({ field }) => field.name !== 'department' || 'department' in chosen)
      .filter(({ field }) => field.name !== 'owner' || owned)
      .map(({ field, value }) => [field.name, value]),
  );
  const work = () => changeRows(ctx, entity, [{ row: survivor, values }], { action: 'merge' });
  let outcome = await work();
  const problems = outcome.drafts[0]?.problems ?? [];
  if (problems.length) {
    const bad = new Set(problems.map(({ path }) => path.split('.')[0] as string));
    if ([...bad].some((name) => name in chosen || !(name in values))) throw invalid(problems);
    values = Object.fromEntries(Object.entries(values).filter(([name]) => !bad.has(name)));
    outcome = await work();
    if (outcome.drafts[0]?.problems.length) throw invalid(outcome.drafts[0].problems);
  }
  const after = outcome.stored[0]?.row;
  if (!after)
    await writeAudit(ctx, { action: 'merge', entity: entity.name, recordId: survivor.id as string });
  const given = Object.fromEntries(
    Object.keys(values).flatMap((name) => {
      const field = entity.fields[name];
      if (!field || !after) return [];
      const change = { before: fromColumns(field, survivor), after: fromColumns(field, after) };
      return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [[name, change]];
    }),
  );
  await sql`update record_merge set given = ${JSON.stringify(given)}::jsonb where id = ${mergeId}`.execute(
    ctx.db,
  );
}

/** With whom a merged record was shared sees the survivor, as long as before. */
async function takeShares(
  ctx: Context,
  entity: Entity,
  into: string,
  sources: readonly string[],
  mergeId: string,
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into record_share (id, entity, record_id, user_id, department_id, access, expires_at, created_at, created_by)
    select distinct on (coalesce(user_id, department_id)) uuidv7(), entity, ${into}, user_id, department_id, access, expires_at,
      created_at, created_by
    from record_share where entity = ${entity.name} and record_id = any(${sources}::uuid[]) and source_id is null
      and (expires_at is null or expires_at > now())
    order by coalesce(user_id, department_id), access desc, expires_at desc nulls first
    on conflict do nothing returning id`.execute(ctx.db);
  if (rows.length)
    await sql`update record_merge set shares = ${rows.map(({ id }) => id)}::uuid[] where id = ${mergeId}`.execute(
      ctx.db,
    );
}

/** An import run again knows its rows by marks: they lead to the survivor, so that no merged record comes anew. */
async function takeMarks(
  ctx: Context,
  into: string,
  sources: readonly string[],
  mergeId: string,
): Promise<void> {
  const { rows } = await sql<{ key: string; record_id: string }>`
    with marks as (
      delete from duplicate_key where kind = 'row' and record_id = any(${sources}::uuid[]) returning key, record_id, entity
    ), moved as (
      insert into duplicate_key (key, record_id, entity, kind) select distinct key, ${into}::uuid, entity, 'row' from marks
      on conflict do nothing
    )
    select key::text, record_id from marks`.execute(ctx.db);
  if (rows.length)
    await sql`update record_merge set marks = ${JSON.stringify(rows)}::jsonb where id = ${mergeId}`.execute(
      ctx.db,
    );
}
