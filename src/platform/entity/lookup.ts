import { type SqlBool, sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import { asSystem, type Context } from '../context/context.ts';
import { forbidden } from '../errors/problem.ts';
import { isSearchable } from '../search/records.ts';
import { searchScope } from '../search/routes.ts';
import { searchDocs } from '../search/search.ts';
import type { Mark } from './behaviour.ts';
import { subtitleOf } from './field-text.ts';
import { compileFilter } from './filter.ts';
import { listRecords } from './list.ts';
import type { Filter, Link, WireRecord } from './meta.shared.ts';
import { entityNamed } from './registry.ts';
import { readMany } from './titles.ts';
import type { Entity } from './types.ts';

export interface LookupItem extends Link, Mark {
  subtitle: string;
  /** No longer chosen for anything new, as a person who has left. */
  off?: true;
}

interface LookupQuery {
  q?: string | undefined;
  limit: number;
  /** Only that part of the records which the declaration offers under this name. */
  among?: string | undefined;
}

/** Of records found by a word so many are looked at for those offered. */
const LOOKED_AT = 200;

/** What a reference picker offers: found by name or pinyin within the caller's scope, or the records last changed. */
export async function lookup(ctx: Context, entityName: string, query: LookupQuery): Promise<LookupItem[]> {
  const entity = entityNamed(ctx.registry, entityName);
  if (!ctx.policies.for(entityName).can('read')) throw forbidden();
  const items = await offered(ctx, entity, query);
  const ids = items.map(({ id }) => id);
  const marks = ids.length ? await ctx.behaviours.get(entityName)?.marks?.(ctx, ids) : undefined;
  return marks ? items.map((each) => ({ ...each, ...marks.get(each.id) })) : items;
}

async function offered(
  ctx: Context,
  entity: Entity,
  { q, limit, among }: LookupQuery,
): Promise<LookupItem[]> {
  const needle = q?.trim();
  const part = among ? entity.offered?.[among] : undefined;
  const found = needle
    ? await named(ctx, entity, needle, part ? LOOKED_AT : limit)
    : await lastChanged(ctx, entity, part, limit);
  const ids = found.map(({ id }) => id);
  if (part) {
    const kept = needle ? await within(ctx, entity, part, ids) : null;
    return kept ? found.filter(({ id }) => kept.has(id)).slice(0, limit) : found;
  }
  const [first] = Object.values(entity.offered ?? {});
  const on = first && (await within(ctx, entity, first, ids));
  return on ? found.map((each) => (on.has(each.id) ? each : { ...each, off: true as const })) : found;
}

/** Whom a record may be given to does not hang on what the caller may read of them. */
async function conditionOf(ctx: Context, entity: Entity, part: Filter) {
  const system = asSystem(ctx, 'lookup');
  const { condition } = await compileFilter(part, { ctx: system, policy: system.policies.for(entity.name) });
  return condition ?? sql<SqlBool>`true`;
}

async function within(
  ctx: Context,
  entity: Entity,
  part: Filter,
  ids: readonly string[],
): Promise<Set<string>> {
  const condition = await conditionOf(ctx, entity, part);
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(entity.table)} t
    where t.id = any(${ids}::uuid[]) and ${condition}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

async function lastChanged(
  ctx: Context,
  entity: Entity,
  part: Filter | undefined,
  limit: number,
): Promise<LookupItem[]> {
  const policy = ctx.policies.for(entity.name);
  const sort = policy.sees('updatedAt') ? 'updatedAt' : 'id';
  if (!part) {
    const { items } = await listRecords(ctx, entity.name, { sort: `-${sort}`, limit });
    return items.map((record) => item(ctx, entity, record));
  }
  const by = sql.ref(`t.${sort === 'id' ? 'id' : 'updated_at'}`);
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(entity.table)} t
    where t.deleted_at is null and ${scope} and ${await conditionOf(ctx, entity, part)}
    order by ${by} desc, t.id desc limit ${limit}`.execute(ctx.db);
  return shown(
    ctx,
    entity,
    rows.map(({ id }) => id),
  );
}

async function named(ctx: Context, entity: Entity, needle: string, limit: number): Promise<LookupItem[]> {
  const scope = ctx.policies.for(entity.name).scope('read');
  // Of what has no department in the index a part is found by its own columns alone.
  const partly = scope.kind === 'some' && (entity.scope.kind === 'open' || scope.people !== undefined);
  if (!isSearchable(entity) || partly) return titled(ctx, entity, needle, limit);
  const classes = ctx.policies.for(entity.name).searchClasses;
  const { groups } = await searchDocs(ctx.db, {
    q: needle,
    limit,
    perEntityLimit: limit,
    entities: [{ entity: entity.name, scope: await searchScope(ctx, entity), classes }],
  });
  return shown(
    ctx,
    entity,
    groups.flatMap((group) => group.items.map((hit) => hit.id)),
  );
}

/** Records in the order of their ids, as far as the caller may read them. */
async function shown(ctx: Context, entity: Entity, ids: readonly string[]): Promise<LookupItem[]> {
  const records = await readMany(ctx, entity.name, ids);
  return ids.flatMap((id) => {
    const record = records.get(id);
    return record ? [item(ctx, entity, record)] : [];
  });
}

/** Of what is not in the search index, as short lists are not: those whose name has the words in it. */
async function titled(ctx: Context, entity: Entity, needle: string, limit: number): Promise<LookupItem[]> {
  if (!entity.fields[entity.title]?.filterable || !ctx.policies.for(entity.name).sees(entity.title))
    return [];
  const filter = { field: entity.title, op: 'contains', value: needle };
  const { items } = await listRecords(ctx, entity.name, { filter, sort: '-id', limit });
  return items.map((record) => item(ctx, entity, record));
}

const item = (ctx: Context, entity: Entity, record: WireRecord): LookupItem => ({
  id: record.id,
  title: record.title,
  subtitle: subtitleOf(ctx, entity, record),
});
