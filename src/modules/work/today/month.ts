import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { workdaysBetween } from '../../../platform/time/business-calendar.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import { keepRates, mayRate } from '../promise/keep-rate.ts';

/** A number of one's month, with the list behind it. */
interface Figure {
  name: string;
  value: number;
  /** Nothing to reckon a rate from. */
  none?: boolean;
  of?: { part: number; whole: number };
  entity: string;
  filter: Filter;
}

/** One's own month so far: promises kept, contacts, visits, new customers. */
export const monthRoute: Route = route({
  method: 'GET',
  path: '/today/month',
  summary: 'One’s own month so far, each number with its list',
  tag: 'today',
  handle: async ({ ctx }) => {
    const today = Temporal.PlainDate.from(dayOf(ctx));
    const first = today.with({ day: 1 }).toString();
    const last = today.with({ day: today.daysInMonth }).toString();
    return {
      month: today.month,
      workdaysLeft: workdaysBetween(ctx.businessDays, today.toString(), last),
      figures: await figures(ctx, first, last),
    };
  },
});

async function figures(ctx: Context, first: string, last: string): Promise<Figure[]> {
  const me = ctx.principal.userId;
  if (!me) return [];
  const mine: Filter = { field: 'owner', op: 'eq', value: me };
  const since = startOfDay(first, ctx.timeZone);
  const counted = async (
    entity: string,
    field: string,
    more: Filter[],
    where: RawBuilder<unknown>,
    name: string,
  ) => {
    const policy = ctx.policies.for(entity);
    const by = ['owner', field, ...more.map((term) => ('field' in term ? term.field : 'id'))];
    if (!policy.can('read') || !by.every(policy.sees)) return [];
    const type = entityNamed(ctx.registry, entity);
    const column = sql.ref(`t.${type.fields[field]?.column}`);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from (select 1 from ${sql.table(type.table)} t
      where t.owner_id = ${me} and ${column} >= ${since} and t.deleted_at is null and ${where}
        and ${scopeCondition(type, policy.scope('read'), ctx.principal)} limit 10000) c`.execute(ctx.db);
    const filter: Filter = { and: [mine, { field, op: 'gte', value: since }, ...more] };
    return [{ name, value: rows[0]?.n ?? 0, entity, filter }];
  };
  const parts = await Promise.all([
    promised(ctx, me, first, last),
    counted('activity', 'occurredAt', [], sql`true`, 'contacts'),
    counted(
      'visit',
      'doneAt',
      [{ field: 'status', op: 'in', value: ['done'] }],
      sql`t.status = 'done'`,
      'visits',
    ),
    counted('customer', 'createdAt', [], sql`true`, 'customers'),
  ]);
  return parts.flat();
}

async function promised(ctx: Context, owner: string, from: string, to: string): Promise<Figure[]> {
  if (!mayRate(ctx, 'owner')) return [];
  const [mine] = await keepRates(ctx, { by: 'owner', from, to, owner });
  const whole = mine ? mine.kept + mine.broken + mine.overdue : 0;
  return [
    {
      name: 'keepRate',
      value: mine?.rate ?? 0,
      none: whole === 0,
      of: { part: mine?.kept ?? 0, whole },
      entity: 'promise',
      filter: mine?.filters.due ?? { field: 'owner', op: 'eq', value: owner },
    },
  ];
}
