import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';

const MOST = 300;

/** How a person likes to see things: columns of lists, theme, density … by key. */
export async function readPreferences(ctx: Context, userId: string): Promise<Record<string, unknown>> {
  const rows = await ctx.db
    .selectFrom('user_preference')
    .select(['key', 'value'])
    .where('user_id', '=', userId)
    .execute();
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
}

/** Keeps preferences; null forgets one. */
export async function writePreferences(
  ctx: Context,
  userId: string,
  values: Record<string, unknown>,
): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    if (value === null) {
      await ctx.db
        .deleteFrom('user_preference')
        .where('user_id', '=', userId)
        .where('key', '=', key)
        .execute();
      continue;
    }
    const { numAffectedRows } = await sql`
      insert into user_preference (user_id, key, value)
      select ${userId}, ${key}, ${JSON.stringify(value)}::jsonb
      where (select count(*) from user_preference where user_id = ${userId} and key <> ${key}) < ${MOST}
      on conflict (user_id, key) do update set value = excluded.value, updated_at = now()`.execute(ctx.db);
    if (!numAffectedRows) throw problem('too_many_preferences', { status: 409, params: { max: MOST } });
  }
}
