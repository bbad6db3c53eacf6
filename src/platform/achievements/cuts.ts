import { type RawBuilder, sql } from 'kysely';
import { baseOf } from '../analysis/base.ts';
import { bareRegion } from '../analysis/groups.ts';
import { type Reach, reachFrom } from '../analysis/paths.ts';
import { isList } from '../analysis/query.shared.ts';
import { reportRows } from '../analysis/run.ts';
import { Inputs, measured } from '../analysis/values.ts';
import type { Context } from '../context/context.ts';
import { listRecords } from '../entity/list.ts';
import { problem } from '../errors/problem.ts';
import { Exact } from '../money/money.shared.ts';
import type { Tally } from './achievement.ts';
import { type Behind, behindOf, seesPath, tallyFilter } from './read.ts';

/** By what sums are told apart, and only as far as these values: all others of a kind are one. */
export interface Apart {
  product: readonly string[];
  category: readonly string[];
  /** Without their endings: 浙江. */
  province: readonly string[];
  customer: readonly string[];
  department: readonly string[];
}

const KINDS = ['product', 'category', 'province', 'customer', 'department'] as const;
type Kind = (typeof KINDS)[number];
export type CutKey = Record<Kind, string | null>;

/** What records of one cut and month come to. */
export interface CutSum extends CutKey {
  /** The first day of the month. */
  month: string;
  amount: string;
  /** Null where it tells no pieces. */
  quantity: string | null;
  records: number;
}

interface Asked {
  from: string;
  to: string;
}

/** More groups nobody can have planned for. */
const MOST = 20_000;

/** Whether the caller may be told sums of these kinds: what he may not read of records, he is not told added up either. */
export function mayTellCuts(ctx: Context, tally: Tally, apart: Apart): boolean {
  const { value, quantity, at, chance } = tally;
  const paths = [
    at,
    value.field,
    quantity?.field,
    ...(value.except ?? []),
    ...(chance ?? []),
    ...KINDS.map((kind) => (apart[kind].length ? pathOf(tally, kind) : undefined)),
  ];
  return (
    ctx.policies.for(tally.entity).can('read') &&
    paths.every((path) => path === undefined || seesPath(ctx, tally.entity, path))
  );
}

/** What the caller's records come to in some days, by month and cut. One statement, within his rights. */
export async function cutSums(ctx: Context, tally: Tally, asked: Asked, apart: Apart): Promise<CutSum[]> {
  const { rows, values } = await selected(ctx, tally, asked, apart);
  const [amount, quantity] = values;
  const keys = KINDS.map((kind) => sql.ref(kind));
  const { rows: found } = await reportRows(
    ctx,
    sql<CutSum & { chance: number }>`select ${sql.join(keys)}, month::text as month, chance,
      coalesce(${amount}, 0)::text as amount, ${quantity ? sql`coalesce(${quantity}, 0)::text` : sql`null`} as quantity,
      count(*)::int as records
    from (${rows}) b group by ${sql.join(keys)}, month, chance limit ${MOST + 1}`,
  );
  if (found.length > MOST) throw problem('report_too_many_groups', { status: 422, params: { most: MOST } });
  return found.map(({ chance, ...sum }) => ({
    ...sum,
    amount: weighed(sum.amount, chance).toDecimalPlaces(2).toFixed(),
    quantity: sum.quantity === null ? null : weighed(sum.quantity, chance).toDecimalPlaces(4).toFixed(),
  }));
}

const weighed = (number: string, chance: number) => new Exact(number).times(chance).div(100);

