import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import { problem } from '../errors/problem.ts';

const LIMIT_MS = 5000;
const CANCELLED = '57014';

/** Runs a query that may have no index path; past the limit it is refused with advice, not left to block others. */
export async function withCostLimit<T>(db: Db, run: (db: Db) => Promise<T>): Promise<T> {
  const limited = async (inner: Db) => {
    await sql`set local statement_timeout = ${sql.lit(LIMIT_MS)}`.execute(inner);
    const result = await run(inner);
    await sql`set local statement_timeout = 0`.execute(inner);
    return result;
  };
  try {
    return await (db.isTransaction ? limited(db) : db.transaction().execute(limited));
  } catch (error) {
    if ((error as { code?: string }).code === CANCELLED)
      throw problem('query_too_broad', { status: 422, params: { seconds: LIMIT_MS / 1000 } });
    throw error;
  }
}
