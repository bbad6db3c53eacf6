import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** A day of a person is taken when something is planned for it, and once more when it goes out. */
export type DayUse = 'planned' | 'sent';

/**
 * Takes a person's day, whoever asks first: nobody gets two messages of ours on one day, from whichever room they come. `by` is
 * what it is taken for, in whose name it is given back.
 */
export async function takeDay(
  ctx: Context,
  person: string,
  day: string,
  use: DayUse,
  by: string,
): Promise<boolean> {
  const { rows } = await sql`insert into care_day (person_id, day, use, item_id)
    values (${person}, ${day}::date, ${use}, ${by}) on conflict do nothing returning 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Gives days back that were taken for something that did not happen after all. */
export async function freeDays(ctx: Context, by: readonly string[], use: DayUse): Promise<void> {
  await sql`delete from care_day where item_id = any(${[...by]}::uuid[]) and use = ${use}`.execute(ctx.db);
}

/** Who had a person's day: whoever sent a greeting, or did the task a message was. */
export async function dayTakenBy(ctx: Context, person: string, day: string): Promise<string | null> {
  const { rows } = await sql<{ name: string | null }>`select u.name from care_day d
    left join care_item i on i.id = d.item_id left join task t on t.id = d.item_id
    left join "user" u on u.id = coalesce(i.done_by_id, t.owner_id)
    where d.person_id = ${person} and d.day = ${day}::date and d.use = 'sent'`.execute(ctx.db);
  return rows[0]?.name ?? null;
}

/** Somebody wants to hear nothing of us any more. */
export async function wantNothing(ctx: Context, person: string): Promise<void> {
  await sql`insert into care_preference (record_id, off, updated_by, updated_at)
    values (${person}, true, ${ctx.principal.userId}, ${ctx.now})
    on conflict (record_id) do update set off = true, updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(
    ctx.db,
  );
}

/** Of these people and customers those who want to hear nothing of us. */
export async function wishingNothing(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select record_id as id from care_preference
    where off and record_id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}
