import type { Context } from '../context/context.ts';
import { forbidden } from '../errors/problem.ts';
import { isSearchable } from '../search/records.ts';
import { searchScope } from '../search/routes.ts';
import { searchDocs } from '../search/search.ts';
import { subtitleOf } from './field-text.ts';
import { listRecords } from './list.ts';
import type { Link, WireRecord } from './meta.shared.ts';
import { entityNamed } from './registry.ts';
import { readMany } from './titles.ts';
import type { Entity } from './types.ts';

export interface LookupItem extends Link {
  subtitle: string;
}

/** What a reference picker offers: found by name or pinyin within the caller's scope, or the records last changed. */
export async function lookup(
  ctx: Context,
  entityName: string,
  q: string | undefined,
  limit: number,
): Promise<LookupItem[]> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read')) throw forbidden();
  const needle = q?.trim();
  if (!needle) {
    const sort = policy.sees('updatedAt') ? '-updatedAt' : '-id';
    const { items } = await listRecords(ctx, entityName, { sort, limit });
    return items.map((record) => item(ctx, entity, record));
  }
  if (!isSearchable(entity)) return titled(ctx, entity, needle, limit);
  const { groups } = await searchDocs(ctx.db, {
    q: needle,
    limit,
    perEntityLimit: limit,
    entities: [{ entity: entityName, scope: await searchScope(ctx, entity), classes: policy.searchClasses }],
  });
  const ids = groups.flatMap((group) => group.items.map((found) => found.id));
  const records = await readMany(ctx, entityName, ids);
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
