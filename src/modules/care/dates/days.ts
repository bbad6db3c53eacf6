import { sql } from 'kysely';
import { unveiled } from '../../../platform/access/pool.ts';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { lunarOf } from '../../../platform/time/birthday.shared.ts';
import { formatBirthday } from '../../../platform/time/birthday-words.shared.ts';
import { isWorkday } from '../../../platform/time/business-calendar.ts';
import { festivalsOn } from './festivals.shared.ts';

const AHEAD = 30;

/** The next thirty days as they are cared for: lunar date, festivals, open items and birthdays within sight. */
async function daysAhead(ctx: Context) {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const days = Array.from({ length: AHEAD }, (_, at) => today.add({ days: at }).toString());
  const last = days.at(-1) as string;
  const [items, birthdays] = await Promise.all([
    perDay(ctx, 'careItem', 'occasionOn', sql`t.occasion_on`, sql`t.status = 'open'`, last),
    perDay(ctx, 'contact', 'nextBirthday', sql`f.next_birthday`, sql`t.left is distinct from true`, last),
  ]);
  return days.map((date) => ({
    date,
    lunar: formatBirthday({ ...lunarOf(date), year: null }, ctx.principal.language).replace(
      /^(农历|lunar )/,
      '',
    ),
    festivals: festivalsOn(date),
    workday: isWorkday(ctx.businessDays, date),
    items: items.get(date) ?? 0,
    birthdays: birthdays.get(date) ?? 0,
  }));
}

type Sql = ReturnType<typeof sql>;

/** How many fall on each day; of people in a pool whose days are masked none, or counting would tell them. */
async function perDay(
  ctx: Context,
  type: string,
  field: string,
  day: Sql,
  condition: Sql,
  last: string,
): Promise<Map<string, number>> {
  const policy = ctx.policies.for(type);
  if (!policy.can('read') || !policy.sees(field)) return new Map();
  const entity = entityNamed(ctx.registry, type);
  const facts = type === 'contact' ? sql`join contact_fact f on f.id = t.id` : sql``;
  const { rows } = await sql<{ day: string; n: number }>`select ${day}::text as day, count(*)::int as n
    from ${sql.table(entity.table)} t ${facts} where t.deleted_at is null and ${condition}
      and ${day} between ${dayOf(ctx)}::date and ${last}::date
      and ${scopeCondition(entity, policy.scope('read'), ctx.principal)} and ${unveiled(policy.veiled)} group by 1`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.day, row.n]));
}

export const dayRoutes = (): Route[] => [
  route({
    method: 'GET',
    path: '/care/days',
    summary: 'The next thirty days: lunar dates, festivals, open items, birthdays',
    tag: 'care',
    handle: async ({ ctx }) => ({ items: await daysAhead(ctx) }),
  }),
];
