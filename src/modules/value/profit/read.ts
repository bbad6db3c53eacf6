import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { withCostLimit } from '../../../platform/db/cost-limit.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import type { MeasurePeriod } from '../../../platform/measures/measure.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { readWeights } from '../values/weights.ts';
import { COLUMNS, type ColumnName } from './columns.shared.ts';
import { type Knowledge, knowledgeOf, NOTHING, requireCosts } from './knowledge.ts';
import { customersWithin, PARTS, partsOf, type Reach } from './parts.ts';
import { type Group, PAGE, type ProfitQuery, periodOf, spansOf } from './query.ts';

/** Amounts in the company's currency. What nobody knows, or the reader may not, is null. */
export type Amounts = Record<ColumnName, string | null>;

export interface ProfitLine extends Amounts {
  /** Of what the line is: an id, a grade, a month; null for those that have none. */
  key: string | null;
  title: string | null;
  /** Of how many customers it tells. */
  customers: number;
}

export interface Profit {
  period: MeasurePeriod;
  group: Group;
  currency: string;
  knows: Knowledge;
  total: ProfitLine;
  lines: ProfitLine[];
  more: boolean;
}

type Row = Record<ColumnName, string> & { total: boolean; key: string | null; customers: number };

const KEYS: Record<Group, RawBuilder<unknown>> = {
  customer: sql`s.id::text`,
  grade: sql`s.grade`,
  owner: sql`s.owner_id::text`,
  person: sql`part.person::text`,
  month: sql`part.k`,
};

const names = sql.join(PARTS.map((part) => sql.ref(part)));
const sums = sql.join(PARTS.map((part) => sql`coalesce(sum(${sql.ref(part)}), 0) as ${sql.ref(part)}`));

/**
 * What customers brought and cost in a period, by customer, grade, owner, who spent, or month, with the total. Everything is within
 * the reader's sight: customers, costs, judgements and recommendations each by their own scope.
 */
export async function profitOf(
  ctx: Context,
  asked: ProfitQuery,
  options: { reach?: Reach; limit?: number; only?: string } = {},
): Promise<Profit> {
  const { group } = asked;
  const { reach = 'read', limit = PAGE, only } = options;
  const filter = only ? { field: 'id', op: 'eq', value: only } : asked.filter;
  requireSight(ctx, group, reach);
  const period = periodOf(ctx, asked);
  const knows = group === 'person' ? NOTHING : knowledgeOf(ctx);
  const [weights, customers] = await Promise.all([
    readWeights(ctx),
    customersWithin(ctx, { filter, q: asked.q }, reach),
  ]);
  const spans = spansOf(period, group === 'month');
  const all = filter === undefined && !asked.q && ctx.policies.for('customer').scope(reach).kind === 'all';
  const parts = partsOf(ctx, { group, spans, knows, weights, today: dayOf(ctx), reach, only, all });
  const rows = await withCostLimit(ctx.db, async (db) => {
    const statement = sql<Row>`with scoped as materialized (${customers}),
      period(k, from_day, to_day) as (values ${sql.join(
        spans.map(({ key, from, to }) => sql`(${key}::text, ${from}::date, ${to}::date)`),
      )}),
      part(id, k, person, ${names}) as (${sql.join(parts, sql` union all `)}),
      summed as (select s.id, ${KEYS[group]} as key, ${sums} from part join scoped s on s.id = part.id group by 1, 2),
      whole as materialized (select grouping(key) = 1 as total, key, count(distinct id)::int as customers, ${sums}
        from summed group by grouping sets ((key), ())),
      line as (select *, initial + upkeep + ending as cost,
        margin + demonstration + referral - initial - upkeep - ending as profit from whole)
    (select * from line where total)
    union all (select * from line where not total order by ${orderOf(asked, knows)} limit ${limit + 1} offset ${asked.offset})`;
    return (await statement.execute(db)).rows;
  });
  const lines = rows.filter(({ total }) => !total);
  const shown = lines.slice(0, limit);
  const titles = await titlesFor(ctx, group, shown);
  const line = (row: Row): ProfitLine => ({
    key: row.key,
    title: row.key === null ? null : (titles.get(row.key) ?? null),
    customers: row.customers,
    ...amounts(row, knows, ctx.currency),
  });
  return {
    period,
    group,
    currency: ctx.currency,
    knows,
    total: line(rows.find(({ total }) => total) as Row),
    lines: shown.map(line),
    more: lines.length > limit,
  };
}

function requireSight(ctx: Context, group: Group, reach: Reach): void {
  requireCosts(ctx, group === 'person' ? ['person'] : []);
  const customers = ctx.policies.for('customer');
  if ((group === 'grade' || group === 'owner') && !customers.sees(group)) throw forbidden();
  if (reach === 'export' && !ctx.policies.for('costEntry').can('export')) throw forbidden('export_forbidden');
}

/** What is asked for, and where nothing is: months as they come, the others by what is best known. */
function orderOf({ sort, group }: ProfitQuery, { margin }: Knowledge): RawBuilder<unknown> {
  if (!sort && group === 'month') return sql`key`;
  const by = sort ?? (margin ? '-profit' : '-cost');
  const column = sql.ref(by.replace('-', ''));
  return by.startsWith('-') ? sql`${column} desc, key` : sql`${column}, key`;
}

function amounts(row: Row, knows: Knowledge, currency: string): Amounts {
  const hidden: Partial<Record<ColumnName, boolean>> = {
    sales: !knows.sales,
    margin: !knows.margin,
    demonstration: !knows.demonstration,
    referral: !knows.referral,
    // Without what a customer brings in there is no telling whether it pays.
    profit: !knows.margin,
  };
  return Object.fromEntries(
    COLUMNS.map((name) => [name, hidden[name] ? null : roundMoney(row[name], currency)]),
  ) as Amounts;
}

async function titlesFor(ctx: Context, group: Group, rows: readonly Row[]): Promise<Map<string, string>> {
  const keys = rows.flatMap(({ key }) => key ?? []);
  if (group === 'month') return new Map(keys.map((key) => [key, key]));
  if (group === 'grade') {
    const options = ctx.registry.byName.get('customer')?.fields.grade?.options ?? [];
    const named = new Map(options.map((option) => [option.value, option[ctx.principal.language]]));
    return new Map(keys.map((key) => [key, named.get(key) ?? key]));
  }
  const entity = group === 'customer' ? 'customer' : 'user';
  return titlesOf(ctx, new Map([[entity, new Set(keys)]]));
}
