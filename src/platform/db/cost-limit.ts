import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { problem } from '../errors/problem.ts';

const LIMIT_MS = 5000;
const CANCELLED = '57014';

/**
 * Runs a query that may have no index path; past the limit it is refused with advice, not left to block others.
 * @param limitMs for jobs, which nobody waits for
 */
export async function withCostLimit<T>(
  db: Db,
  run: (db: Db) => Promise<T>,
  limitMs: number = LIMIT_MS,
): Promise<T> {
  const limited = async (inner: Db) => {
    await sql`set local statement_timeout = ${sql.lit(limitMs)}`.execute(inner);
    const result = await run(inner);
    await sql`set local statement_timeout = 0`.execute(inner);
    return result;
  };
  try {
    return await (db.isTransaction ? limited(db) : db.transaction().execute(limited));
  } catch (error) {
    if ((error as { code?: string }).code === CANCELLED)
      throw problem('query_too_broad', { status: 422, params: { seconds: limitMs / 1000 } });
    throw error;
  }
}
