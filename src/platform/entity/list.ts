import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import { unveiled } from '../access/pool.ts';
import { type Condition, scopeBranches, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { withCostLimit } from '../db/cost-limit.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { minorUnits } from '../money/currencies.shared.ts';
import { searchCondition } from '../search/condition.ts';
import { openClasses } from '../search/records.ts';
import type { SearchClass } from '../search/types.ts';
import { comparedColumn } from './columns.ts';
import { compileFilter } from './filter.ts';
import type { ListAnswer } from './meta.shared.ts';
import { entityNamed } from './registry.ts';
import { recordTable, selectRows, visibleFields } from './select.ts';
import {
  allOf,
  decodeCursor,
  encodeCursor,
  keyRef,
  orderBy,
  parseSort,
  rangesAfter,
  type SortKey,
} from './sort.ts';
import type { Entity, Field } from './types.ts';
import { toWire } from './wire.ts';

export interface ListQuery {
  filter?: unknown;
  sort?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
  count?: boolean | undefined;
  q?: string | undefined;
  /** The recycle bin instead of what is in use. */
  deleted?: boolean | undefined;
}

/** Totals stop here: beyond it people need "many", not the number. */
export const COUNT_LIMIT = 10_000;
export const MAX_PAGE = 200;
/**
 * So many rows are sorted in a few milliseconds; of more than these a page is found along an index of a million within 40.
 * Along an index of facts every step costs a look at the record.
 */
const GATHERED = { own: 1500, facts: 5000 };

/** The rows a caller may see that meet a query: conditions without order, and what the plan must watch. */
export interface Selection {
  entity: Entity;
  conditions: Condition[];
  branches: Condition[] | null;
  indexed: boolean;
}

/** The one way from a query to rows: access, filter and search together. List, count, export and mass actions use it. */
export async function selectionOf(
  ctx: Context,
  entityName: string,
  query: ListQuery,
  action: 'read' | 'export' = 'read',
): Promise<Selection> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read') || !policy.can(action))
    throw forbidden(action === 'read' ? 'forbidden' : 'export_forbidden');
  const scope = policy.scope(action);
  const filter = await compileFilter(query.filter, { ctx, policy });
  const conditions: Condition[] = [
    query.deleted ? sql<SqlBool>`t.deleted_at is not null` : sql<SqlBool>`t.deleted_at is null`,
  ];
  if (filter.condition) conditions.push(filter.condition);
  const needle = query.q?.trim();
  if (needle) {
    if (needle.length > 200)
      throw problem('bad_search', {
        status: 400,
        errors: [{ path: 'q', code: 'too_long', params: { max: 200 } }],
      });
    const found = await searched(ctx, policy, needle);
    if (found) conditions.push(found);
  }
  // A wider right to export gives no sight of what may not be read.
  if (action !== 'read') {
    conditions.push(scopeCondition(entity, policy.scope('read'), ctx.principal));
    if (policy.veiled.length) conditions.push(unveiled(policy.veiled));
  }
  const branches = scopeBranches(entity, scope, ctx.principal);
  return { entity, conditions, branches, indexed: filter.indexed };
}

/** What a needle finds; records of veiled pools not by their personal data. */
async function searched(ctx: Context, policy: EntityPolicy, needle: string): Promise<Condition | undefined> {
  const { entity, searchClasses, veiled } = policy;
  const by = (classes: readonly SearchClass[]) =>
    searchCondition(ctx.db, needle, { entity: entity.name, classes, id: sql.ref('t.id') });
  const all = await by(searchClasses);
  const open = openClasses(entity, searchClasses);
  if (!all || veiled.length === 0 || open.length === searchClasses.length) return all;
  return sql<SqlBool>`(${all} and (${unveiled(veiled)} or ${(await by(open)) ?? sql`false`}))`;
}

/** One page of a list, with its total where asked. */
export async function listRecords(ctx: Context, entityName: string, query: ListQuery): Promise<ListAnswer> {
  const selection = await selectionOf(ctx, entityName, query);
  const { entity } = selection;
  const policy = ctx.policies.for(entityName);
  const keys = parseSort(query.sort, policy);
  const limit = Math.min(query.limit ?? 50, MAX_PAGE);
  // An order tells of what it goes by.
  const { veiled } = policy;
  if (veiled.length && keys.some((key) => key.sensitive)) selection.conditions.push(unveiled(veiled));
  const cursor = query.cursor ? decodeCursor(keys, query.cursor) : null;
  const page = pageQuery(selection, keys, rangesAfter(keys, cursor), limit + 1);
  const limited = selection.indexed && !keys.some((key) => key.unindexed) ? ctx.db : null;
  const run = <T>(statement: RawBuilder<T>) =>
    limited ? statement.execute(limited) : withCostLimit(ctx.db, (db) => statement.execute(db));
  const [rows, count] = await Promise.all([run(page), query.count ? run(countQuery(selection)) : null]);
  const found = rows.rows.slice(0, limit) as Record<string, unknown>[];
  const more = rows.rows.length > limit;
  const total = (count?.rows[0] as { n: number } | undefined)?.n;
  const fields = visibleFields(ctx, entity);
  const items = await selectRows(
    ctx,
    entity,
    found.map((row) => row.id as string),
    fields,
  );
  return {
    items: items.map((row) => toWire(policy, row, fields)),
    nextCursor: more ? encodeCursor(keys, found.at(-1) as Record<string, unknown>) : null,
    ...(total === undefined
      ? {}
      : { total: Math.min(total, COUNT_LIMIT), totalIsExact: total <= COUNT_LIMIT }),
  };
}