/** The caller's records of some cuts in a month, newest first, as many as were added up. */
export async function cutRecords(
  ctx: Context,
  tally: Tally,
  asked: Asked,
  apart: Apart,
  cuts: readonly CutKey[],
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: Behind[]; nextCursor: string | null }> {
  if (cuts.length === 0) return { items: [], nextCursor: null };
  const { rows } = await selected(ctx, tally, asked, apart);
  const wanted = sql`(${sql.join(
    KINDS.map((kind) => sql`b.${sql.ref(kind)} is not distinct from w.${sql.ref(kind)}`),
    sql` and `,
  )})`;
  const columns = KINDS.map(
    (kind) => sql`unnest(${cuts.map((cut) => cut[kind])}::text[]) as ${sql.ref(kind)}`,
  );
  const { rows: found } = await reportRows(
    ctx,
    sql<{ id: string }>`select b.id from (${rows}) b
    where exists (select from (select ${sql.join(columns)}) w where ${wanted})
      ${page.cursor ? sql`and b.id < ${page.cursor}::uuid` : sql``}
    order by b.id desc limit ${page.limit + 1}`,
  );
  const ids = found.slice(0, page.limit).map(({ id }) => id);
  const { items } = await listRecords(ctx, tally.entity, {
    filter: { field: 'id', op: 'in', value: ids },
    limit: page.limit,
  });
  const known = new Map(items.map((record) => [record.id, record]));
  return {
    items: ids.flatMap((id) => {
      const record = known.get(id);
      return record ? [behindOf(ctx, tally, record, true)] : [];
    }),
    nextCursor: found.length > page.limit ? (ids.at(-1) ?? null) : null,
  };
}

/** Rows with what they are told apart by, and how they are added up over rows `b`. */
async function selected(ctx: Context, tally: Tally, asked: Asked, apart: Apart) {
  const base = await baseOf(ctx, tally.entity, tallyFilter(ctx, tally, asked) ?? undefined);
  const policy = ctx.policies.for(tally.entity);
  const reach = reachFrom(ctx, policy);
  const inputs = new Inputs();
  const given = { ctx, policy, reach, inputs };
  const values = [(await measured(given, tally.value, 'value')).expression];
  if (tally.quantity) values.push((await measured(given, tally.quantity, 'quantity')).expression);
  const { field, value: at } = reach.field(tally.at, 'at');
  const local = field.kind === 'instant' ? sql`(${at} at time zone ${sql.lit(ctx.timeZone)})` : at;
  const chance = tally.chance?.map((path) => reach.field(path, 'chance').value) ?? [];
  const columns = [
    sql`t.id`,
    sql`date_trunc('month', ${local}::timestamp)::date as month`,
    sql`${chance.length ? sql`coalesce(${sql.join(chance)}, 0)` : sql`100`}::int as chance`,
    ...KINDS.map((kind) => sql`${keyOf(ctx, reach, pathOf(tally, kind), apart[kind])} as ${sql.ref(kind)}`),
    ...inputs.columns.map(({ name, expression }) => sql`${expression} as ${sql.ref(name)}`),
  ];
  const rows = sql`select ${sql.join(columns)} from ${base.from} ${reach.joins()} where ${base.where}`;
  return { rows, values };
}

function pathOf(tally: Tally, kind: Kind): string | undefined {
  // Whose customer it is stands on every record that hangs on one.
  return kind === 'customer' || kind === 'department' ? kind : tally[kind];
}

/** The value at a path, where it is one of these. */
function keyOf(ctx: Context, reach: Reach, path: string | undefined, values: readonly string[]) {
  if (!path || values.length === 0) return sql`null::text`;
  const value = keyed(ctx, reach, path);
  return sql`case when (${value})::text = any(${[...values]}::text[]) then (${value})::text end`;
}

function keyed(ctx: Context, reach: Reach, path: string): RawBuilder<unknown> {
  const [step = '', ...rest] = path.split('.');
  const first = reach.field(step, 'key');
  if (!isList(first.field.kind)) {
    const { field, value } = reach.field(path, 'key');
    return field.kind === 'region' ? bareRegion(field, value) : value;
  }
  // Nobody knows how an amount is shared by the records of a list: it counts for the first, once.
  const one = sql`(${first.value})[1]`;
  const to = ctx.registry.byName.get(first.field.to ?? '');
  const column = to?.fields[rest.join('.')]?.column;
  if (!to || !column) return one;
  return sql`(select x.${sql.ref(column)} from ${sql.table(to.table)} x where x.id = ${one})`;
}
