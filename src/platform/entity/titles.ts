import { type SqlBool, sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import type { WireRecord } from './meta.shared.ts';
import { entityNamed } from './registry.ts';
import { selectRows, visibleFields } from './select.ts';
import type { Field } from './types.ts';
import { toWire } from './wire.ts';

/** Ids by record type. */
export type Wanted = Map<string, Set<string>>;

export function want(wanted: Wanted, entity: string, id: string): void {
  const ids = wanted.get(entity);
  if (ids) ids.add(id);
  else wanted.set(entity, new Set([id]));
}

/**
 * Titles of records the caller may read, also of deleted ones, by id: one query per record type, however many records.
 * A record outside his scope has none.
 */
export async function titlesOf(ctx: Context, wanted: Wanted): Promise<Map<string, string>> {
  const found = await Promise.all(
    [...wanted].map(async ([name, ids]) => {
      const entity = ctx.registry.byName.get(name);
      if (!entity || ids.size === 0) return [];
      const policy = ctx.policies.for(name);
      const title = entity.fields[entity.title];
      if (!title || !policy.sees(title.name)) return [];
      const { rows } = await sql<{ id: string; title: string | null }>`
        select t.id, ${sql.ref(`t.${title.column}`)} as title from ${sql.table(entity.table)} t
        where t.id = any(${[...ids]}::uuid[]) and ${scopeCondition(entity, policy.scope('read'), ctx.principal)}`.execute(
        ctx.db,
      );
      return rows;
    }),
  );
  return new Map(found.flat().map((row) => [row.id, row.title ?? '']));
}

/** The records of these ids the caller may read and that are not deleted, by id, with all fields or `only` these: one query. */
export async function readMany(
  ctx: Context,
  entityName: string,
  ids: readonly string[],
  only?: readonly Field[],
): Promise<Map<string, WireRecord>> {
  if (ids.length === 0) return new Map();
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  const fields = only ?? visibleFields(ctx, entity);
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const rows = await selectRows(ctx, entity, ids, fields, sql<SqlBool>`t.deleted_at is null and ${scope}`);
  return new Map(rows.map((row) => [row.id as string, toWire(policy, row, fields)]));
}
