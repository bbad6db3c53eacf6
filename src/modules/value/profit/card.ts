import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { lastDays, type MeasurePeriod } from '../../../platform/measures/measure.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { readWeights, type ValueWeights } from '../values/weights.ts';
import { knowsJudgements, knowsReferrals, scoreOf } from '../values/worth.ts';
import type { Knowledge } from './knowledge.ts';
import { type Amounts, profitOf } from './read.ts';

/** What is judged of a customer now, and the score that makes. */
export interface Judged {
  id: string;
  day: string;
  influence: number;
  showcase: string[];
  wordOfMouth: number;
  reason: string | null;
  score: number;
}

export interface ValueCard extends Amounts {
  period: MeasurePeriod;
  currency: string;
  knows: Knowledge;
  kinds: { kind: string; amount: string; count: number }[];
  judged: Judged | null;
  referrals: number | null;
  weights: ValueWeights;
}

const DAYS = 365;

/** What one customer brought and cost in the last year, and what all of it is reckoned from. */
export async function cardOf(ctx: Context, id: string): Promise<ValueCard> {
  const { id: customer } = await readRecord(ctx, 'customer', id);
  const period = lastDays(dayOf(ctx), DAYS);
  const profit = await profitOf(ctx, { group: 'customer', ...period, offset: 0 }, { only: customer });
  const [kinds, judged, referrals, weights] = await Promise.all([
    kindsOf(ctx, customer, period),
    knowsJudgements(ctx) ? judgedNow(ctx, customer) : null,
    knowsReferrals(ctx) ? referralsOf(ctx, customer, period) : null,
    readWeights(ctx),
  ]);
  const { key: _, title: __, customers: ___, ...amounts } = profit.total;
  return {
    ...amounts,
    period,
    currency: ctx.currency,
    knows: profit.knows,
    kinds,
    judged,
    referrals,
    weights,
  };
}

const within = (ctx: Context, name: string) => {
  const policy = ctx.policies.for(name);
  return scopeCondition(policy.entity, policy.scope('read'), ctx.principal);
};

async function kindsOf(ctx: Context, customer: string, { from, to }: MeasurePeriod) {
  if (!ctx.policies.for('costEntry').sees('kind')) return [];
  const { rows } = await sql<{ kind: string; amount: string; count: number }>`
    select t.kind, sum(t.amount_base)::text as amount, count(*)::int as count from cost_entry t
    where t.customer_id = ${customer} and t.deleted_at is null and t.day between ${from}::date and ${to}::date
      and ${within(ctx, 'costEntry')} group by t.kind order by sum(t.amount_base) desc`.execute(ctx.db);
  return rows.map((row) => ({ ...row, amount: roundMoney(row.amount, ctx.currency) }));
}

async function judgedNow(ctx: Context, customer: string): Promise<Judged | null> {
  const weights = await readWeights(ctx);
  const reason = ctx.policies.for('valueJudgement').sees('reason');
  const { rows } =
    await sql<Judged>`select j.id, j.day::text as day, j.influence, coalesce(j.showcase, '{}') as showcase,
      j.word_of_mouth as "wordOfMouth", ${reason ? sql`j.reason` : sql`null`} as reason, round(${scoreOf(weights)})::int as score
    from (select t.* from value_judgement t where t.customer_id = ${customer} and t.deleted_at is null
      and t.day <= ${dayOf(ctx)}::date and ${within(ctx, 'valueJudgement')} order by t.day desc limit 1) j`.execute(
      ctx.db,
    );
  return rows[0] ?? null;
}

async function referralsOf(ctx: Context, customer: string, { from, to }: MeasurePeriod): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from referral t
    where t.customer_id = ${customer} and t.deleted_at is null and t.day between ${from}::date and ${to}::date
      and t.referred_id <> t.customer_id and ${within(ctx, 'referral')}`.execute(ctx.db);
  return rows[0]?.n ?? 0;
}
