import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Route, route } from '../../../platform/http/route.ts';

/** How far the call-backs of a plan are, within the caller's sight. */
export interface PlanCounts {
  plan: string;
  open: number;
  /** Of the open ones those past their day. */
  late: number;
  done: number;
  skipped: number;
}

/** What has become of the call-backs of each plan, in one statement for all. */
export const planCountsRoute: Route = route({
  method: 'GET',
  path: '/call-back-plans/counts',
  summary: 'How many call-backs of each plan are open, late, done and skipped',
  tag: 'work',
  handle: async ({ ctx }) => ({ items: await planCounts(ctx) }),
});

async function planCounts(ctx: Context): Promise<PlanCounts[]> {
  const policy = ctx.policies.for('callBack');
  if (!policy.can('read') || !['plan', 'status', 'dueDate'].every(policy.sees)) return [];
  const scope = scopeCondition(entityNamed(ctx.registry, 'callBack'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<PlanCounts>`select t.plan_id as plan,
      count(*) filter (where t.status = 'open')::int as open,
      count(*) filter (where t.status = 'open' and t.due_date < ${dayOf(ctx)}::date)::int as late,
      count(*) filter (where t.status = 'done')::int as done,
      count(*) filter (where t.status = 'skipped')::int as skipped
    from call_back t where t.plan_id is not null and t.deleted_at is null and ${scope}
    group by t.plan_id`.execute(ctx.db);
  return rows;
}
