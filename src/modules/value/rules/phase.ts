import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { givenUpBefore } from '../../customers/public.ts';
import { stageBefore } from '../../lifecycle/public.ts';
import type { CostRules, Phase } from './definition.ts';

/** How a relation stood as a day began. */
export interface Standing {
  /** Its stages; null where the model is not in use, or nobody had looked yet. */
  relation: string | null;
  life: string | null;
  givenUp: boolean;
  won: boolean;
  /** Days since the customer was entered. */
  age: number;
}

/**
 * The time of the relation a cost falls into. First what was decided, then the stage of the relation [000], then that of the
 * customer, then the first deal; where nothing is known of all this, the first days are the beginning.
 */
export function phaseOf({ relation, life, givenUp, won, age }: Standing, rules: CostRules['phases']): Phase {
  if (givenUp) return 'ending';
  if (relation !== null) return rules.relation[relation] ?? 'upkeep';
  if (life !== null) return rules.life[life] ?? 'upkeep';
  if (won) return 'upkeep';
  return age < rules.days ? 'initial' : 'upkeep';
}

/** How relations stood as days began, in the order asked; undefined for customers that are no more. One statement. */
export async function standingsOf(
  ctx: Context,
  asked: readonly { customer: string; day: string }[],
): Promise<(Standing | undefined)[]> {
  if (asked.length === 0) return [];
  const begin = sql`(q.day::timestamp at time zone ${ctx.timeZone})`;
  const customer = sql`c.id`;
  const { rows } = await sql<Standing & { n: string }>`select q.n::text as n,
      ${stageBefore('relation', customer, begin)} as relation, ${stageBefore('life', customer, begin)} as life,
      ${givenUpBefore(customer, begin)} as "givenUp", ${wonBefore(ctx, customer, begin)} as won,
      q.day - (c.created_at at time zone ${ctx.timeZone})::date as age
    from unnest(${asked.map((each) => each.customer)}::uuid[], ${asked.map((each) => each.day)}::date[])
      with ordinality as q(customer, day, n) join customer c on c.id = q.customer`.execute(ctx.db);
  const found = new Map(rows.map((row) => [Number(row.n), row]));
  return asked.map((_, at) => found.get(at + 1));
}

function wonBefore(ctx: Context, customer: RawBuilder<unknown>, at: RawBuilder<unknown>) {
  const firsts = ctx.ownership.wins.flatMap((win) =>
    win.entity === 'customer' && win.first ? [win.first(ctx)] : [],
  );
  if (firsts.length === 0) return sql`false`;
  const won = firsts.map(
    (first) => sql`exists (select 1 from (${first}) w where w.id = ${customer} and w.at < ${at})`,
  );
  return sql`(${sql.join(won, sql` or `)})`;
}
