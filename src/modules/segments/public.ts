import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { compileFilter } from '../../platform/entity/filter.ts';
import { countRecords, idPages } from '../../platform/entity/list.ts';
import type { Filter } from '../../platform/entity/meta.shared.ts';

/** The members of a segment as a filter: part of any other filter, within the rights of whoever asks. */
export const inSegment = (id: string): Filter => ({ segment: id });

/** How many of a record type are in a segment, as far as the caller may see them; stops above 10,000. */
export const countSegment = (ctx: Context, entity: string, id: string): Promise<number> =>
  countRecords(ctx, entity, { filter: inSegment(id) });

/** The ids of a segment's members, page by page. */
export const segmentIds = (ctx: Context, entity: string, id: string, size = 1000): AsyncGenerator<string[]> =>
  idPages(ctx, entity, { filter: inSegment(id) }, 'read', size);

/** Throws the refusal a list would give: a segment that is hidden, broken, unknown or of another type. */
export async function requireSegment(ctx: Context, entity: string, id: string): Promise<void> {
  await compileFilter(inSegment(id), { ctx, policy: ctx.policies.for(entity) });
}

/** Whether a row goes by a segment whose condition, or that of a segment within it, speaks of something. */
export const viaSegment = (
  column: RawBuilder<unknown>,
  speaks: (column: RawBuilder<unknown>) => RawBuilder<boolean>,
): RawBuilder<boolean> => sql`${column} in (
  with recursive s as (
    select id from segment where deleted_at is null and ${speaks(sql.ref('definition'))}
    union select g.id from segment g join s on s.id = any(g.use_ids) where g.deleted_at is null
  ) select id from s)`;
