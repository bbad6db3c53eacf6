import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import type { ValueWeights } from './weights.ts';

/** What there is to show of a customer that is an example: agreeing to all is the whole. */
const SHOWCASES = 4;
const BEST = 5;
const YEAR = 365;

const readable = (ctx: Context, entity: string, fields: readonly string[]): boolean => {
  const policy = ctx.policies.for(entity);
  return policy.can('read') && fields.every((field) => policy.sees(field));
};

/** Whether the reader may know what judgements and recommendations amount to. */
export const knowsJudgements = (ctx: Context): boolean =>
  readable(ctx, 'valueJudgement', ['customer', 'day', 'influence', 'showcase', 'wordOfMouth']);
export const knowsReferrals = (ctx: Context): boolean =>
  readable(ctx, 'referral', ['customer', 'referred', 'day']);

const within = (ctx: Context, entity: string, alias: string) => {
  const policy = ctx.policies.for(entity);
  return scopeCondition(policy.entity, policy.scope('read'), ctx.principal, { alias });
};

const just = (alias: string, only: string | undefined) =>
  only ? sql`and ${sql.ref(`${alias}.customer_id`)} = ${only}` : sql``;

/** The demonstration score of a judgement `j`, 0 to 100: parts by weight. */
export const scoreOf = ({ influence, showcase }: ValueWeights): RawBuilder<unknown> =>
  sql`(case when ${influence + showcase} = 0 then 0 else
    (${influence}::numeric * j.influence / ${BEST} + ${showcase}::numeric * coalesce(cardinality(j.showcase), 0) / ${SHOWCASES})
    * 100 / ${influence + showcase} end)`;

/**
 * What judgements are worth in spans of days, as a query of `id`, `k`, `demonstration` and `word`. A judgement holds from its day
 * until the next one and never beyond today. A year's worth is spread over 365 days, and what has accrued by a day is rounded, not
 * the span: two spans side by side are together what the whole is.
 */
export function judgedWorth(
  ctx: Context,
  weights: ValueWeights,
  today: string,
  only?: string,
): RawBuilder<unknown> {
  const digits = minorUnits(ctx.currency);
  const accrued = (yearly: RawBuilder<unknown>) =>
    sql`(round(${yearly} * (s.upto - j.day) / ${YEAR}, ${digits}) - round(${yearly} * (s.since - j.day) / ${YEAR}, ${digits}))`;
  return sql`select j.customer_id as id, p.k,
      ${accrued(sql`(${weights.demonstration}::numeric * ${scoreOf(weights)} / 100)`)} as demonstration,
      ${accrued(sql`(${weights.wordOfMouth}::numeric * j.word_of_mouth / ${BEST})`)} as word
    from (select j.*, lead(j.day) over (partition by j.customer_id order by j.day) as until from value_judgement j
      where j.deleted_at is null ${just('j', only)} and ${within(ctx, 'valueJudgement', 'j')}) j
    join period p on p.to_day >= j.day and (j.until is null or p.from_day < j.until)
    cross join lateral (select greatest(p.from_day, j.day) as since,
      least(p.to_day + 1, j.until, ${today}::date + 1) as upto) s
    where s.upto > s.since`;
}

/** What recommendations are worth in spans of days, as a query of `id`, `k` and `referred`. */
export const referredWorth = (ctx: Context, weights: ValueWeights, only?: string): RawBuilder<unknown> =>
  sql`select r.customer_id as id, p.k, count(*) * ${weights.perReferral}::numeric as referred
    from referral r join period p on r.day between p.from_day and p.to_day
    where r.deleted_at is null ${just('r', only)} and r.referred_id <> r.customer_id and ${within(ctx, 'referral', 'r')} group by 1, 2`;
