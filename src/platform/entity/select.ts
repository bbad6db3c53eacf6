import { type RawBuilder, sql } from 'kysely';
import { type Condition, scopeCondition, shareLevel } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { PREPARED } from '../db/connection.ts';
import type { Row } from './behaviour.ts';
import { type Column, factTable, fieldColumns } from './columns.ts';
import { entityNamed } from './registry.ts';
import type { Entity, Field } from './types.ts';

/** The fields of a record type the caller may know of. */
export function visibleFields(ctx: Context, entity: Entity): Field[] {
  const policy = ctx.policies.for(entity.name);
  return Object.values(entity.fields).filter((field) => policy.right(field.name) !== 'hidden');
}

/**
 * Rows with these ids, ready for `toWire`, in the order of the ids; what does not exist or meet the condition is left out.
 * By key, therefore prepared: planning its title lookups anew for each page would cost more than the page.
 */
export async function selectRows(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  fields: readonly Field[],
  condition?: Condition,
): Promise<Row[]> {
  const which = ids.length === 1 ? sql`t.id = ${ids[0]}` : sql`t.id = any(${ids}::uuid[])`;
  const { rows } = await sql<Row>`${sql.raw(PREPARED)}select ${recordColumns(ctx, entity, fields)}
    from ${recordTable(entity, fields)} where ${which} ${condition ? sql`and ${condition}` : sql``}`.execute(
    ctx.db,
  );
  if (rows.length < 2) return rows;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

/** Rows `t` of a record type; with their facts `f` where one is asked for. */
export function recordTable(entity: Entity, fields: readonly { fact?: boolean }[]): RawBuilder<unknown> {
  const table = sql`${sql.table(entity.table)} t`;
  return fields.some((field) => field.fact)
    ? sql`${table} left join ${sql.table(factTable(entity))} f on f.id = t.id`
    : table;
}

/**
 * What to select of rows `t` so that a record can be shown: its columns, the titles of what it refers to, and how it is
 * shared with the caller. Titles are scalar subqueries by primary key: they cost with the page, not with the base.
 */
function recordColumns(ctx: Context, entity: Entity, fields: readonly Field[]): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`t.id, t.version, t.deleted_at, t.deleted_by`];
  const names = new Set<string>();
  for (const field of fields) {
    for (const column of fieldColumns(field)) {
      if (column.name === field.sortColumn) continue;
      if (field.fact) parts.push(factColumn(column));
      else names.add(column.name);
    }
    if (field.to) parts.push(sql`${titlesOf(ctx, entity, field)} as ${sql.ref(`${field.column}_title`)}`);
  }
  if (entity.scope.kind !== 'open') for (const name of ['owner_id', 'department_id']) names.add(name);
  if (entity.scope.kind === 'child') names.add('root_owner_id');
  names.add(entity.fields[entity.title]?.column ?? 'id');
  for (const name of names) parts.push(sql.ref(`t.${name}`));
  if (ctx.principal.hasShares && entity.scope.kind !== 'open')
    parts.push(sql`${shareLevel(entity, ctx.principal)} as _share`);
  return sql.join(parts);
}

/** Lists are never null, also where nothing was derived yet. */
const factColumn = ({ name, type }: Column) =>
  type.endsWith('[]')
    ? sql`coalesce(${sql.ref(`f.${name}`)}, '{}') as ${sql.ref(name)}`
    : sql`${sql.ref(`f.${name}`)}`;

function titlesOf(ctx: Context, entity: Entity, field: Field): RawBuilder<unknown> {
  const target = entityNamed(ctx.registry, field.to as string);
  const policy = ctx.policies.for(target.name);
  const title = sql.ref(`r.${target.fields[target.title]?.column}`);
  const table = sql.table(target.table);
  // The scope root's name is seen by whoever sees the child, unless that is only his because he has to do it; any other
  // record only by those whose scope holds it.
  const { scope } = entity;
  const isRoot = scope.kind === 'child' && scope.of === field.name && !scope.assigned;
  const named = policy.sees(target.title) || (isRoot && !policy.can('read'));
  if (!named) return sql`null`;
  const own = sql.ref(`${field.fact ? 'f' : 't'}.${field.column}`);
  const visible = isRoot
    ? sql``
    : sql`and ${scopeCondition(target, policy.scope('read'), ctx.principal, { alias: 'r' })}`;
  if (field.kind === 'references') {
    return sql`(select jsonb_object_agg(r.id, ${title}) from ${table} r where r.id = any(${own}) ${visible})`;
  }
  return sql`(select ${title} from ${table} r where r.id = ${own} ${visible})`;
}
