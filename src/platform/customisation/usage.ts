import { sql } from 'kysely';
import type { Context, Db } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity, Field } from '../entity/types.ts';
import type { FieldUse } from './uses.ts';

/** Where a field or record type is spoken of, besides the records themselves. */
export interface Usage {
  /** Records that have a value, or records of the type. */
  count: number;
  /** Names of the roles whose rights name it. */
  roles: string[];
  /** Names of the saved views that show, filter or sort by it. */
  views: string[];
  /** Rules that stand still without the field; of a record type none are told. */
  rules: FieldUse[];
}

/** Records with a value in the field, those in the recycle bin included. */
export async function countValues(db: Db, entity: Entity, field: Field): Promise<number> {
  const column = sql.ref(field.column);
  const filled = ['references', 'multiChoice'].includes(field.kind)
    ? sql`${column} <> '{}'`
    : sql`${column} is not null`;
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from ${sql.table(entity.table)} where ${filled}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function countRecords(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The roles that say something of a record type, or of one field of it. */
export async function rolesNaming(
  ctx: Context,
  services: Services,
  entity: string,
  field?: string,
): Promise<string[]> {
  const { roles } = await services.policyInput(ctx.principal.policyVersion);
  const ids = [...roles]
    .filter(([, { entities }]) => entities?.[entity] && (!field || field in (entities[entity].fields ?? {})))
    .map(([id]) => id);
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(entityNamed(ctx.registry, 'role').table)}
    where id = any(${ids}::uuid[]) and deleted_at is null order by name_key`.execute(ctx.db);
  return rows.map(({ name }) => name);
}
