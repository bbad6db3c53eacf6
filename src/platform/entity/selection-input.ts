import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { withCostLimit } from '../db/cost-limit.ts';
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

/** The same for mass actions, which take many as a job. */
export const massRecords = manyRecords.extend({ ids: z.array(z.uuid()).min(1).max(MASS_LIMIT).optional() });

/** The ids meant: those named, or those a query finds within what the caller may read; in order of id. */
export async function idsOf(
  ctx: Context,
  entity: string,
  many: ManyRecords,
  options: { deleted?: boolean } = {},
): Promise<string[]> {
  if (many.ids) return [...new Set(many.ids.map((id) => id.toLowerCase()))].sort();
  const selection = await selectionOf(ctx, entity, { filter: many.filter, q: many.q, ...options });
  // A query that says nothing means everything: that must be asked for by its name.
  if (selection.conditions.length === 1 && !many.all)
    throw problem('nothing_selected', { status: 422, errors: [{ path: 'ids', code: 'required' }] });
  const where = [...selection.conditions];
  if (selection.branches) {
    where.push(
      selection.branches.length
        ? sql<boolean>`(${sql.join(selection.branches, sql` or `)})`
        : sql<boolean>`false`,
    );
  }
  const found = sql<{ id: string }>`select t.id from ${sql.table(selection.entity.table)} t
    where ${allOf(where)} order by t.id limit ${MASS_LIMIT + 1}`;
  const { rows } = await withCostLimit(ctx.db, (db) => found.execute(db));
  if (rows.length > MASS_LIMIT)
    throw problem('too_many_selected', { status: 422, params: { max: MASS_LIMIT } });
  return rows.map((row) => row.id);
}
