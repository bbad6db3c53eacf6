import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';

/**
 * Takes all open rows a batch is meant for into it. Two batches that reach for the same row: it is the first one's, and the other
 * goes on without it, for the row is looked at again once it is free. Those whose sum is below nothing stay for the next.
 */
export async function fillBatch(ctx: Context, batch: Row): Promise<void> {
  const id = batch.id as string;
  const people = (batch.people_ids as string[] | null) ?? [];
  const departments = (batch.department_ids as string[] | null) ?? [];
  const everybody = people.length + departments.length === 0;
  await sql`update commission_row r set batch_id = ${id}, status = 'inBatch'
    where r.status = 'open' and r.batch_id is null and r.deleted_at is null and r.day <= ${batch.until as string}::date
      and (${everybody} or r.owner_id = any(${people}::uuid[]) or r.department_id in (
        with recursive below as (select unnest(${departments}::uuid[]) as id
          union select d.id from department d join below b on d.parent_id = b.id) select id from below))`.execute(
    ctx.db,
  );
  if (batch.with_negative !== true)
    await sql`update commission_row set batch_id = null, status = 'open' where batch_id = ${id} and owner_id in (
      select owner_id from commission_row where batch_id = ${id} and deleted_at is null group by owner_id having sum(amount) < 0)`.execute(
      ctx.db,
    );
}

/** Lets rows of a batch go again. */
export async function freeRows(ctx: Context, batch: string, rows?: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`update commission_row set batch_id = null, status = 'open'
    where batch_id = ${batch} and status = 'inBatch' and (${rows === undefined} or id = any(${[...(rows ?? [])]}::uuid[]))`.execute(
    ctx.db,
  );
  return Number(numAffectedRows ?? 0);
}

/** What a new batch comes to is part of its beginning, and no change of it. */
export async function beginSums(ctx: Context, batch: string): Promise<void> {
  await sql`update commission_batch b set total = s.sum, total_currency = ${ctx.currency}, total_base = s.sum, total_rate = 1,
      people_count = s.people, row_count = s.rows
    from (select round(coalesce(sum(amount), 0), ${minorUnits(ctx.currency)}) as sum, count(distinct owner_id) as people, count(*) as rows
      from commission_row where batch_id = ${batch} and deleted_at is null) s where b.id = ${batch}`.execute(
    ctx.db,
  );
}

/** Writes onto a batch what its rows come to, and whatever else a step sets of it. */
export async function settleBatch(
  ctx: Context,
  batch: Row,
  set: Record<string, unknown>,
  options: { action: string; holder?: string },
): Promise<void> {
  const { rows } = await sql<{ sum: string; people: number; rows: number }>`
    select coalesce(sum(amount), 0)::text as sum, count(distinct owner_id)::int as people, count(*)::int as rows
    from commission_row where batch_id = ${batch.id} and deleted_at is null`.execute(ctx.db);
  const { sum, people, rows: count } = rows[0] as (typeof rows)[number];
  const total = { amount: roundMoney(sum, ctx.currency), currency: ctx.currency };
  const system = asSystem(ctx, options.action);
  await decide(
    system,
    'commissionBatch',
    [batch],
    { ...set, total, peopleCount: people, rowCount: count },
    options,
  );
}
