import { setTimeout as delay } from 'node:timers/promises';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { problem } from '../errors/problem.ts';

/** Class of the advisory locks that say which import is being worked on, in whatever process. */
const AT_WORK = 7_245_060;
const LOCK_TRIES = 12;
const LOCK_PAUSE_MS = 250;

/** One process at a time works on an import; another is told so. The lock ends with the process that holds it. */
export async function exclusively<T>(
  services: Pick<Services, 'pool'>,
  id: string,
  work: () => Promise<T>,
): Promise<T> {
  const client = await services.pool.connect();
  try {
    // Of a process that was killed the database notices only after a moment that it is gone.
    let free = false;
    for (let tries = 0; tries < LOCK_TRIES && !free; tries += 1) {
      if (tries > 0) await delay(LOCK_PAUSE_MS);
      const { rows } = await client.query<{ free: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as free',
        [AT_WORK, id],
      );
      free = rows[0]?.free ?? false;
    }
    if (!free) throw problem('import_at_work', { status: 409 });
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [AT_WORK, id]);
    }
  } finally {
    client.release();
  }
}

/** The condition that a process works on an import. */
export const atWork = (): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (select from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and l.granted and d.datname = current_database()
      and l.classid::bigint = ${AT_WORK} and l.objid::bigint = hashtext(import.id::text)::bigint & 4294967295)`;

/**
 * The condition that nobody works on an import, nor will: no process holds it and no job of it waits or runs. For statements
 * of their own, because it holds the import until the transaction ends.
 */
export const nobodyAtWork = (): RawBuilder<SqlBool> =>
  sql<SqlBool>`not exists (select from job where job.id = import.job_id and job.state in ('queued', 'running'))
    and pg_try_advisory_xact_lock(${AT_WORK}, hashtext(import.id::text))`;
