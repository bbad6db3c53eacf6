import { sql } from 'kysely';
import type { Context } from '../context/context.ts';

/** Names of everyone's saved views of a record type, or of those that show, filter or sort by one field of it. */
export async function viewsNaming(ctx: Context, entity: string, field?: string): Promise<string[]> {
  const speaks = field
    ? sql`(jsonb_path_exists(definition, '$.** ? (@ == $name)', jsonb_build_object('name', ${field}::text))
        or string_to_array(replace(definition->>'sort', '-', ''), ',') @> array[${field}::text])`
    : sql`true`;
  const { rows } = await sql<{ name: string }>`select distinct name from saved_view
    where entity = ${entity} and ${speaks} order by name limit 100`.execute(ctx.db);
  return rows.map(({ name }) => name);
}
