import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import { returnApprovals } from '../approvals/move.ts';
import { returnComments } from '../comments/move.ts';
import { asSystem, type Context } from '../context/context.ts';
import { attempt, inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import { lockRows, restoreRows } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, notFound, ProblemError, problem } from '../errors/problem.ts';
import { emit } from '../events/events.ts';
import { requireUnheld } from './held.ts';
import { moveBack } from './move-back.ts';
import { revertValues } from './revert.ts';

export const UNDO_DAYS = 30;

export interface MergeRecord {
  id: string;
  entity: string;
  into_id: string;
  sources: string[];
  at: string;
  actor_id: string | null;
  given: Record<string, { before: unknown; after: unknown }>;
  shares: string[];
  marks: { key: string; record_id: string }[];
  undone_at: string | null;
}

/** What could not become as it was, because people have changed it since. */
export interface Conflict {
  entity: string;
  id: string;
  field: string;
  /** `changed`: stays as it was changed; `erased`: is gone for good; `taken`: another record bears the value now. */
  code: 'changed' | 'erased' | 'taken';
}

export interface UndoResult {
  id: string;
  restored: string[];
  /** References that lead back. */
  moved: number;
  conflicts: Conflict[];
}

/**
 * Takes a merge back: the merged records return with their values and all that led to them; what was changed or added since
 * stays with the survivor, and what therefore cannot return is listed.
 */
export async function undoMerge(ctx: Context, mergeId: string): Promise<UndoResult> {
  return inTransaction(ctx, async (inner) => {
    const merge = await mergeFor(inner, mergeId, { lock: true });
    const entity = entityNamed(inner.registry, merge.entity);
    const acting = asSystem(
      { ...inner, principal: { ...inner.principal, cause: { kind: 'undo', id: mergeId } } },
      'merge_undo',
    );
    // In order of id over both, so that two who undo do not wait for each other.
    const [survivor] = await lockRows(acting, entity, [merge.into_id]);
    if (!survivor) throw problem('merge_survivor_gone', { status: 409 });
    await requireRights(inner, entity, merge);
    await requireUnheld(inner, entity, [merge.into_id], 'merge_undo_held');
    const losers = await lockRows(acting, entity, merge.sources, { deleted: true });
    const conflicts: Conflict[] = merge.sources
      .filter((id) => !losers.some((row) => row.id === id))
      .map((id) => ({ entity: entity.name, id, field: '', code: 'erased' }));
    // The survivor first gives up what only one may bear; what it named of the others waits until they are there.
    conflicts.push(
      ...(await revertValues(acting, entity, survivor, merge.given, (field) => field.to !== entity.name)),
    );
    await sql`delete from record_alias where merge_id = ${mergeId}`.execute(inner.db);
    for (const row of losers) conflicts.push(...(await bringBack(acting, entity, row)));
    const [reverted] = await lockRows(acting, entity, [merge.into_id]);
    if (Object.keys(merge.given).some((name) => entity.fields[name]?.to === entity.name))
      conflicts.push(
        ...(await revertValues(
          acting,
          entity,
          reverted as Row,
          merge.given,
          (field) => field.to === entity.name,
        )),
      );
    const back = await moveBack(acting, merge, losers);
    await returnShares(acting, merge);
    await returnComments(acting, entity, merge.into_id, merge.sources);
    await returnApprovals(acting, entity, merge.into_id, merge.sources);
    await sql`update record_merge set undone_at = ${inner.now}, undone_by = ${inner.principal.userId} where id = ${mergeId}`.execute(
      inner.db,
    );
    const restored = losers.map((row) => row.id as string);
    await emit(inner, {
      name: `${entity.name}.unmerged`,
      entity: entity.name,
      recordIds: [merge.into_id, ...restored],
      payload: { merge: mergeId },
    });
    return { id: merge.into_id, restored, moved: back.moved, conflicts: [...conflicts, ...back.conflicts] };
  });
}

/** A merge that can still be taken back. What the caller has no right to know of does not exist. */
export async function mergeFor(
  ctx: Context,
  mergeId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<MergeRecord> {
  const { rows } =
    await sql<MergeRecord>`select * from record_merge where id = ${mergeId} ${lock ? sql`for update` : sql``}`.execute(
      ctx.db,
    );
  const merge = rows[0];
  if (!merge || !ctx.registry.byName.has(merge.entity) || !(await sees(ctx, merge))) throw notFound('merge');
  if (merge.undone_at) throw problem('merge_undone', { status: 409 });
  const { rows: again } = await sql`select 1 from record_alias where id = ${merge.into_id}`.execute(ctx.db);
  if (again.length) throw problem('merged_again', { status: 409 });
  const until = Temporal.Instant.from(merge.at).add({ hours: 24 * UNDO_DAYS });
  if (Temporal.Instant.compare(Temporal.Instant.from(ctx.now), until) > 0)
    throw problem('merge_too_old', { status: 409, params: { days: UNDO_DAYS } });
  return merge;
}

async function sees(ctx: Context, merge: MergeRecord): Promise<boolean> {
  if (merge.actor_id !== null && merge.actor_id === ctx.principal.userId) return true;
  const entity = entityNamed(ctx.registry, merge.entity);
  return (await lockRows(ctx, entity, [merge.into_id])).length > 0 || ctx.policies.administrator;
}

/** Whoever may change and delete the survivor and the records that return. */
async function requireRights(ctx: Context, entity: Entity, merge: MergeRecord): Promise<void> {
  const policy = ctx.policies.for(entity.name);
  const [row] = await lockRows(ctx, entity, [merge.into_id]);
  const rows = [...(row ? [row] : []), ...(await lockRows(ctx, entity, merge.sources, { deleted: true }))];
  const may = (each: Row) =>
    rowInScope(policy.scope('update'), each, true) && rowInScope(policy.scope('delete'), each);
  if (!row || !rows.every(may)) throw forbidden('merge_forbidden');
}

/** Restores one record; a value that may stand only once and has been taken meanwhile is left out and named. */
async function bringBack(ctx: Context, entity: Entity, row: Row): Promise<Conflict[]> {
  try {
    await attempt(ctx, () => restoreRows(ctx, entity, [row], 'unmerge'));
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'not_unique') throw error;
    const taken = error.errors.map(({ path }) => path);
    const fields = taken.flatMap((name) => entity.fields[name] ?? []);
    if (fields.length === 0 || fields.some((field) => field.required)) throw error;
    const columns = fields.map((field) => field.column);
    await sql`update ${sql.table(entity.table)} set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = null`))}
      where id = ${row.id}`.execute(ctx.db);
    await restoreRows(ctx, entity, [row], 'unmerge');
    return taken.map((field) => ({ entity: entity.name, id: row.id as string, field, code: 'taken' }));
  }
}

async function returnShares(ctx: Context, merge: MergeRecord): Promise<void> {
  await sql`delete from record_share where id = any(${merge.shares}::uuid[])`.execute(ctx.db);
  for (const { key, record_id } of merge.marks)
    await sql`with gone as (delete from duplicate_key where key = ${key} and record_id = ${merge.into_id} and kind = 'row')
      insert into duplicate_key (key, record_id, entity, kind) values (${key}, ${record_id}, ${merge.entity}, 'row')
      on conflict do nothing`.execute(ctx.db);
}
