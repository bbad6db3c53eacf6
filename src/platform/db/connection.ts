import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '../context/context.ts';
import { rememberPool } from './transaction.ts';

/**
 * Values never become `Date` or float on the way out: dates stay `YYYY-MM-DD`, instants become RFC 3339 UTC with
 * microseconds, decimals stay text. (A `Date` of 5 March became 4 March in another zone.)
 */
const types = new pg.TypeOverrides();
const isoInstant = (text: string) => `${text.replace(' ', 'T').replace(/\+00$/, '')}Z`;
types.setTypeParser(1082, (text) => text);
types.setTypeParser(1114, (text) => text);
types.setTypeParser(1184, isoInstant);
types.setTypeParser(1700, (text) => text);
types.setTypeParser(20, (text) => Number(text));
// Ids hold nothing that is quoted. The general parser takes an array letter by letter: half of the time of whoever follows events.
types.setTypeParser(2951, (text) =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((id) => (id === 'NULL' ? null : id)),
);

export interface PoolOptions {
  max?: number;
  applicationName?: string;
}

/** A connection pool speaking the product's value forms, in UTC. */
export function createPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 12,
    application_name: options.applicationName ?? 'guanxi',
    types,
    // Statements sent without waiting travel together, see transaction.ts.
    pipeline: true,
    options: '-c timezone=UTC -c jit=off',
    keepAlive: true,
  });
  // An idle connection cut by the server is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    // The same for one at work: its query fails, and whoever asked hears of it there.
    client.on('error', () => {});
    preparing(client);
  });
  return pool;
}

/**
 * Marks a statement whose plan never depends on its parameters (by key, inserts): it is prepared once per connection, which
 * halves what it costs. Filtered lists stay unmarked, because a plan made for a frequent city is ruin for a rare one.
 */
export const PREPARED = '/*p*/';

/** Names remembered; those of fields that are no more are forgotten with the others, and the living come back at once. */
const MOST_NAMES = 400;
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) {
    if (names.size >= MOST_NAMES) names.clear();
    name = `p${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
    names.set(text, name);
  }
  return name;
}

/** Makes a connection send marked statements under a name, and all statements of one turn in one write to the network. */
function preparing(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown;
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  const query = (...args: unknown[]) => {
    stream.cork();
    process.nextTick(() => stream.uncork());
    const [text, values] = args;
    if (typeof text !== 'string' || !text.startsWith(PREPARED)) return send(...args);
    return send({ name: nameOf(text), text, values });
  };
  client.query = query as typeof client.query;
}

export function createDb(pool: pg.Pool): Db {
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  rememberPool(db, pool);
  return db;
}

/** Text sent as it stands, for migrations and settings. */
export async function executeRaw(db: Db, text: string, values: unknown[] = []): Promise<unknown[]> {
  return (await db.executeQuery(CompiledQuery.raw(text, values))).rows as unknown[];
}
