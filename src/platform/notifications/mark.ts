import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import { tellPages } from './notify.ts';

/** Which of one's notifications: these, those of a kind, those about a record, or all. */
export const markInput = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(500), read: z.boolean().optional() }),
  z.strictObject({ kind: z.string().max(100) }),
  z.strictObject({ record: z.uuid() }),
  z.strictObject({ all: z.literal(true) }),
]);

/** Marks one's own notifications as read, or some as unread again. Gives how many changed. */
export async function markNotifications(ctx: Context, input: z.infer<typeof markInput>): Promise<number> {
  const { userId } = ctx.principal;
  const read = !('ids' in input) || input.read !== false;
  const which =
    'ids' in input
      ? sql`id = any(${input.ids}::uuid[])`
      : 'kind' in input
        ? sql`kind = ${input.kind}`
        : 'record' in input
          ? sql`record_id = ${input.record}`
          : sql`true`;
  return inTransaction(ctx, async (inner) => {
    const { numAffectedRows } = await sql`update notification set read_at = ${read ? inner.now : null}
      where user_id = ${userId} and in_app and read_at is ${read ? sql`null` : sql`not null`} and ${which}`.execute(
      inner.db,
    );
    const changed = Number(numAffectedRows ?? 0);
    if (changed > 0 && userId) await tellPages(inner, [userId], { fresh: false });
    return changed;
  });
}

const KEEP_DAYS = 90;
const BATCH = 1000;

/** Clears away what was read, or only mailed, long ago; its key is remembered, so that it is not told again. */
export async function cleanNotifications({ db }: Pick<Services, 'db'>): Promise<void> {
  let removed = BATCH;
  while (removed === BATCH) {
    const { rows } = await sql<{ n: number }>`with old as (
        delete from notification where id in (
          select id from notification where read_at < now() - make_interval(days => ${KEEP_DAYS})
          union all select id from notification where not in_app and mailed_at < now() - make_interval(days => ${KEEP_DAYS})
          limit ${BATCH}) returning user_id, key
      ), kept as (
        insert into notification_past select user_id, md5(key)::uuid from old on conflict do nothing
      ) select count(*) as n from old`.execute(db);
    removed = rows[0]?.n ?? 0;
  }
}
