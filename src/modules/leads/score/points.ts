import { type RawBuilder, sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';

interface Rule {
  id: string;
  name: string;
  counts: 'once' | 'each';
  condition: unknown;
  events: string[];
  points: number;
  halfLife: number | null;
}

/** The points a rule gives a lead `t`, as SQL. */
export interface RulePoints {
  id: string;
  name: string;
  points: RawBuilder<number>;
}

/** The rules in use, each with what it gives a lead `t`. One that cannot be understood any more gives nothing. */
export async function rulePoints(ctx: Context): Promise<RulePoints[]> {
  const { rows } = await sql<Rule>`select id, name, counts, condition, events, points, half_life as "halfLife"
    from lead_score_rule where active and deleted_at is null order by points desc, id`.execute(ctx.db);
  const system = asSystem(ctx, 'lead score');
  const all: RulePoints[] = [];
  for (const rule of rows) {
    try {
      const filter = { ctx: system, policy: system.policies.for('lead') };
      const { condition } = await compileFilter(rule.condition ?? undefined, filter);
      const given = rule.counts === 'once' ? once(ctx, rule) : each(ctx, rule);
      all.push({
        id: rule.id,
        name: rule.name,
        points: sql`(case when ${condition ?? sql`true`} then ${given} else 0 end)::float8`,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  return all;
}

/** What is left of points after the days since. */
const left = ({ now }: Context, { points, halfLife }: Rule, since: RawBuilder<unknown>) =>
  halfLife === null
    ? sql`${points}::float8`
    : sql`${points}::float8 * power(0.5, greatest(0, extract(epoch from ${now}::timestamptz - ${since})) / 86400.0 / ${halfLife}::float8)`;

/** From the last time it came in. */
const once = (ctx: Context, rule: Rule) =>
  left(
    ctx,
    rule,
    sql`coalesce((select max(i.received_at) from inquiry i where i.lead_id = t.id and i.deleted_at is null), t.received_at)`,
  );

/** For each event of the kinds; of inquiries the first is no sign, it made the lead. */
const each = (ctx: Context, rule: Rule) => sql`coalesce((select sum(${left(ctx, rule, sql`e.at`)}) from (
    select a.occurred_at as at from activity a where a.lead_id = t.id and a.deleted_at is null
      and a.kind = any(${rule.events}::text[])
    union all (select i.received_at from inquiry i where i.lead_id = t.id and i.deleted_at is null
      and ${rule.events.includes('inquiry')} order by i.received_at desc offset 1)) e), 0)`;

/** The sum of all rules. */
export const totalPoints = (rules: readonly RulePoints[]): RawBuilder<number> =>
  rules.length
    ? sql`round(${sql.join(
        rules.map(({ points }) => points),
        sql` + `,
      )})::int`
    : sql`null::int`;
