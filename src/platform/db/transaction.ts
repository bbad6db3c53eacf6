import {
  type CompiledQuery,
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  PostgresDialect,
  type QueryResult,
  Transaction,
} from 'kysely';
import type pg from 'pg';
import type { Db } from '../context/context.ts';

/** The pools behind databases made here, for transactions. */
const pools = new WeakMap<Db, { pool: pg.Pool; dialect: Dialect }>();

export function rememberPool(db: Db, pool: pg.Pool): void {
  pools.set(db, { pool, dialect: new PostgresDialect({ pool }) });
}

/**
 * Runs work in one transaction on one connection. Unlike Kysely's own, statements that are not awaited one by one (for
 * instance under `Promise.all`) travel together instead of waiting for each other's answer: a create of eight statements
 * costs one journey. They still run in the order in which they were sent, and after one fails the others fail as well.
 */
export async function runTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const known = pools.get(db);
  if (!known) throw new Error('this database has no pool');
  const client = await known.pool.connect();
  let broken: Error | undefined;
  const state: State = { ended: false, cause: undefined };
  try {
    // Not awaited: the first statement follows in the same message.
    client.query('begin').catch(() => {});
    const result = await work(transactionOn(client, known.dialect, state));
    state.ended = true;
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('the transaction had failed before its end');
    return result;
  } catch (error) {
    state.ended = true;
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

interface State {
  /** Work that goes on in the background after a failure must not write into somebody else's transaction. */
  ended: boolean;
  /** What broke the transaction. */
  cause: unknown;
}

const ABORTED = '25P02';

function transactionOn(client: pg.PoolClient, dialect: Dialect, state: State): Db {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (state.ended) throw state.cause ?? new Error('the transaction has ended');
      const { rows, rowCount } = await client
        .query(query.sql, [...query.parameters])
        .catch((error: { code?: string }) => {
          // Of statements sent together the first to fail says why; the others only that something failed before.
          if (error.code !== ABORTED) state.cause = error;
          throw state.cause ?? error;
        });
      return { rows: rows ?? [], ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) };
    },
    streamQuery() {
      throw new Error('a transaction reads by pages, not by stream');
    },
  };
  const provider: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) };
  const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), provider);
  return new Transaction({ config: { dialect }, dialect, driver: dialect.createDriver(), executor });
}
