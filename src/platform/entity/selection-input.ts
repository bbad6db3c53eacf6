import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { problem } from '../errors/problem.ts';
import { selectionOf } from './list.ts';
import { allOf } from './sort.ts';

/** How a caller names many records: their ids, or a query whose answer they are. */
export const manyRecords = z.object({
  ids: z.array(z.uuid()).min(1).max(10_000).optional(),
  filter: z.unknown().optional(),
  q: z.string().max(200).optional(),
  all: z.literal(true).optional(),
});
export type ManyRecords = z.infer<typeof manyRecords>;

/** The most records one mass action takes. */
export const MASS_LIMIT = 100_000;

/** The ids meant, within what the caller may read, in order of id. */
export async function idsOf(ctx: Context, entity: string, many: ManyRecords): Promise<string[]> {
  if (!many.ids && many.filter === undefined && !many.q && !many.all) {
    throw problem('nothing_selected', { status: 422, errors: [{ path: 'ids', code: 'required' }] });
  }
  const filter = many.ids ? { field: 'id', op: 'in', value: many.ids.slice(0, 1000) } : many.filter;
  if (many.ids && many.ids.length > 1000) return [...new Set(many.ids)].sort();
  const selection = await selectionOf(ctx, entity, { filter, q: many.q });
  const where = [...selection.conditions];
  if (selection.branches) {
    where.push(
      selection.branches.length
        ? sql<boolean>`(${sql.join(selection.branches, sql` or `)})`
        : sql<boolean>`false`,
    );
  }
  const { rows } = await sql<{ id: string }>`select t.id from ${sql.table(selection.entity.table)} t
    where ${allOf(where)} order by t.id limit ${MASS_LIMIT + 1}`.execute(ctx.db);
  if (rows.length > MASS_LIMIT)
    throw problem('too_many_selected', { status: 422, params: { max: MASS_LIMIT } });
  return rows.map((row) => row.id);
}
