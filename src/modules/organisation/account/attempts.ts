import { sql } from 'kysely';
import type { Db } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** How many attempts at one thing are allowed within a span of time. */
export interface Limit {
  max: number;
  seconds: number;
}

/** Failures at one person's sign-in before it rests. */
export const PER_LOGIN: Limit = { max: 5, seconds: 900 };
/** A whole office may share one address, so this is generous. */
export const PER_ADDRESS: Limit = { max: 100, seconds: 900 };

/**
 * Counts an attempt before it is made, so that many at once cannot slip past the limit. The attempt that spends the limit
 * starts the pause anew: from then on nothing more is tried for the whole span.
 * Throws `too_many_attempts` (429) with `retryAfter` in seconds.
 */
export async function countAttempt(db: Db, key: string, limit: Limit): Promise<void> {
  const span = sql`make_interval(secs => ${limit.seconds})`;
  const { rows } = await sql<{ count: number; wait: number }>`
    insert into attempt as a (key, count, since) values (${key}, 1, now())
    on conflict (key) do update set
      count = case when a.since < now() - ${span} then 1 else a.count + 1 end,
      since = case when a.since < now() - ${span} or a.count + 1 = ${limit.max}::integer then now() else a.since end
    returning count, ceil(extract(epoch from since + ${span} - now()))::integer as wait`.execute(db);
  const { count, wait } = rows[0]!;
  if (count > limit.max) {
    const retryAfter = Math.max(wait, 1);
    throw problem('too_many_attempts', {
      status: 429,
      params: { minutes: Math.ceil(retryAfter / 60), retryAfter },
      extra: { retryAfter },
    });
  }
}

/** The attempt succeeded: it was no guess. */
export async function forgetAttempts(db: Db, key: string): Promise<void> {
  await db.deleteFrom('attempt').where('key', '=', key).execute();
}

/** Takes one attempt back, where others behind the same key may still be guessing. */
export async function uncountAttempt(db: Db, key: string): Promise<void> {
  await sql`update attempt set count = count - 1 where key = ${key} and count > 0`.execute(db);
}
