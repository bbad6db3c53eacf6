import { sql } from 'kysely';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { withCostLimit } from '../../../platform/db/cost-limit.ts';
import { selectionOf } from '../../../platform/entity/list.ts';
import { allOf } from '../../../platform/entity/sort.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import type { Segment } from './read.ts';

/** Up to so many members are found while one waits; more are found by a job. */
const AT_ONCE = 10_000;
export const FILL_JOB = 'segment.fill';

/** Records a definition selects within what the caller may read. */
async function selected(ctx: Context, segment: Pick<Segment, 'entity' | 'definition'>) {
  const { entity, conditions } = await selectionOf(ctx, segment.entity, { filter: segment.definition });
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  const where: Condition[] = [...conditions, scope];
  return sql`${sql.table(entity.table)} t where ${allOf(where)}`;
}

/** How many there are, exactly. */
export async function countExactly(
  ctx: Context,
  segment: Pick<Segment, 'entity' | 'definition'>,
): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from ${await selected(ctx, segment)}`.execute(ctx.db);
  return rows[0]?.n ?? 0;
}

/**
 * Takes down who is in a frozen segment from now on; many by a job. Until that is done those of before stand.
 * @returns the job, where one is needed
 */
export async function freeze(ctx: Context, segment: Segment): Promise<string | null> {
  const from = await selected(ctx, segment);
  const many = await withCostLimit(ctx.db, (db) =>
    sql<{ n: number }>`select count(*)::int as n from (select 1 from ${from} limit ${AT_ONCE + 1}) c`.execute(
      db,
    ),
  );
  if ((many.rows[0]?.n ?? 0) > AT_ONCE)
    return addJob(ctx, FILL_JOB, { id: segment.id }, { key: segment.id, entity: 'segment' });
  await fillMembers(ctx, segment);
  return null;
}

/** Replaces the members by those of now; all or nothing. */
export async function fillMembers(ctx: Context, segment: Segment): Promise<number> {
  return inTransaction(ctx, async (inner) => {
    const { db } = inner;
    const from = await selected(inner, segment);
    await sql`delete from segment_member where segment_id = ${segment.id}`.execute(db);
    const { numAffectedRows } = await sql`insert into segment_member (segment_id, record_id)
      select ${segment.id}, t.id from ${from}`.execute(db);
    const count = Number(numAffectedRows ?? 0);
    // What is found out about a record is no change of it: its version stays.
    await sql`update segment set member_count = ${count}, refreshed_at = ${inner.now} where id = ${segment.id}`.execute(
      db,
    );
    return count;
  });
}

/** Forgets the members of a segment that is live again. */
export async function thaw(ctx: Context, id: string): Promise<void> {
  await sql`delete from segment_member where segment_id = ${id}`.execute(ctx.db);
  await sql`update segment set member_count = null, refreshed_at = null where id = ${id}`.execute(ctx.db);
}
