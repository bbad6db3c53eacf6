import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { asSystem } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import { idPages } from '../../../platform/entity/list.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';

export interface Plan {
  id: string;
  name: string;
  days: number;
  segment: string | null;
  perDay: number;
  dueWorkdays: number;
  owner: string;
}

/** A customer to be called, and what for: the same occasion calls nobody twice. */
export interface Occasion {
  customer: string;
  occasion: string;
}

const BATCH = 200;

/** The active plans of a trigger, in a fixed order. */
export async function plansOf(ctx: Context, trigger: string): Promise<Plan[]> {
  const { rows } =
    await sql<Plan>`select p.id, p.name, p.days, p.segment_id as segment, p.per_day as "perDay",
      p.due_workdays as "dueWorkdays", p.owner_id as owner
    from call_back_plan p join "user" u on u.id = p.owner_id and u.status = 'active' and u.deleted_at is null
    where p.deleted_at is null and p.active and p.trigger = ${trigger} order by p.id`.execute(ctx.db);
  return rows;
}

/**
 * Makes call-backs of a plan for these occasions, in one transaction; what was made before is passed over. Whoever looks after
 * the customer is to call, without one the plan's owner.
 */
export async function makeCallBacks(
  ctx: Context,
  plan: Plan,
  occasions: readonly Occasion[],
  dueDate: string,
): Promise<number> {
  if (occasions.length === 0) return 0;
  return inTransaction(asSystem(ctx, 'call-back plan'), async (inner) => {
    // Two that fill the same plan take turns, so that neither makes what the other has.
    await sql`select 1 from call_back_plan where id = ${plan.id} for update`.execute(inner.db);
    const { rows } = await sql<Occasion & { owner: string }>`
      select c.id as customer, o.occasion, coalesce(u.id, ${plan.owner}::uuid) as owner
      from unnest(${occasions.map((each) => each.customer)}::uuid[], ${occasions.map((each) => each.occasion)}::text[])
        as o(customer, occasion)
      join customer c on c.id = o.customer and c.deleted_at is null
      left join "user" u on u.id = c.owner_id and u.status = 'active'
      where not exists (select 1 from call_back b where b.occasion = o.occasion)
        and not exists (select 1 from call_back b where b.customer_id = c.id and b.plan_id = ${plan.id}
          and b.status = 'open' and b.deleted_at is null)
      order by c.id`.execute(inner.db);
    await makeDecided(
      inner,
      'callBack',
      rows.map(({ customer, owner }) => ({ subject: plan.name, customer, owner, dueDate, plan: plan.id })),
      rows.map(({ occasion }) => ({ occasion })),
    );
    return rows.length;
  });
}

/** Calls back whom nobody has contacted for so many days, the longest silent first, at most so many a night. */
export async function callSilent(ctx: Context, plan: Plan): Promise<number> {
  const today = dayOf(ctx);
  const since = Temporal.PlainDate.from(today).subtract({ days: plan.days }).toString();
  const silent: Filter = {
    or: [
      { field: 'lastContactAt', op: 'lt', value: startOfDay(since, ctx.timeZone) },
      {
        and: [
          { field: 'lastContactAt', op: 'empty', value: true },
          { field: 'createdAt', op: 'lt', value: startOfDay(since, ctx.timeZone) },
        ],
      },
    ],
  };
  const filter: Filter = plan.segment ? { and: [{ segment: plan.segment }, silent] } : silent;
  const dueDate = addWorkdays(ctx.businessDays, today, plan.dueWorkdays);
  let made = 0;
  for await (const ids of idPages(ctx, 'customer', { filter, sort: 'createdAt' }, 'read', BATCH)) {
    const occasions = await silences(ctx, plan, ids);
    made += await makeCallBacks(ctx, plan, occasions.slice(0, plan.perDay - made), dueDate);
    if (made >= plan.perDay) break;
  }
  return made;
}

/** A silence begins with the last contact: it is one occasion until the next. Those told of are left out. */
async function silences(ctx: Context, plan: Plan, ids: readonly string[]): Promise<Occasion[]> {
  const { rows } = await sql<Occasion>`select s.customer, s.occasion from (
      select c.id as customer, ${`silent:${plan.id}:`}::text || c.id || ':' || coalesce(f.last_contact_at::date::text, 'never') as occasion
      from customer c left join customer_fact f on f.id = c.id where c.id = any(${[...ids]}::uuid[])) s
    where not exists (select 1 from call_back b where b.occasion = s.occasion)
      and not exists (select 1 from call_back b where b.customer_id = s.customer and b.plan_id = ${plan.id}
        and b.status = 'open' and b.deleted_at is null)
    order by s.customer`.execute(ctx.db);
  return rows;
}

/** Calls back customers something happened to; the occasion is the event, so telling it again calls nobody again. */
export async function callAfter(
  ctx: Context,
  plan: Plan,
  customers: readonly string[],
  event: string,
): Promise<number> {
  const dueDate = addWorkdays(ctx.businessDays, dayOf(ctx), plan.days);
  const chosen = plan.segment ? await within(ctx, plan.segment, customers) : customers;
  return makeCallBacks(
    ctx,
    plan,
    chosen.map((customer) => ({ customer, occasion: `${event}:${plan.id}:${customer}` })),
    dueDate,
  );
}

/** Which of these are in a segment, as its plan's owner sees them. */
async function within(ctx: Context, segment: string, customers: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const filter: Filter = { and: [{ segment }, { field: 'id', op: 'in', value: [...customers] }] };
  for await (const ids of idPages(ctx, 'customer', { filter }, 'read', 1000)) found.push(...ids);
  return found;
}