/**
 * The ids a query selects, in its order, page by page: for exports, which take everything and hold little of it at a time.
 * What is added meanwhile may be among them or not; nothing comes twice.
 */
export async function* idPages(
  ctx: Context,
  entityName: string,
  query: ListQuery,
  action: 'read' | 'export',
  size: number,
): AsyncGenerator<string[]> {
  const selection = await selectionOf(ctx, entityName, query, action);
  const keys = parseSort(query.sort, ctx.policies.for(entityName));
  let cursor: ReturnType<typeof decodeCursor> | null = null;
  for (;;) {
    const { rows } = await walkQuery(selection, keys, rangesAfter(keys, cursor), size).execute(ctx.db);
    const found = rows as Record<string, unknown>[];
    if (found.length) yield found.map((row) => row.id as string);
    if (found.length < size) return;
    cursor = decodeCursor(keys, encodeCursor(keys, found.at(-1) as Record<string, unknown>));
  }
}

/**
 * The ids of a page with the values it is sorted by. What is narrowed down to few is gathered and sorted; only of many is the
 * order's index walked along, which finds a page of them soon. The planner, left to itself, guesses how many there are, and
 * where it errs walks through the whole base.
 */
function pageQuery(
  selection: Selection,
  keys: SortKey[],
  ranges: (Condition | null)[],
  limit: number,
): RawBuilder<unknown> {
  const { branches, conditions } = selection;
  // Whoever sees all, unfiltered, has many; whoever sees nothing, none.
  if (branches ? branches.length === 0 : conditions.length === 1)
    return walkQuery(selection, keys, ranges, limit);
  const most = keys.some((key) => key.fact) ? GATHERED.facts : GATHERED.own;
  const few = sql<SqlBool>`(select count(*) from few) <= ${most}`;
  const gathered = {
    ...selection,
    branches: null,
    conditions: [sql<SqlBool>`t.id = any(array(select id from few))`],
  };
  return sql`with few as materialized (${selectedIds(selection, most + 1)})
    select * from (select * from (${walkQuery(gathered, keys, ranges, limit, few)}) g
      union all select * from (${walkQuery(selection, keys, ranges, limit, sql<SqlBool>`not ${few}`)}) w) k
    order by k._range, ${orderBy(keys, 'k.')} limit ${limit}`;
}

/**
 * The same along the order's index. Planned for its parameters: a frequent city is not a rare one. A range is only looked at
 * where those before it did not fill the page.
 * @param when a condition without columns, or else nothing is looked at
 */
function walkQuery(
  selection: Selection,
  keys: SortKey[],
  ranges: (Condition | null)[],
  limit: number,
  when: Condition = sql<SqlBool>`true`,
): RawBuilder<unknown> {
  if (selection.branches?.length === 0) return sql`select null as id where false`;
  const name = (index: number) => sql.ref(`range${index}`);
  const found = ranges.map((_, index) => sql`(select count(*) from ${name(index)})`);
  const parts = ranges.map((range, index) => {
    const missing = index ? sql<SqlBool>`${sql.join(found.slice(0, index), sql` + `)} < ${limit}` : null;
    return rangeQuery(
      selection,
      keys,
      range,
      index,
      limit,
      missing ? sql<SqlBool>`${when} and ${missing}` : when,
    );
  });
  if (parts.length === 1) return parts[0] as RawBuilder<unknown>;
  return sql`with ${sql.join(parts.map((part, index) => sql`${name(index)} as materialized (${part})`))}
    select * from (${sql.join(
      ranges.map((_, index) => sql`select * from ${name(index)}`),
      sql` union all `,
    )}) k order by k._range, ${orderBy(keys, 'k.')} limit ${limit}`;
}

/** A page of one of the ranges after a cursor, of all that the caller may see. */
function rangeQuery(
  { entity, conditions, branches }: Selection,
  keys: SortKey[],
  range: Condition | null,
  index: number,
  limit: number,
  when: Condition,
): RawBuilder<unknown> {
  const columns = sql.join([
    sql.ref('t.id'),
    ...keys
      .filter(({ column }, at) => column !== 'id' && at === firstOf(keys, column))
      .map((key) => keyRef(key)),
  ]);
  const where = [...conditions, ...(range ? [range] : []), when];
  const parts = (branches ?? [null]).map(
    (branch) => sql`(select ${sql.lit(index)} as _range, ${columns} from ${recordTable(entity, keys)}
      where ${allOf(branch ? [...where, branch] : where)} order by ${orderBy(keys, 't.', true)} limit ${limit})`,
  );
  if (parts.length === 1) return parts[0] as RawBuilder<unknown>;
  return sql`select * from (${unionOf(parts)}) k order by ${orderBy(keys, 'k.')} limit ${limit}`;
}

