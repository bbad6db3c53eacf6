import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { limitOf } from '../../../platform/http/route.ts';
import { AGES, type Age, agesOf, isOfAge } from './ageing.ts';
import { inScopeOf, inSight, mayTell, openItems } from './open-items.ts';

export const GROUPS = ['customer', 'owner', 'item'] as const;

export const overviewQuery = z.strictObject({
  group: z.enum(GROUPS).default('customer'),
  customer: z.uuid().optional(),
  owner: z.uuid().optional(),
  age: z.enum([...AGES, 'overdue']).optional(),
  sort: z.enum(['open', 'overdue', 'due']).default('overdue'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: limitOf(200).default(50),
});
export type OverviewQuery = z.output<typeof overviewQuery>;

export type Ages = Record<Age, string> & { open: string; overdue: string };

export interface OverviewLine extends Ages {
  key: string | null;
  title: string | null;
  /** Of an item: what it is. */
  item?: {
    type: 'contract' | 'order';
    id: string;
    number: string;
    name: string;
    instalment: string | null;
    due: string | null;
    customer: { id: string; title: string | null };
    open: { amount: string; currency: string };
  };
  count: number;
}

export interface Overview {
  today: string;
  currency: string;
  total: Ages & { advance: string; count: number };
  lines: OverviewLine[];
  more: boolean;
}

/** What is owed to us by age, within the caller's sight: of customers, of whoever looks after them, or item by item. */
export async function overviewOf(ctx: Context, query: OverviewQuery): Promise<Overview> {
  if (!mayTell(ctx)) throw forbidden();
  const today = dayOf(ctx);
  const narrowed = sql.join(
    [
      sql`true`,
      ...(query.customer ? [sql`d.customer_id = ${query.customer}`] : []),
      ...(query.owner ? [sql`d.root_owner_id = ${query.owner}`] : []),
    ],
    sql` and `,
  );
  const age =
    query.age && (query.age === 'overdue' ? sql`i.due_on < ${today}::date` : isOfAge(query.age, today));
  const items = sql`select i.*, c.owner_id as customer_owner from (${openItems(inSight(ctx, narrowed))}) i
    join customer c on c.id = i.customer_id where i.open > 0 and ${age ?? sql`true`}`;
  const sums = sql`${agesOf(today)}, coalesce(sum(round(i.open * i.rate, 2)), 0)::text as open,
    coalesce(sum(round(i.open * i.rate, 2)) filter (where i.due_on < ${today}::date), 0)::text as overdue, count(*)::int as count`;
  const { rows: totals } = await sql<Ages & { count: number }>`select ${sums} from (${items}) i`.execute(
    ctx.db,
  );
  const total = totals[0] as Ages & { count: number };
  const lines =
    query.group === 'item'
      ? await itemLines(ctx, query, items, sums)
      : await groupLines(ctx, query, items, sums);
  return {
    today,
    currency: ctx.currency,
    total: { ...total, advance: await advanceOf(ctx, query) },
    lines: lines.slice(0, query.limit),
    more: lines.length > query.limit,
  };
}

async function groupLines(
  ctx: Context,
  { group, sort, offset, limit }: OverviewQuery,
  items: RawBuilder<unknown>,
  sums: RawBuilder<unknown>,
): Promise<OverviewLine[]> {
  const key = sql.ref(group === 'customer' ? 'i.customer_id' : 'i.customer_owner');
  const by = sort === 'due' ? sql`min(i.due_on)` : sql`${sql.ref(`s.${sort}`)}::numeric desc`;
  const { rows } =
    await sql<OverviewLine>`select s.* from (select ${key} as key, min(i.due_on) as due, ${sums}
      from (${items}) i group by ${key}) s
    order by ${sort === 'due' ? sql`s.due` : by}, s.open::numeric desc, s.key offset ${offset} limit ${limit + 1}`.execute(
      ctx.db,
    );
  const wanted: Wanted = new Map();
  for (const row of rows) if (row.key) want(wanted, group === 'customer' ? 'customer' : 'user', row.key);
  const titles = await titlesOf(ctx, wanted);
  return rows.map((row) => ({ ...row, title: titles.get(row.key ?? '') ?? null }));
}

async function itemLines(
  ctx: Context,
  { sort, offset, limit }: OverviewQuery,
  items: RawBuilder<unknown>,
  sums: RawBuilder<unknown>,
): Promise<OverviewLine[]> {
  type Row = Ages & {
    type: 'contract' | 'order';
    id: string;
    number: string;
    name: string;
    instalment_name: string | null;
    due_on: string | null;
    customer_id: string;
    unit: string;
    own: string;
    key: string;
  };
  const by = sort === 'open' ? sql`sum(i.open * i.rate) desc` : sql`i.due_on nulls last`;
  const { rows } =
    await sql<Row>`select coalesce(i.instalment, i.id) as key, i.type, i.id, i.number, i.name, i.instalment_name, i.due_on,
      i.customer_id, i.unit, sum(i.open)::text as own, ${sums}
    from (${items}) i group by i.type, i.id, i.number, i.name, i.instalment, i.instalment_name, i.due_on, i.customer_id, i.unit
    order by ${by}, i.id offset ${offset} limit ${limit + 1}`.execute(ctx.db);
  const wanted: Wanted = new Map();
  for (const row of rows) want(wanted, 'customer', row.customer_id);
  const titles = await titlesOf(ctx, wanted);
  return rows.map(
    ({ type, id, number, name, instalment_name, due_on, customer_id, unit, own, key, ...ages }) => ({
      ...ages,
      key,
      title: name ?? number,
      count: 1,
      item: {
        ...{ type, id, number, name },
        instalment: instalment_name,
        due: due_on,
        customer: { id: customer_id, title: titles.get(customer_id) ?? null },
        open: { amount: own, currency: unit },
      },
    }),
  );
}

/** 预收: money received that has paid for nothing yet. */
async function advanceOf(ctx: Context, { customer, owner }: OverviewQuery): Promise<string> {
  const also = sql.join(
    [
      sql<SqlBool>`true`,
      ...(customer ? [sql<SqlBool>`t.customer_id = ${customer}`] : []),
      ...(owner ? [sql<SqlBool>`t.root_owner_id = ${owner}`] : []),
    ],
    sql` and `,
  );
  const { rows } = await sql<{ sum: string }>`select coalesce(sum(t.free_base), 0)::text as sum from receipt t
    where t.status = 'confirmed' and t.free > 0 and t.deleted_at is null and ${inScopeOf(ctx, 'receipt')} and ${also}`.execute(
    ctx.db,
  );
  return rows[0]?.sum ?? '0';
}
