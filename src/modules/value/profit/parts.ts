import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { selectionOf } from '../../../platform/entity/list.ts';
import { allOf } from '../../../platform/entity/sort.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import type { ValueWeights } from '../values/weights.ts';
import { judgedWorth, knowsJudgements, knowsReferrals, referredWorth } from '../values/worth.ts';
import { type Knowledge, measureFor } from './knowledge.ts';
import type { Group, Span } from './query.ts';

/** What lines are summed of; cost and profit follow. */
export const PARTS = ['sales', 'margin', 'demonstration', 'referral', 'initial', 'upkeep', 'ending'] as const;
type Part = (typeof PARTS)[number];

export type Reach = 'read' | 'export';

/** The customers within reach that meet a filter and a search, as a query of `id`, `owner_id` and `grade`. */
export async function customersWithin(
  ctx: Context,
  wish: { filter?: unknown; q?: string | undefined },
  reach: Reach,
): Promise<RawBuilder<unknown>> {
  const { entity, conditions } = await selectionOf(ctx, 'customer', wish, reach);
  const scope = scopeCondition(entity, ctx.policies.for('customer').scope(reach), ctx.principal);
  return sql`select t.id, t.owner_id, f.grade from customer t left join customer_fact f on f.id = t.id
    where ${allOf([...conditions, scope])}`;
}

/** One query of `id`, `k`, `person` and all parts, of which it fills some. */
const partsFrom = (
  rows: RawBuilder<unknown>,
  filled: Partial<Record<Part, RawBuilder<unknown>>>,
  person: RawBuilder<unknown> = sql`null::uuid`,
) =>
  sql`select x.id, x.k, ${person}, ${sql.join(PARTS.map((part) => filled[part] ?? sql`0::numeric`))} from (${rows}) x`;

export interface PartsAsked {
  group: Group;
  spans: readonly Span[];
  knows: Knowledge;
  weights: ValueWeights;
  today: string;
  reach: Reach;
  /** Of this customer alone. */
  only: string | undefined;
  /** Of everyone: then measures are asked for all at once and not row by row. */
  all: boolean;
}

/** Everything lines are summed of, each row of one customer and one span. */
export function partsOf(ctx: Context, asked: PartsAsked): RawBuilder<unknown>[] {
  const { group, spans, knows, weights, today, only } = asked;
  const parts = [
    partsFrom(
      costs(ctx, asked),
      { initial: sql`x.initial`, upkeep: sql`x.upkeep`, ending: sql`x.ending` },
      sql`x.person`,
    ),
  ];
  for (const name of ['sales', 'margin'] as const)
    if (knows[name])
      for (const span of spans)
        parts.push(partsFrom(told(ctx, name, span, asked.all), { [name]: sql`x.value` }));
  if (group === 'person') return parts;
  if (knowsJudgements(ctx))
    parts.push(
      partsFrom(judgedWorth(ctx, weights, today, only), {
        demonstration: sql`x.demonstration`,
        referral: sql`x.word`,
      }),
    );
  if (knowsReferrals(ctx))
    parts.push(partsFrom(referredWorth(ctx, weights, only), { referral: sql`x.referred` }));
  return parts;
}

/** Costs as far as the reader sees them, by phase; by who spent, where that is asked. */
function costs(ctx: Context, { group, reach, only }: PartsAsked): RawBuilder<unknown> {
  const policy = ctx.policies.for('costEntry');
  const scope = (action: Reach) =>
    scopeCondition(policy.entity, policy.scope(action), ctx.principal, { alias: 'e' });
  const of = (phase: string) => sql`coalesce(sum(e.amount_base) filter (where e.phase = ${phase}), 0)`;
  return sql`select e.customer_id as id, p.k, ${group === 'person' ? sql`e.person_id` : sql`null::uuid`} as person,
      ${of('initial')} as initial, coalesce(sum(e.amount_base) filter (where e.phase = 'upkeep' or e.phase is null), 0) as upkeep,
      ${of('ending')} as ending
    from period p join cost_entry e on e.day between p.from_day and p.to_day
    where e.deleted_at is null ${only ? sql`and e.customer_id = ${only}` : sql``} and ${scope('read')} ${reach === 'export' ? sql`and ${scope('export')}` : sql``}
    group by 1, 2, 3`;
}

/** A measure of the customers in a span, in whole units of the currency's smallest coin; of those that have one. */
function told(ctx: Context, name: string, { key, from, to }: Span, all: boolean): RawBuilder<unknown> {
  const measure = measureFor(ctx, name);
  const period = { from, to };
  const rows =
    all && measure?.all
      ? measure.all(ctx, period)
      : sql`select c.id, (${measure?.value({ ctx, alias: 'c' }, period)})::numeric as value
        from customer c join scoped on scoped.id = c.id`;
  return sql`select m.id, ${key}::text as k, round(m.value::numeric, ${minorUnits(ctx.currency)}) as value
    from (${rows}) m where m.value <> 0`;
}