/** UNION (not ALL) drops the record that two branches both found. */
const unionOf = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql` union `);

const firstOf = (keys: SortKey[], column: string) => keys.findIndex((key) => key.column === column);

/** The ids a selection takes in, up to a limit; in no order. */
function selectedIds({ entity, conditions, branches }: Selection, limit: number): RawBuilder<unknown> {
  if (branches?.length === 0) return sql`select null::uuid as id where false`;
  const parts = (branches ?? [null]).map(
    (branch) => sql`(select t.id from ${sql.table(entity.table)} t
      where ${allOf(branch ? [...conditions, branch] : conditions)} limit ${limit})`,
  );
  return sql`select id from (${unionOf(parts)}) u limit ${limit}`;
}

const countedIds = (selection: Selection) => selectedIds(selection, COUNT_LIMIT + 1);

const countQuery = (selection: Selection): RawBuilder<unknown> =>
  sql`select count(*) as n from (${countedIds(selection)}) c`;

/** How many a query selects, and some of them as they come: found in one look, which an order would make two. */
export async function countWithSome(
  ctx: Context,
  entityName: string,
  query: ListQuery,
  some: number,
): Promise<Required<Pick<ListAnswer, 'items' | 'total' | 'totalIsExact'>> & { indexed: boolean }> {
  const selection = await selectionOf(ctx, entityName, query);
  const { entity, indexed } = selection;
  const statement = sql<{ n: number; ids: string[] }>`with m as materialized (${countedIds(selection)})
    select (select count(*) from m)::int as n, array(select id from m limit ${some}) as ids`;
  const { rows } = await (indexed
    ? statement.execute(ctx.db)
    : withCostLimit(ctx.db, (db) => statement.execute(db)));
  const { n = 0, ids = [] } = rows[0] ?? {};
  const fields = visibleFields(ctx, entity);
  const found = ids.length ? await selectRows(ctx, entity, ids, fields) : [];
  const policy = ctx.policies.for(entityName);
  return {
    items: found.map((row) => toWire(policy, row, fields)),
    total: Math.min(n, COUNT_LIMIT),
    totalIsExact: n <= COUNT_LIMIT,
    indexed,
  };
}

/** Counts records up to a limit of the caller's choice (jobs that need exactness pass a large one). */
export async function countRecords(ctx: Context, entityName: string, query: ListQuery): Promise<number> {
  const { rows } = await countQuery(await selectionOf(ctx, entityName, query)).execute(ctx.db);
  return (rows[0] as { n: number }).n;
}

/**
 * How many records a query selects and what a money field of theirs adds up to, in the company's currency; both stop at
 * 10,000 records. Amounts in a currency without a rate are not in it; how many, it says. With `weight`, a field in per cent, also the sum weighted by it. Null for who may not see the field.
 */
export async function sumRecords(
  ctx: Context,
  entityName: string,
  query: ListQuery,
  { field, weight }: { field: string; weight: string },
): Promise<{
  total: number;
  totalIsExact: boolean;
  sum: string | null;
  weighted: string | null;
  unrated: number;
}> {
  const selection = await selectionOf(ctx, entityName, query);
  const policy = ctx.policies.for(entityName);
  const fieldOf = (name: string) => selection.entity.fields[name] as Field;
  const column = (name: string) => sql.ref(`t.${comparedColumn(fieldOf(name))}`);
  const seen = policy.sees(field) && policy.sees(weight);
  const value = seen ? column(field) : sql`null::numeric`;
  const share = seen ? column(weight) : sql`null::numeric`;
  const written = seen ? sql.ref(`t.${fieldOf(field).column}`) : sql`null::numeric`;
  const digits = minorUnits(ctx.currency);
  const statement = sql<{
    n: number;
    sum: string | null;
    weighted: string | null;
    unrated: number;
  }>`select count(*)::int as n,
    round(sum(${value}), ${digits}::int)::text as sum, round(sum(${value} * ${share} / 100), ${digits}::int)::text as weighted,
    count(*) filter (where ${written} is not null and ${value} is null)::int as unrated
    from (${countedIds(selection)}) c join ${sql.table(selection.entity.table)} t on t.id = c.id`;
  const { rows } = await (selection.indexed
    ? statement.execute(ctx.db)
    : withCostLimit(ctx.db, (db) => statement.execute(db)));
  const { n = 0, sum = null, weighted = null, unrated = 0 } = rows[0] ?? {};
  return { total: Math.min(n, COUNT_LIMIT), totalIsExact: n <= COUNT_LIMIT, sum, weighted, unrated };
}
