import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';

export const responseQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
});

/** How soon a person answers the leads he was given. */
export interface Response {
  id: string;
  title: string | null;
  /** Leads of the period that are his. */
  leads: number;
  answered: number;
  /** Of those answered that had a limit: within it. */
  inTime: number;
  limited: number;
  /** Of the minutes to the answer, the one in the middle. */
  median: number | null;
  /** Taken from him because he did not answer. */
  missed: number;
}

const MOST = 200;

/** The answers to leads that came in within so many days, by owner, as far as the caller sees the leads. */
export async function responsesOf(
  ctx: Context,
  { days }: z.output<typeof responseQuery>,
): Promise<Response[]> {
  const policy = ctx.policies.for('lead');
  const needed = ['owner', 'receivedAt', 'respondedAt', 'respondBy', 'responseMinutes'];
  if (!policy.can('read') || !needed.every(policy.sees)) throw forbidden();
  const scope = scopeCondition(entityNamed(ctx.registry, 'lead'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<Omit<Response, 'title'>>`
    with seen as (
      select t.* from lead t where t.received_at > ${ctx.now}::timestamptz - make_interval(days => ${days})
        and t.deleted_at is null and ${scope}
    ), own as (
      select owner_id as id, count(*)::int as leads, count(responded_at)::int as answered,
        count(*) filter (where responded_at <= respond_by)::int as in_time,
        count(*) filter (where responded_at is not null and respond_by is not null)::int as limited,
        percentile_disc(0.5) within group (order by response_minutes) as median
      from seen where owner_id is not null group by 1
    ), missed as (
      select a.user_id as id, count(*)::int as missed from lead_assignment a join seen s on s.id = a.lead_id
      where a.missed group by 1
    )
    select coalesce(o.id, m.id) as id, coalesce(leads, 0) as leads, coalesce(answered, 0) as answered,
      coalesce(in_time, 0) as "inTime", coalesce(limited, 0) as limited, median, coalesce(missed, 0) as missed
    from own o full join missed m on m.id = o.id order by 2 desc, 1 limit ${MOST}`.execute(ctx.db);
  const titles = await titlesOf(ctx, new Map([['user', new Set(rows.map(({ id }) => id))]]));
  return rows.map((row) => ({ ...row, title: titles.get(row.id) ?? null }));
}
