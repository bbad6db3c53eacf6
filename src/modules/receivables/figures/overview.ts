import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { type RunOptions, reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { limitOf } from '../../../platform/http/route.ts';
import { inOwn } from '../../../platform/rates/own.ts';
import { type Waiting, waitingFor } from '../../orders/public.ts';
import { AGES, type Age, agesOf, isOfAge } from './ageing.ts';
import { inScopeOf, inSight, mayTakeOut, mayTell, openItems, unpaid } from './open-items.ts';

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
    /** Why it has no day yet. */
    waits: Waiting | null;
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

/**
 * What is owed to us by age, within the caller's sight: of customers, of whoever looks after them, or item by item. One statement adds
 * up and tells the lines of a page; what is paid it does not look at.
 */
export async function overviewOf(
  ctx: Context,
  query: OverviewQuery,
  { action = 'read', limitMs }: RunOptions = {},
): Promise<Overview> {
  if (!mayTell(ctx)) throw forbidden();
  if (action === 'export' && !mayTakeOut(ctx)) throw forbidden('export_forbidden');
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
  const { rows } = await reportRows(
    ctx,
    sql<{ total: Sums; lines: Line[] }>`with item as materialized (
        select i.*, c.owner_id as customer_owner from (${openItems(unpaid(inSight(ctx, narrowed, action)))}) i
        join customer c on c.id = i.customer_id where i.open > 0 and ${age ?? sql`true`}
      ), whole as (select ${sumsOf(ctx, today)} from item i),
      line as (${query.group === 'item' ? itemLines(ctx, query, today) : groupLines(ctx, query, today)})
      select (select to_json(whole) from whole) as total,
        (select coalesce(json_agg(line order by line.place), '[]') from line) as lines`,
    limitMs,
  );
  const { total, lines } = rows[0] as (typeof rows)[number];
  return {
    today,
    currency: ctx.currency,
    total: { ...total, advance: await advanceOf(ctx, query) },
    lines: await named(ctx, query, lines.slice(0, query.limit)),
    more: lines.length > query.limit,
  };
}

type Sums = Ages & { count: number };

const sumsOf = (ctx: Context, today: string): RawBuilder<unknown> => sql`${agesOf(ctx, today)},
  coalesce(sum(${inOwn(ctx, sql`i.open`, sql`i.rate`)}), 0)::text as open,
  coalesce(sum(${inOwn(ctx, sql`i.open`, sql`i.rate`)}) filter (where i.due_on < ${today}::date), 0)::text as overdue, count(*)::int as count`;

/** A line as the statement tells it; of items with what it is about. */
type Line = Sums & {
  key: string | null;
  type?: 'contract' | 'order';
  id: string;
  number: string;
  name: string;
  instalment_name: string | null;
  due: string | null;
  customer_id: string;
  unit: string;
  own: string;
};

function groupLines(
  ctx: Context,
  { group, sort, offset, limit }: OverviewQuery,
  today: string,
): RawBuilder<unknown> {
  const key = sql.ref(group === 'customer' ? 'i.customer_id' : 'i.customer_owner');
  const by = sort === 'due' ? sql`s.due` : sql`${sql.ref(`s.${sort}`)}::numeric desc`;
  return sql`select s.*, row_number() over (order by ${by}, s.open::numeric desc, s.key) as place
    from (select ${key} as key, min(i.due_on) as due, ${sumsOf(ctx, today)} from item i group by ${key}) s
    order by place offset ${offset} limit ${limit + 1}`;
}

function itemLines(ctx: Context, { sort, offset, limit }: OverviewQuery, today: string): RawBuilder<unknown> {
  const by = sort === 'open' ? sql`s.open::numeric desc` : sql`s.due nulls last`;
  return sql`select s.*, row_number() over (order by ${by}, s.id, s.key) as place
    from (select coalesce(i.instalment, i.id) as key, i.type, i.id, i.number, i.name, i.instalment_name, i.due_on as due,
        i.customer_id, i.unit, sum(i.open)::text as own, ${sumsOf(ctx, today)}
      from item i group by i.type, i.id, i.number, i.name, i.instalment, i.instalment_name, i.due_on, i.customer_id, i.unit) s
    order by place offset ${offset} limit ${limit + 1}`;
}

async function named(
  ctx: Context,
  { group }: OverviewQuery,
  lines: readonly Line[],
): Promise<OverviewLine[]> {
  const wanted: Wanted = new Map();
  for (const { key, customer_id } of lines)
    if (group === 'item') want(wanted, 'customer', customer_id);
    else if (key) want(wanted, group === 'customer' ? 'customer' : 'user', key);
  const titles = await titlesOf(ctx, wanted);
  const waits = await waitsOf(ctx, lines);
  return lines.map(
    ({ key, type, id, number, name, instalment_name, due, customer_id, unit, own, ...rest }) => {
      const { later, d30, d60, d90, over90, open, overdue, count } = rest;
      const sums = { key, later, d30, d60, d90, over90, open, overdue, count };
      if (!type) return { ...sums, title: titles.get(key ?? '') ?? null };
      const item = {
        ...{ type, id, number, name, instalment: instalment_name, due, waits: waits.get(key ?? '') ?? null },
        customer: { id: customer_id, title: titles.get(customer_id) ?? null },
        open: { amount: own, currency: unit },
      };
      return { ...sums, title: name ?? number, item };
    },
  );
}

/** What items without a day wait for, by their keys. */
async function waitsOf(ctx: Context, lines: readonly Line[]): Promise<Map<string, Waiting>> {
  const undated = lines.filter(({ type, due }) => type && due === null);
  const of = (wanted: 'contract' | 'order') => [
    ...new Set(undated.flatMap(({ type, id }) => (type === wanted ? id : []))),
  ];
  const [contracts, orders] = [
    await waitingFor(ctx, 'contract', of('contract')),
    await waitingFor(ctx, 'order', of('order')),
  ];
  return new Map([...contracts, ...orders]);
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
