import { sql } from 'kysely';
import { rowInScope, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, notFound } from '../../../platform/errors/problem.ts';
import { allocateMoney, Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { type Holder, readDeal } from '../reckon/deal.ts';
import { type Plan, plansFor, plansInForce, standings } from '../reckon/plans.ts';
import { sharesFor } from '../reckon/reckon.ts';
import { periodStart, rateAt, worthOf } from '../reckon/tiers.shared.ts';
import { baseOf } from '../reckon/value.ts';
import { type ReadRow, readRows } from './read.ts';

/** What somebody has earned, and may expect. */
export interface Mine {
  person: { id: string; title: string };
  currency: string;
  open: string;
  inBatch: string;
  /** This year. */
  paid: string;
  /** By what his deals still have to receive, were it received now. */
  expected: string;
  /** Of deals in force only so many were looked at. */
  expectedOf: number;
  plans: Reach[];
  /** Deals divided among several people he is one of. */
  splits: MySplit[];
  rows: ReadRow[];
}

/** A deal divided among people. The others are told to whoever may read the division. */
export interface MySplit {
  id: string;
  name: string;
  percent: string;
  others: { name: string; percent: string }[] | null;
}

/** How far he has come by a plan in the period of today. */
export interface Reach {
  plan: string;
  period: string;
  from: string;
  base: string;
  amount: string;
  rate: string;
  next: { from: string; rate: string; missing: string } | null;
}

const SHOWN = 200;
const DEALS = 40;
const SPLITS = 20;

/** Of oneself, or of somebody whose rows one may read. */
export async function mineOf(ctx: Context, person: string): Promise<Mine> {
  const who = await requireReader(ctx, person);
  const [plans, rows, sums] = [
    await reachedBy(ctx, person),
    await readRows(ctx, sql`t.owner_id = ${person}`, SHOWN),
    await sumsOf(ctx, person),
  ];
  return {
    person: { id: person, title: who.name },
    currency: ctx.currency,
    ...sums,
    ...(await expectedBy(ctx, person, plans)),
    plans: plans.map(({ reach }) => reach),
    splits: await splitsOf(ctx, person),
    rows,
  };
}

/** Who may not see the person's rows does not learn whether there are some. */
async function requireReader(ctx: Context, person: string): Promise<{ name: string }> {
  const policy = ctx.policies.for('commissionRow');
  if (!policy.can('read') || !policy.sees('amount')) throw forbidden();
  const { rows } = await sql<{ name: string; owner_id: string; department_id: string | null }>`
    select name, id as owner_id, department_id from "user" where id = ${person} and deleted_at is null`.execute(
    ctx.db,
  );
  const [found] = rows;
  if (!found || !rowInScope(policy.scope('read'), found)) throw notFound('user');
  return found;
}

async function splitsOf(ctx: Context, person: string): Promise<MySplit[]> {
  const policy = ctx.policies.for('commissionSplit');
  const readable = scopeCondition(
    entityNamed(ctx.registry, 'commissionSplit'),
    policy.scope('read'),
    ctx.principal,
  );
  const { rows } = await sql<MySplit>`select t.id, t.name, trim_scale(h.percent)::text as percent,
      case when ${policy.can('read')} and ${readable} then (
        select coalesce(json_agg(json_build_object('name', u.name, 'percent', trim_scale(o.percent)::text) order by o.position, o.id), '[]')
        from commission_share o join "user" u on u.id = o.person_id
        where o.split_id = t.id and o.deleted_at is null and o.person_id <> ${person}) end as others
    from commission_share h join commission_split t on t.id = h.split_id
    where h.person_id = ${person} and h.deleted_at is null and t.deleted_at is null
    order by t.updated_at desc, t.id desc limit ${SPLITS}`.execute(ctx.db);
  return rows;
}

async function sumsOf(ctx: Context, person: string): Promise<Pick<Mine, 'open' | 'inBatch' | 'paid'>> {
  const { rows } = await sql<{ open: string; inBatch: string; paid: string }>`select
      coalesce(sum(t.amount) filter (where t.status = 'open'), 0)::text as open,
      coalesce(sum(t.amount) filter (where t.status = 'inBatch'), 0)::text as "inBatch",
      coalesce(sum(t.amount) filter (where t.status = 'paid' and b.paid_on >= ${`${dayOf(ctx).slice(0, 4)}-01-01`}::date), 0)::text as paid
    from commission_row t left join commission_batch b on b.id = t.batch_id
    where t.owner_id = ${person} and t.deleted_at is null`.execute(ctx.db);
  const sums = rows[0] as (typeof rows)[number];
  const round = (amount: string) => roundMoney(amount, ctx.currency);
  return { open: round(sums.open), inBatch: round(sums.inBatch), paid: round(sums.paid) };
}

async function reachedBy(ctx: Context, person: string): Promise<{ plan: Plan; reach: Reach }[]> {
  const today = dayOf(ctx);
  const [plans, who] = [await plansInForce(ctx), await standings(ctx)(person)];
  const mine = (['own', 'team'] as const).flatMap((whose) => plansFor(plans, whose, who, today));
  const { rows } = await sql<{ plan: string; period: string; base: string; amount: string }>`
    select plan_id as plan, period::text, base::text, amount::text from commission_reached where person_id = ${person}
      and plan_id = any(${mine.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  return mine.map((plan) => {
    const from = periodStart(plan.period, today);
    const found = rows.find((row) => row.plan === plan.id && row.period === from);
    const { tiers } = plan.definition;
    const base = roundMoney(found?.base ?? '0', ctx.currency);
    const next = tiers.find((tier) => new Exact(tier.from).gt(base));
    const missing = next && roundMoney(new Exact(next.from).minus(base), ctx.currency);
    const reach: Reach = {
      ...{
        plan: plan.name,
        period: plan.period,
        from,
        base,
        amount: roundMoney(found?.amount ?? '0', ctx.currency),
      },
      rate: rateAt(tiers, base),
      next: next && missing ? { ...next, missing } : null,
    };
    return { plan, reach };
  });
}

/** What his open deals would bring by his own plans, on top of what he has reached. */
async function expectedBy(
  ctx: Context,
  person: string,
  reached: readonly { plan: Plan; reach: Reach }[],
): Promise<Pick<Mine, 'expected' | 'expectedOf'>> {
  const own = reached.filter(({ plan }) => plan.whose === 'own');
  if (own.length === 0) return { expected: roundMoney('0', ctx.currency), expectedOf: 0 };
  const { rows } = await sql<{ holder: Holder; id: string }>`
    (select 'order' as holder, o.id from "order" o where o.deleted_at is null and o.status in ('confirmed', 'partlyDelivered', 'delivered')
      and (o.performer_id = ${person} or o.id in (select s.order_id from commission_split s join commission_share h on h.split_id = s.id
        where h.person_id = ${person} and s.deleted_at is null and h.deleted_at is null))
      and coalesce((select sum(balance) from ledger_balance b where b.account_id = o.id and b.account = 'order'), 0) < o.effective_total
      order by o.updated_at desc limit ${DEALS})
    union all (select 'contract', c.id from contract c where c.deleted_at is null and c.status in ('effective', 'amending', 'inApproval')
      and (c.performer_id = ${person} or c.id in (select s.contract_id from commission_split s join commission_share h on h.split_id = s.id
        where h.person_id = ${person} and s.deleted_at is null and h.deleted_at is null))
      and not exists (select from "order" o where o.contract_id = c.id and o.deleted_at is null)
      and coalesce((select sum(balance) from ledger_balance b where b.account_id = c.id and b.account = 'contract'), 0) < c.effective_total
      order by c.updated_at desc limit ${DEALS})`.execute(ctx.db);
  const day = dayOf(ctx);
  const more = new Map(own.map(({ plan }) => [plan.id, new Exact(0)]));
  for (const { holder, id } of rows) {
    const deal = await readDeal(ctx, holder, id);
    if (!deal?.open) continue;
    const allocation = {
      posting: '',
      day,
      receipt: '',
      performer: person,
      amount: deal.open,
      counted: deal.open,
    };
    const shares = sharesFor(deal, allocation);
    const at = shares.findIndex((share) => share.person === person);
    if (at < 0) continue;
    for (const { plan } of own) {
      const { base } = baseOf(deal, plan.definition, allocation, ctx.currency);
      const parts = allocateMoney(
        { amount: base, currency: ctx.currency },
        shares.map(({ percent }) => percent),
      );
      more.set(plan.id, (more.get(plan.id) ?? new Exact(0)).plus(parts[at]?.amount ?? 0));
    }
  }
  const expected = own.reduce((sum, { plan, reach }) => {
    const after = worthOf(
      plan.definition,
      new Exact(reach.base).plus(more.get(plan.id) ?? 0).toFixed(),
      ctx.currency,
    );
    return sum.plus(after).minus(reach.amount);
  }, new Exact(0));
  return { expected: roundMoney(expected, ctx.currency), expectedOf: rows.length };
}
