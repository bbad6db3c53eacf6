import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { measured } from '../hospitality/budget.ts';
import { readRules } from '../hospitality/rules.ts';
import { type ClosenessLimits, closeness, type Spending } from './rule.ts';

const MONTHS = 6;
const PAGE = 500;

/** Every night, once the day's spending is in. */
export const closenessJob = defineJob({
  name: 'care.closeness',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, run) {
    return watchCloseness(await systemContext(services, { kind: 'job', id: run.job.id }));
  },
});

interface Spent {
  customer: string;
  person: string;
  own: string;
  now: string;
  before: string;
}

/** Looks at everybody's spending of the last half-year, and warns those above him, once while it lasts. */
export async function watchCloseness(ctx: Context): Promise<{ warned: number }> {
  const { closeness: limits } = await readRules(ctx);
  let warned = 0;
  const seen: string[] = [];
  for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after; ) {
    const spent: Spent[] = await spentAfter(ctx, limits, after);
    for (const warning of await warningsIn(ctx, spent, limits)) {
      seen.push(`${warning.spent.customer}:${warning.spent.person}`);
      if (await warn(ctx, warning)) warned++;
    }
    const customers: string[] = [...new Set(spent.map(({ customer }) => customer))];
    after = customers.length < PAGE ? null : (customers.at(-1) ?? null);
  }
  // What has come right may be warned of again another time.
  await sql`delete from care_closeness where not (customer_id || ':' || user_id = any(${seen}::text[]))`.execute(
    ctx.db,
  );
  return { warned };
}

interface Warning {
  spent: Spent;
  reasons: NonNullable<ReturnType<typeof closeness>>;
}

/** The spending of some customers by person, in order of customer. */
async function spentAfter(ctx: Context, limits: ClosenessLimits, after: string): Promise<Spent[]> {
  const today = dayOf(ctx);
  const { rows } = await sql<Spent>`with spent as (
      select customer_id, spent_by_id, amount_base, date > ${today}::date - ${`${MONTHS} months`}::interval as recent
      from hospitality where customer_id > ${after}::uuid and deleted_at is null
        and status in ('approved', 'paid') and date <= ${today}::date
        and date > ${today}::date - ${`${2 * MONTHS} months`}::interval),
    total as (select customer_id, coalesce(sum(amount_base) filter (where recent), 0) as now,
        coalesce(sum(amount_base) filter (where not recent), 0) as before
      from spent group by 1 having coalesce(sum(amount_base) filter (where recent), 0) >= ${limits.minSpend}::numeric
      order by 1 limit ${PAGE})
    select t.customer_id as customer, s.spent_by_id as person, sum(s.amount_base)::text as own,
      t.now::text as now, t.before::text as before
    from total t join spent s on s.customer_id = t.customer_id and s.recent
    where s.spent_by_id is not null group by 1, 2, t.now, t.before order by 1, 2`.execute(ctx.db);
  return rows;
}

async function warningsIn(
  ctx: Context,
  spent: readonly Spent[],
  limits: ClosenessLimits,
): Promise<Warning[]> {
  if (spent.length === 0) return [];
  const ids = [...new Set(spent.map(({ customer }) => customer))];
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const half = (back: number) => ({
    from: today.subtract({ months: back }).add({ days: 1 }).toString(),
    to: today.subtract({ months: back - MONTHS }).toString(),
  });
  const periods = [half(2 * MONTHS), half(MONTHS)];
  const sales = await measured(ctx, 'sales', ids, periods);
  const margin = await measured(ctx, 'margin', ids, periods);
  return spent.flatMap((each) => {
    const reasons = closeness(
      {
        spend: [each.before, each.now],
        person: each.own,
        sales: (sales?.get(each.customer) ?? null) as Spending['sales'],
        margin: (margin?.get(each.customer) ?? null) as Spending['margin'],
      },
      limits,
    );
    return reasons ? [{ spent: each, reasons }] : [];
  });
}

/** Keeps a warning; the first time those above the person are told. He himself is not. */
function warn(ctx: Context, { spent, reasons }: Warning): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{
      fresh: boolean;
      since: string;
    }>`insert into care_closeness (customer_id, user_id, since, reasons)
      values (${spent.customer}, ${spent.person}, ${dayOf(ctx)}::date, ${JSON.stringify(reasons)}::jsonb)
      on conflict (customer_id, user_id) do update set reasons = excluded.reasons
      returning (xmax = 0) as fresh, since::text`.execute(inner.db);
    if (!rows[0]?.fresh) return false;
    const above = await inner.approvals.directory.managersAbove(inner, spent.person);
    const to = above.length ? [above[0] as string] : await inner.approvals.directory.administrators(inner);
    const { rows: who } = await sql<{
      name: string;
    }>`select name from "user" where id = ${spent.person}`.execute(inner.db);
    await notify(inner, [
      {
        to: to.filter((id) => id !== spent.person),
        kind: 'care.closeness',
        record: { entity: 'customer', id: spent.customer },
        params: {
          person: who[0]?.name ?? '',
          amount: formatMoney({ amount: reasons.spend, currency: ctx.currency }),
          reason: { text: `care.close.${reasons.business}` },
        },
        key: `care.closeness:${spent.customer}:${spent.person}:${rows[0].since}`,
      },
    ]);
    return true;
  });
}

export interface ClosenessLine {
  customer: { id: string; title: string };
  person: { id: string; title: string };
  since: string;
  reasons: Warning['reasons'];
}

/** The warnings on people one stands above; an administrator sees all but his own. Customers out of sight have no name. */
export async function closenessSeen(ctx: Context): Promise<ClosenessLine[]> {
  const { rows: people } = await sql<{ id: string }>`select distinct user_id as id from care_closeness
    where user_id is distinct from ${ctx.principal.userId}::uuid`.execute(ctx.db);
  const below: string[] = [];
  for (const { id } of people) if (await standsAbove(ctx, id)) below.push(id);
  const { rows } = await sql<Pick<ClosenessLine, 'since' | 'reasons'> & { customer: string; person: string }>`
    select w.customer_id as customer, w.user_id as person, w.since::text, w.reasons
    from care_closeness w join customer c on c.id = w.customer_id and c.deleted_at is null
    where w.user_id = any(${below}::uuid[]) order by w.since desc, c.id limit 200`.execute(ctx.db);
  const wanted = (name: 'customer' | 'person') => new Set(rows.map((row) => row[name]));
  const titles = await titlesOf(
    ctx,
    new Map([
      ['customer', wanted('customer')],
      ['user', wanted('person')],
    ]),
  );
  const named = (id: string) => ({ id, title: titles.get(id) ?? '—' });
  return rows.map(({ customer, person, ...warning }) => ({
    ...warning,
    customer: named(customer),
    person: named(person),
  }));
}

async function standsAbove(ctx: Context, person: string): Promise<boolean> {
  if (ctx.policies.administrator) return true;
  const above = await ctx.approvals.directory.managersAbove(ctx, person);
  return ctx.principal.userId !== null && above.includes(ctx.principal.userId);
}
