import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import { unveiled } from '../access/pool.ts';
import { type Condition, scopeBranches, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { withCostLimit } from '../db/cost-limit.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { searchCondition } from '../search/condition.ts';
import { openClasses } from '../search/records.ts';
import type { SearchClass } from '../search/types.ts';
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
import type { Entity } from './types.ts';
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
    const { rows } = await pageQuery(selection, keys, rangesAfter(keys, cursor), size).execute(ctx.db);
    const found = rows as Record<string, unknown>[];
    if (found.length) yield found.map((row) => row.id as string);
    if (found.length < size) return;
    cursor = decodeCursor(keys, encodeCursor(keys, found.at(-1) as Record<string, unknown>));
  }
}

/** The ids of a page with the values it is sorted by. Planned for its parameters: a frequent city is not a rare one. */
function pageQuery(
  selection: Selection,
  keys: SortKey[],
  ranges: (Condition | null)[],
  limit: number,
): RawBuilder<unknown> {
  const { entity, conditions, branches } = selection;
  const rows = recordTable(entity, keys);
  const columns = sql.join([
    sql.ref('t.id'),
    ...keys
      .filter(({ column }, at) => column !== 'id' && at === firstOf(keys, column))
      .map((key) => keyRef(key)),
  ]);
  const parts = ranges.flatMap((range, index) => {
    const where = range ? [...conditions, range] : conditions;
    const one = (extra: Condition[]) =>
      sql`(select ${sql.lit(index)} as _range, ${columns} from ${rows} where ${allOf([...where, ...extra])} order by ${orderBy(keys, 't.', true)} limit ${limit})`;
    return branches === null ? [one([])] : branches.map((branch) => one([branch]));
  });
  if (parts.length === 0) return sql`select null as id where false`;
  if (parts.length === 1) return parts[0] as RawBuilder<unknown>;
  // UNION (not ALL) drops the record that two branches both found.
  return sql`select * from (${sql.join(parts, sql` union `)}) k order by k._range, ${orderBy(keys, 'k.')} limit ${limit}`;
}

const firstOf = (keys: SortKey[], column: string) => keys.findIndex((key) => key.column === column);

/** The ids a selection takes in, as far as they are counted; in no order. */
function countedIds({ entity, conditions, branches }: Selection): RawBuilder<unknown> {
  const table = sql.table(entity.table);
  const one = (extra: Condition[]) =>
    sql`(select t.id from ${table} t where ${allOf([...conditions, ...extra])} limit ${COUNT_LIMIT + 1})`;
  if (branches?.length === 0) return sql`select null::uuid as id where false`;
  const parts = branches === null ? [one([])] : branches.map((branch) => one([branch]));
  return sql`select id from (${sql.join(parts, sql` union `)}) u limit ${COUNT_LIMIT + 1}`;
}

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
