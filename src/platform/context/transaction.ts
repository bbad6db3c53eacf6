import { sql } from 'kysely';
import { runTransaction } from '../db/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Context } from './context.ts';

/**
 * Runs work in one transaction: the given context's, when it is in one already, else a new one.
 * What the work registered with `afterCommit` runs only if the transaction commits.
 */
export async function inTransaction<T>(ctx: Context, work: (inner: Context) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  const tasks: (() => void)[] = [];
  const result = await runTransaction(ctx.db, (db) =>
    work({ ...ctx, db, afterCommit: (task) => tasks.push(task) }),
  );
  for (const task of tasks) task();
  return result;
}

/** A savepoint around work that may fail without undoing the rest of the transaction (a row of an import, say). */
export async function attempt<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  const name = sql.id(`s${uuidv7().replaceAll('-', '')}`);
  await sql`savepoint ${name}`.execute(ctx.db);
  try {
    const result = await work();
    await sql`release savepoint ${name}`.execute(ctx.db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint ${name}`.execute(ctx.db);
    throw error;
  }
}
