import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { executeRaw } from '../db/connection.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { addJob } from '../jobs/job.ts';
import { PREPARE_JOB } from './prepare.ts';
import type { LivingRegistry } from './registry.ts';
import type { Customisations } from './rows.ts';
import { META_CHANNEL } from './watch.ts';

/** One change of fields and record types at a time, in all processes. */
const LOCK = 7_245_160;
/** A change of a table waits no longer than this for those at work on it: whoever comes after would wait as well. */
const LOCK_TIMEOUT = '300ms';
const TRIES = 25;
const PAUSE_MS = 150;

const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK = '40P01';

class Busy extends Error {}

export interface Change {
  ctx: Context;
  /** What stands in the database now, whatever this process has read before. */
  rows: Customisations;
  entity(name: string): Entity | undefined;
  /** The record types with the rows as they are after what was written so far. */
  reread(): Promise<Change>;
  /** Runs a statement on a table that people are working with. */
  ddl(...statements: string[]): Promise<void>;
}

/**
 * Changes fields or record types: administrators only, one at a time, in one transaction with the tables. A busy table is
 * tried again and again in short moments, so that nobody waits for the one who waits.
 */
export async function changeRegistry<T>(
  ctx: Context,
  living: LivingRegistry,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await inTransaction(ctx, (inner) => locked(inner, living, work));
      await living.reload();
      return result;
    } catch (error) {
      const { code } = error as { code?: string };
      if (!(error instanceof Busy) && code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK) throw error;
      if (tries === TRIES) throw problem('table_busy', { status: 503, params: { retryAfter: 10 } });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())));
    }
  }
}

async function locked<T>(ctx: Context, living: LivingRegistry, work: (change: Change) => Promise<T>) {
  // Not waited for: a connection that waits is one that nobody else has.
  const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as held`.execute(
    ctx.db,
  );
  if (!lock.rows[0]?.held) throw new Busy();
  const read = async (): Promise<Change> => {
    const { registry, rows } = await living.read(ctx.db);
    return {
      ctx: { ...ctx, registry },
      rows,
      entity: (name) => registry.byName.get(name),
      reread: read,
      async ddl(...statements) {
        await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(ctx.db);
        for (const statement of statements) await executeRaw(ctx.db, statement);
        await sql`set local lock_timeout = 0`.execute(ctx.db);
      },
    };
  };
  const result = await work(await read());
  await sql`update registry_state set version = version + 1`.execute(ctx.db);
  await sql`select pg_notify(${META_CHANNEL}, '')`.execute(ctx.db);
  const waiting = await sql`select from custom_field where preparing <> '{}' limit 1`.execute(ctx.db);
  if (waiting.rows.length) await addJob(ctx, PREPARE_JOB, {}, { key: PREPARE_JOB });
  return result;
}
