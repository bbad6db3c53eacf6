import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { asSystem } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';

export type StopReason =
  | 'reply'
  | 'converted'
  | 'won'
  | 'lost'
  | 'stage'
  | 'optOut'
  | 'gone'
  | 'hand'
  | 'failed';

/** How long after its last step an answer is still one to it. */
const ANSWERS_UNTIL = '30 days';

/**
 * Why runs have to end, as things stand now; those that may go on are not among them. Asked right before every step, so that
 * nothing goes out after an answer, and again when something happens.
 */
export async function reasonsToStop(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { reason: StopReason; at: string | null }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; reason: StopReason | null; at: string | null }>`
    select r.id, a.at, case
        when q.target = 'lead' and l.status = 'converted' then 'converted'
        when q.target = 'lead' and l.status = 'disqualified' then 'lost'
        when o.status in ('won', 'lost') then o.status
        when a.at is not null and q.stop_on_reply then 'reply'
        when exists (select from care_preference p where p.off
          and p.record_id in (r.contact_id, r.customer_id, r.lead_id)) then 'optOut'
        when q.target = 'opportunity' and q.stop_on_stage and o.stage_id is distinct from r.from_stage_id then 'stage'
        when (q.target = 'lead' and (l.id is null or l.deleted_at is not null))
          or (q.target = 'opportunity' and (o.id is null or o.deleted_at is not null))
          or (r.customer_id is not null and (c.id is null or c.deleted_at is not null or coalesce(c.status, 'active') <> 'active'))
          or (r.contact_id is not null and (k.id is null or k.deleted_at is not null or k.left is true)) then 'gone'
      end as reason
    from sequence_run r join sequence q on q.id = r.sequence_id
      left join lead l on l.id = r.lead_id left join opportunity o on o.id = r.opportunity_id
      left join customer c on c.id = r.customer_id left join contact k on k.id = r.contact_id
      left join lateral (
        select min(heard.at) as at from (
          select f.occurred_at as at from activity f where f.customer_id = r.customer_id and f.from_customer
            and f.occurred_at >= r.created_at and f.deleted_at is null
            and (r.contact_id is null or f.contact_ids = '{}' or r.contact_id = any(f.contact_ids))
          union all select f.occurred_at from activity f where f.lead_id = r.lead_id and f.from_customer
            and f.occurred_at >= r.created_at and f.deleted_at is null
          union all select i.received_at from inquiry i where i.customer_id = r.customer_id
            and i.received_at > r.created_at and i.deleted_at is null
          union all select i.received_at from inquiry i where i.lead_id = r.lead_id
            and i.received_at > r.created_at and i.deleted_at is null) heard) a on true
    where r.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.flatMap(({ id, reason, at }) => (reason ? [[id, { reason, at }] as const] : [])));
}

/** Ends locked runs for a reason. */
export async function stopRuns(
  ctx: Context,
  rows: Row[],
  reason: StopReason,
  repliedAt: string | null = null,
): Promise<void> {
  if (rows.length === 0) return;
  const set = {
    status: 'stopped',
    stopReason: reason,
    nextAt: null,
    liveKey: null,
    endedAt: ctx.now,
    ...(repliedAt ? { repliedAt } : {}),
  };
  await decide(ctx, 'sequenceRun', rows, set, { action: 'sequenceStop' });
}

/** Looks whether these runs are over and ends them; of those that had finished an answer is noted. */
export async function endWhatIsOver(ctx: Context, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  return inTransaction(asSystem(ctx, 'sequence'), async (inner) => {
    const rows = await lockRows(inner, entityNamed(inner.registry, 'sequenceRun'), ids);
    const reasons = await reasonsToStop(
      inner,
      rows.map((row) => row.id as string),
    );
    let ended = 0;
    for (const row of rows) {
      const over = reasons.get(row.id as string);
      if (!over) continue;
      if (row.status === 'active' || row.status === 'paused') {
        await stopRuns(inner, [row], over.reason, over.at);
        ended += 1;
      } else if (row.status === 'finished' && over.at && !row.replied_at)
        await decide(inner, 'sequenceRun', [row], { repliedAt: over.at }, { action: 'sequenceReply' });
    }
    return ended;
  });
}

/** The runs something that happened may concern: those that go on, and those that ended lately. */
export async function runsAbout(
  ctx: Context,
  by: { column: 'lead_id' | 'customer_id' | 'contact_id' | 'opportunity_id'; ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from sequence_run
    where ${sql.ref(by.column)} = any(${[...by.ids]}::uuid[]) and deleted_at is null
      and (status in ('active', 'paused') or (status = 'finished' and ended_at > ${ctx.now}::timestamptz - ${ANSWERS_UNTIL}::interval))
    order by id limit 1000`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
