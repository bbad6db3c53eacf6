import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { subtitleOf } from '../entity/field-text.ts';
import type { WireRecord } from '../entity/meta.shared.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { limitOf, type Route, route } from '../http/route.ts';
import { isSearchable, openClasses } from './records.ts';
import { searchDocs } from './search.ts';
import type { SearchItem, SearchScope } from './types.ts';

/** `GET /search`: one box over all record types, within the caller's scope and field rights. */
export function searchRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/search',
      outside: true,
      summary: 'Find records of all kinds',
      tag: 'search',
      query: z.strictObject({
        q: z.string().max(200),
        limit: limitOf(100).optional(),
        entities: z.string().max(1000).optional(),
      }),
      handle: ({ ctx, query }) => findEverywhere(ctx, query.q, query.limit ?? 30, query.entities?.split(',')),
    }),
  ];
}

async function findEverywhere(ctx: Context, q: string, limit: number, only?: string[]) {
  const entities = ctx.registry.entities.filter(
    (entity) => isSearchable(entity) && (!only || only.includes(entity.name)),
  );
  const readable = entities.filter((entity) => ctx.policies.for(entity.name).can('read'));
  const plans = await Promise.all(
    readable.map(async (entity) => ({
      entity: entity.name,
      scope: await searchScope(ctx, entity),
      classes: ctx.policies.for(entity.name).searchClasses,
    })),
  );
  const { groups } = await searchDocs(ctx.db, {
    q,
    entities: plans,
    limit,
    perEntityLimit: only ? limit : 10,
  });
  const shown = await Promise.all(
    groups.map(async (group) => {
      const entity = ctx.registry.byName.get(group.entity) as Entity;
      const items = await shownItems(ctx, entity, group.items);
      const total = group.total - (group.items.length - items.length);
      return { ...group, total, label: entity.label[ctx.principal.language], items };
    }),
  );
  return { groups: shown.filter(({ items }) => items.length > 0) };
}

/** The caller's scope in the form the index knows. */
export async function searchScope(ctx: Context, entity: Entity): Promise<SearchScope> {
  const scope = ctx.policies.for(entity.name).scope('read');
  if (scope.kind === 'all') return { all: true };
  // The index does not tell who wrote a record from whose customer it is.
  if (scope.kind === 'none' || scope.people) return { owners: [], departments: [] };
  const recordIds = scope.shares ? await sharedRecords(ctx, entity) : [];
  return { owners: [scope.userId], departments: scope.departments, recordIds };
}

async function sharedRecords(ctx: Context, entity: Entity): Promise<string[]> {
  const { userId, departmentId } = ctx.principal;
  const rootName = entity.scope.kind === 'child' ? entity.fields[entity.scope.of] : undefined;
  const shared = (name: string) => sql`select record_id from active_share where entity = ${name}
    and (user_id = ${userId} or department_id = ${departmentId})`;
  const children = rootName
    ? sql`union select t.id from ${sql.table(entity.table)} t where ${sql.ref(`t.${rootName.column}`)} in (${shared(rootName.to as string)})`
    : sql``;
  const { rows } = await sql<{ record_id: string }>`${shared(entity.name)} ${children} limit 1000`.execute(
    ctx.db,
  );
  return rows.map((row) => row.record_id);
}

/**
 * Each hit as its record is now, cut to the caller's rights: the index may lag behind, and holds titles that not everyone
 * may see.
 */
async function shownItems(ctx: Context, entity: Entity, items: SearchItem[]): Promise<SearchItem[]> {
  const policy = ctx.policies.for(entity.name);
  const { leavesOut } = entity.list;
  const fields = [...(entity.subtitle ?? []), ...(leavesOut ? [leavesOut.field] : [])]
    .flatMap((name) => entity.fields[name] ?? [])
    .filter((field) => policy.right(field.name) !== 'hidden');
  const open = new Set(openClasses(entity, policy.searchClasses));
  const ids = items.map((item) => item.id);
  const records = await readMany(ctx, entity.name, ids, fields);
  return items.flatMap((item) => {
    const record = records.get(item.id);
    // What waits in a pool is not found by a phone that is shown masked.
    if (record?.veiled && !item.matched.every((match) => open.has(match.class))) return [];
    if (!record) return [];
    const mark = markOf(ctx, entity, record);
    const shown = { ...item, title: record.title, subtitle: subtitleOf(ctx, entity, record) };
    return [mark ? { ...shown, mark } : shown];
  });
}

/** The value for which lists leave a record out, in a word. */
function markOf(
  ctx: Context,
  { list: { leavesOut }, fields }: Entity,
  record: WireRecord,
): string | undefined {
  const value = leavesOut && record[leavesOut.field];
  if (!leavesOut?.values.includes(String(value))) return undefined;
  return fields[leavesOut.field]?.options.find((option) => option.value === value)?.[ctx.principal.language];
}
