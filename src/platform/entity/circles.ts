import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { type Draft, draftValue } from './behaviour.ts';
import type { Entity } from './types.ts';

/** Longest way up; what is deeper than this is a mistake, and every walk ends here. */
export const DEEPEST = 30;

/**
 * Refuses drafts whose reference to their own record type would lead back to themselves, or too far up: one query for all of
 * them, drafts of the same batch seen as they will be. Two people at once are stopped by the trigger of the table.
 */
export async function refuseCircles(
  ctx: Context,
  entity: Entity,
  drafts: readonly Draft[],
  fieldName: string,
  codes: { circle: string; deep: string },
): Promise<void> {
  const field = entity.fields[fieldName];
  if (!field) return;
  const given = (draft: Draft) => draftValue(draft, fieldName, field.column) as string | null;
  const changed = drafts.filter((draft) => fieldName in draft.values && given(draft));
  if (changed.length === 0) return;
  const column = sql.ref(`r.${field.column}`);
  const { rows } = await sql<{ id: string; up: string }>`
    with recursive above(id, up, depth) as (
      select r.id, ${column}, 1 from ${sql.table(entity.table)} r where r.id = any(${changed.map(given)}::uuid[])
      union select r.id, ${column}, above.depth + 1 from above join ${sql.table(entity.table)} r on r.id = above.up
      where above.depth <= ${DEEPEST}
    ) select distinct id, up from above where up is not null`.execute(ctx.db);
  const above = new Map(rows.map(({ id, up }) => [id, up]));
  for (const draft of changed) {
    const code = wayUp(above, draft.id, given(draft) as string, codes);
    if (code) draft.problems.push({ path: fieldName, code });
    else above.set(draft.id, given(draft) as string);
  }
}

function wayUp(
  above: ReadonlyMap<string, string>,
  self: string,
  start: string,
  codes: { circle: string; deep: string },
): string | null {
  let at: string | undefined = start;
  for (let depth = 1; at; depth += 1) {
    if (at === self) return codes.circle;
    if (depth > DEEPEST) return codes.deep;
    at = above.get(at);
  }
  return null;
}
