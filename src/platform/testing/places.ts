import { sql } from 'kysely';
import type { Db } from '../context/context.ts';

/** Where in the whole database, the queue's tables included, one of these texts stands: `table.column`. */
export async function placesOf(db: Db, values: readonly string[]): Promise<string[]> {
  const { rows: columns } = await sql<{ s: string; t: string; c: string }>`
    select n.nspname as s, k.relname as t, a.attname as c from pg_attribute a join pg_class k on k.oid = a.attrelid
    join pg_namespace n on n.oid = k.relnamespace join pg_type y on y.oid = a.atttypid
    where k.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      and (y.typcategory in ('S', 'A') or y.typname in ('jsonb', 'json', 'tsvector', 'bytea'))`.execute(db);
  const places: string[] = [];
  for (const { s, t, c } of columns) {
    const { rows } = await sql`select from ${sql.table(`${s}.${t}`)} x
      where exists (select from unnest(${[...values]}::text[]) v where strpos(x.${sql.ref(c)}::text, v) > 0) limit 1`.execute(
      db,
    );
    if (rows.length) places.push(`${t}.${c}`);
  }
  return places;
}
