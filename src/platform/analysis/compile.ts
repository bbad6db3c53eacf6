import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { problem } from '../errors/problem.ts';
import { baseOf } from './base.ts';
import { type Group, groupOf } from './groups.ts';
import { reachFrom } from './paths.ts';
import type { ReportQuery } from './query.shared.ts';
import type { RawRow } from './shape.ts';
import { Inputs, measured, type Value } from './values.ts';

/** So many groups are worked out at most; more nobody looks through. */
export const MOST_GROUPS = 5000;

export interface Compiled {
  statement: RawBuilder<Record<string, unknown>>;
  groups: Group[];
  values: Value[];
  read(row: Record<string, unknown>): RawRow;
}

/** A report as one statement, with the caller's rights in it. */
export async function compileReport(
  ctx: Context,
  query: ReportQuery,
  action: 'read' | 'export' = 'read',
): Promise<Compiled> {
  const base = await baseOf(ctx, query.entity, query.filter, action);
  const policy = ctx.policies.for(query.entity);
  const reach = reachFrom(ctx, policy);
  const inputs = new Inputs();
  const specs = [...query.rows, ...query.columns];
  const groups = specs.map((spec, at) =>
    groupOf(ctx, reach, spec, at < query.rows.length ? `rows.${at}` : `columns.${at - query.rows.length}`),
  );
  if (groups.filter(({ list }) => list).length > 1) throw problem('report_two_lists', { status: 422 });
  const values: Value[] = [];
  for (const [at, spec] of query.values.entries())
    values.push(await measured({ ctx, policy, reach, inputs }, spec, `values.${at}`));
  const unvalued = inputs.unvalued.length
    ? sql`count(*) filter (where ${inputs.add(sql`(${sql.join(inputs.unvalued, sql` or `)})`)})`
    : sql`0`;
  const selected = [
    ...groups.map(({ key }, at) => sql`${key} as ${sql.ref(`g${at}`)}`),
    ...inputs.columns.map(({ name, expression }) => sql`${expression} as ${sql.ref(name)}`),
  ];
  const rows = sql`select ${selected.length ? sql.join(selected) : sql`1 as one`}
    from ${base.from} ${reach.joins()} where ${base.where}`;
  const parts = { rows, groups, query, expressions: values.map(({ expression }) => expression), unvalued };
  return {
    statement: statementOf(parts),
    groups,
    values,
    read: (row) => ({
      rowTotal: row.r === 1,
      columnTotal: row.c === 1,
      keys: groups.map((_, at) => (row[`k${at}`] as string | null) ?? null),
      numbers: values.map((_, at) => (row[`n${at}`] as string | null) ?? null),
      unvalued: Number(row.u),
      found: Number(row.found),
    }),
  };
}

interface Parts {
  rows: RawBuilder<unknown>;
  groups: readonly Group[];
  query: ReportQuery;
  expressions: readonly RawBuilder<unknown>[];
  unvalued: RawBuilder<unknown>;
}

/** A set of groups: by rows and columns, by either, or of all. */
interface GroupingSet {
  rows: boolean;
  columns: boolean;
}

function statementOf(parts: Parts): RawBuilder<Record<string, unknown>> {
  const { rows, groups, query } = parts;
  const byRows = query.rows.length ? [true, false] : [true];
  const byColumns = query.columns.length ? [true, false] : [true];
  const sets = byRows.flatMap((row) => byColumns.map((column) => ({ rows: row, columns: column })));
  const list = groups.findIndex((group) => group.list);
  if (list < 0) return sql`${branch(parts, sql`(${rows}) b`, sets, null)} ${ordered(parts)}`;
  // A record with several products counts under each of them, but once in what all comes to.
  const inRows = list < query.rows.length;
  const told = (set: GroupingSet) => (inRows ? set.rows : set.columns);
  const single = sets.filter((set) => !told(set));
  const spread = branch(
    parts,
    sql`rows b left join lateral unnest(b.${sql.ref(`g${list}`)}) x(v) on true`,
    sets.filter(told),
    list,
  );
  return sql`with rows as materialized (${rows}) (${spread}) union all
    (${branch(parts, sql`rows b`, single, list)}) limit ${MOST_GROUPS + 1}`;
}

/** Where only the best are asked for, the database need not tell of the others: by which number, and how many. */
function topOf({ limit, sort, columns, rows, values }: ReportQuery): { by: number; limit: number } | null {
  const by = sort?.by;
  if (limit === undefined || rows.length === 0 || columns.length || typeof by !== 'number') return null;
  const { show } = values[by] ?? {};
  return show && show !== 'share' ? null : { by, limit };
}

function ordered({ query, groups, expressions }: Parts): RawBuilder<unknown> {
  const top = topOf(query);
  const by = top && expressions[top.by];
  if (!by) return sql`limit ${MOST_GROUPS + 1}`;
  const keys = groups.map((_, at) => sql`b.${sql.ref(`g${at}`)}`);
  return sql`order by r desc, ${by} ${query.sort?.desc ? sql`desc` : sql`asc`} nulls last, ${sql.join(keys)}
    limit ${top.limit + 1}`;
}

function branch(
  { groups, query, expressions, unvalued }: Parts,
  from: RawBuilder<unknown>,
  sets: readonly GroupingSet[],
  list: number | null,
): RawBuilder<unknown> {
  const inRows = (at: number) => at < query.rows.length;
  const present = (at: number, set: GroupingSet) => (inRows(at) ? set.rows : set.columns);
  const used = (at: number) => sets.some((set) => present(at, set));
  const key = (at: number) => (at === list ? sql`x.v` : sql`b.${sql.ref(`g${at}`)}`);
  const all = groups.map((_, at) => at);
  const rolled = (first: number, exists: boolean) =>
    !exists ? sql`0` : used(first) ? sql`grouping(${key(first)})` : sql`1`;
  const columns = [
    sql`${rolled(0, query.rows.length > 0)} as r`,
    sql`${rolled(query.rows.length, query.columns.length > 0)} as c`,
    ...all.map((at) => sql`${used(at) ? sql`(${key(at)})::text` : sql`null::text`} as ${sql.ref(`k${at}`)}`),
    ...expressions.map((expression, at) => sql`(${expression})::text as ${sql.ref(`n${at}`)}`),
    sql`${unvalued} as u`,
    sql`count(*) over () as found`,
  ];
  const grouping = sets.map((set) => {
    const keys = all.filter((at) => present(at, set)).map(key);
    return keys.length ? sql`(${sql.join(keys)})` : sql`()`;
  });
  return sql`select ${sql.join(columns)} from ${from} group by grouping sets (${sql.join(grouping)})`;
}
