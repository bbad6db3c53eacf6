import { sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';

/** How a person's or a customer's promises of a period stand, with the list behind each number. */
export interface KeepRate {
  id: string | null;
  title: string | null;
  kept: number;
  broken: number;
  /** Past their time, and nobody has said what became of them. */
  overdue: number;
  /** Kept of all that were due, in percent; null where none was. */
  rate: number | null;
  filters: { kept: Filter; due: Filter };
}

export const keepRateQuery = z.strictObject({
  by: z.enum(['owner', 'customer', 'all']).default('owner'),
  from: z.iso.date(),
  /** The last day. */
  to: z.iso.date(),
  owner: z.uuid().optional(),
});

const MOST = 200;

interface Counted {
  id: string | null;
  kept: number;
  broken: number;
  overdue: number;
}

/** Whether someone may know how promises were kept: a number tells of what it is counted by. */
export function mayRate(ctx: Context, ...by: readonly string[]): boolean {
  const policy = ctx.policies.for('promise');
  return policy.can('read') && ['status', 'dueAt', ...by].every(policy.sees);
}

/** The promises that were due in a period within the caller's sight, by who gave them or to whom. */
export async function keepRates(ctx: Context, query: z.output<typeof keepRateQuery>): Promise<KeepRate[]> {
  const policy = ctx.policies.for('promise');
  const by = [...(query.by === 'all' ? [] : [query.by]), ...(query.owner ? ['owner'] : [])];
  if (!mayRate(ctx, ...by)) throw forbidden();
  const scope = scopeCondition(entityNamed(ctx.registry, 'promise'), policy.scope('read'), ctx.principal);
  const begin = startOfDay(query.from, ctx.timeZone);
  const end = startOfDay(Temporal.PlainDate.from(query.to).add({ days: 1 }).toString(), ctx.timeZone);
  const group =
    query.by === 'all' ? sql`null::uuid` : query.by === 'owner' ? sql`t.owner_id` : sql`t.customer_id`;
  const { rows } = await sql<Counted>`select ${group} as id,
      count(*) filter (where t.status = 'kept')::int as kept,
      count(*) filter (where t.status = 'broken')::int as broken,
      count(*) filter (where t.status in ('open', 'renegotiated') and t.due_at <= ${ctx.now})::int as overdue
    from promise t where t.due_at > ${begin} and t.due_at <= ${end} and t.deleted_at is null and ${scope}
      ${query.owner ? sql`and t.owner_id = ${query.owner}` : sql``}
    group by 1 order by 4 desc, 3 desc, 2 desc limit ${MOST}`.execute(ctx.db);
  const wanted: Wanted = new Map();
  const type = query.by === 'owner' ? 'user' : 'customer';
  for (const { id } of rows) if (id) want(wanted, type, id);
  const titles = await titlesOf(ctx, wanted);
  return rows.map((row) => {
    const { id, kept, broken, overdue } = row;
    const due = kept + broken + overdue;
    return {
      ...row,
      title: id ? (titles.get(id) ?? null) : null,
      rate: due === 0 ? null : Math.round((100 * kept) / due),
      filters: filtersOf(query, id, begin, end, ctx.now),
    };
  });
}

function filtersOf(
  { by, owner }: z.output<typeof keepRateQuery>,
  id: string | null,
  begin: string,
  end: string,
  now: string,
): KeepRate['filters'] {
  const whose: Filter[] = [
    ...(id && by !== 'all' ? [{ field: by, op: 'eq', value: id } as const] : []),
    ...(owner ? [{ field: 'owner', op: 'eq', value: owner } as const] : []),
    { field: 'dueAt', op: 'gt', value: begin },
    { field: 'dueAt', op: 'lte', value: end },
  ];
  const is = (...status: string[]): Filter => ({ field: 'status', op: 'in', value: status });
  const late: Filter = {
    and: [is('open', 'renegotiated'), { field: 'dueAt', op: 'lte', value: now }],
  };
  return {
    kept: { and: [...whose, is('kept')] },
    due: { and: [...whose, { or: [is('kept', 'broken'), late] }] },
  };
}

export const keepRateRoute: Route = route({
  method: 'GET',
  path: '/promises/keep-rate',
  summary: 'How promises of a period were kept, by person or customer',
  tag: 'work',
  query: keepRateQuery,
  handle: async ({ ctx, query }) => ({ day: dayOf(ctx), items: await keepRates(ctx, query) }),
});
