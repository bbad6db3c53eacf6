import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed, standInField } from '../../../platform/entity/registry.ts';
import type { Entity } from '../../../platform/entity/types.ts';
import { invalid } from '../../../platform/errors/problem.ts';

/** What went from a lead to its customer: ids by record type. */
export type Moved = Record<string, string[]>;

const CHUNK = 500;

/** Record types that hang on a lead as long as they have no customer: follow-ups, tasks, files. */
const hangers = (ctx: Context): Entity[] =>
  ctx.registry.entities.filter((entity) => standInField(entity)?.to === 'lead');

/** Hangs everything done for a lead on its customer: whoever sees the customer sees how it began. */
export async function moveHistory(
  ctx: Context,
  lead: string,
  to: { customer: string; contact: string | null },
): Promise<Moved> {
  const moved: Moved = {};
  for (const entity of hangers(ctx)) {
    const { rows } = await sql<{ id: string }>`select id from ${sql.table(entity.table)}
      where lead_id = ${lead} and customer_id is null and deleted_at is null order by id`.execute(ctx.db);
    if (rows.length === 0) continue;
    const ids = rows.map(({ id }) => id);
    await change(ctx, entity, ids, { customer: to.customer, ...people(entity, to.contact) }, 'convert');
    moved[entity.name] = ids;
  }
  return moved;
}

/** Takes that back for what is still where it was put. */
export async function takeHistoryBack(ctx: Context, moved: Moved): Promise<void> {
  for (const [name, ids] of Object.entries(moved)) {
    const entity = entityNamed(ctx.registry, name);
    await change(ctx, entity, ids, { customer: null, ...people(entity, null) }, 'unconvert');
  }
}

/** The person it was with, in the field each type has for that. */
function people(entity: Entity, contact: string | null): Record<string, unknown> {
  if (entity.fields.contacts) return { contacts: contact ? [contact] : [] };
  return entity.fields.contact ? { contact } : {};
}

async function change(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  values: Record<string, unknown>,
  action: string,
): Promise<void> {
  const system = asSystem(ctx, 'the history of a lead');
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows = await lockRows(system, entity, ids.slice(at, at + CHUNK));
    const { drafts } = await changeRows(
      system,
      entity,
      rows.map((row) => ({ row, values })),
      { action },
    );
    const problems = drafts.flatMap((draft) => draft.problems);
    if (problems.length) throw invalid(problems);
  }
}
