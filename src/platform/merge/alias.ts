import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { problem } from '../errors/problem.ts';

/** Where an old id leads: the record its own has become part of, through all merges since; null where it is of none. */
export async function survivorOf(
  ctx: Pick<Context, 'db'>,
  entity: string,
  id: string,
): Promise<string | null> {
  const { rows } = await sql<{ into_id: string }>`
    with recursive way(into_id, depth) as (
      select into_id, 1 from record_alias where id = ${id} and entity = ${entity}
      union all select a.into_id, way.depth + 1 from way join record_alias a on a.id = way.into_id where way.depth < 1000
    ) select into_id from way order by depth desc limit 1`.execute(ctx.db);
  return rows[0]?.into_id ?? null;
}

/**
 * The record and all that have become part of it, as a query of `id`: what other rooms remember of them is remembered of it, as
 * long as the merge stands.
 */
export const partsOf = (entity: string, id: string): RawBuilder<unknown> => sql`(with recursive part(id) as (
    select ${id}::uuid union select a.id from record_alias a join part on a.into_id = part.id where a.entity = ${entity}
  ) select id from part)`;

/** Merged records come back by taking the merge back, with all that was theirs, and in no other way. */
export async function refuseMerged(ctx: Pick<Context, 'db'>, rows: readonly Row[]): Promise<void> {
  const ids = rows.map((row) => row.id as string);
  const { rows: merged } =
    await sql`select 1 from record_alias where id = any(${ids}::uuid[]) limit 1`.execute(ctx.db);
  if (merged.length) throw problem('merged_record', { status: 409 });
}
