import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titleOf } from '../../../platform/entity/wire.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import { MODELS, type ModelCode } from '../model/definition.shared.ts';
import { factOf, modelNamed } from '../model/store.ts';

export const periodInput = z.strictObject({ since: z.iso.date(), until: z.iso.date() });
export const movedInput = periodInput.extend({
  from: z.string().max(30).optional(),
  to: z.string().max(30),
});
export const modelParams = z.strictObject({ code: z.enum(MODELS) });

type Period = z.output<typeof periodInput>;

function seen(ctx: Context, code: ModelCode) {
  const policy = ctx.policies.for('customer');
  if (!policy.can('read') || !policy.sees(factOf(code))) throw forbidden();
  return scopeCondition(entityNamed(ctx.registry, 'customer'), policy.scope('read'), ctx.principal);
}

/** Days of the company, both included. */
function within(ctx: Context, { since, until }: Period) {
  const after = Temporal.PlainDate.from(until).add({ days: 1 }).toString();
  return sql`c.at >= ${startOfDay(since, ctx.timeZone)}::timestamptz and c.at < ${startOfDay(after, ctx.timeZone)}::timestamptz`;
}

/** How many customers stand in each stage and how long, and how many moved from where to where in a period. */
export async function funnelOf(ctx: Context, code: ModelCode, period: Period) {
  const scope = seen(ctx, code);
  const model = await modelNamed(ctx, code);
  const [standing, moved] = await Promise.all([
    sql<{ stage: string; count: number; days: number }>`select s.stage, count(*)::int as count,
        round(avg(extract(epoch from ${ctx.now}::timestamptz - s.since) / 86400))::int as days
      from customer_stage s join customer t on t.id = s.customer_id
      where s.model = ${code} and t.deleted_at is null and ${scope} group by 1`.execute(ctx.db),
    sql<{ from: string | null; to: string; count: number }>`select c.from_stage as "from", c.to_stage as "to",
        count(distinct c.customer_id)::int as count
      from stage_change c join customer t on t.id = c.customer_id
      where c.model = ${code} and ${within(ctx, period)} and c.from_stage is distinct from c.to_stage
        and t.deleted_at is null and ${scope} group by 1, 2 order by 1, 2`.execute(ctx.db),
  ]);
  return {
    stages: model.definition.stages.map(({ value, label, color }) => {
      const row = standing.rows.find(({ stage }) => stage === value);
      return { value, label, color: color ?? null, count: row?.count ?? 0, days: row?.days ?? null };
    }),
    moves: moved.rows,
  };
}

const MOST = 200;

/** The customers behind a number of the funnel, the latest first. */
export async function movedCustomers(ctx: Context, code: ModelCode, input: z.output<typeof movedInput>) {
  const scope = seen(ctx, code);
  const policy = ctx.policies.for('customer');
  const { rows } = await sql<{ id: string; name: string; at: string; evidence: string | null }>`
    select t.id, t.name, max(c.at) as at, (array_agg(c.evidence order by c.at desc))[1] as evidence
    from stage_change c join customer t on t.id = c.customer_id
    where c.model = ${code} and ${within(ctx, input)} and c.from_stage is not distinct from ${input.from ?? null}::text
      and c.to_stage = ${input.to} and t.deleted_at is null and ${scope}
    group by t.id, t.name order by 3 desc limit ${MOST}`.execute(ctx.db);
  return {
    items: rows.map((row) => ({
      id: row.id,
      title: titleOf(policy, row as unknown as Record<string, unknown>),
      at: row.at,
      evidence: row.evidence,
    })),
  };
}
