import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { atWork } from './lease.ts';

/**
 * Whether an import is writing: what is derived of every record comes after it, or both would take twice as long on one machine.
 * One that has not ended after a quarter of an hour keeps nobody waiting, nor one whose process is gone.
 */
export async function importWrites({ db }: Pick<Services, 'db'>): Promise<boolean> {
  const { rows } = await sql<{ writes: boolean }>`select exists (select from import
    where state = 'running' and started_at > now() - interval '15 minutes' and ${atWork()}) as writes`.execute(
    db,
  );
  return rows[0]?.writes ?? false;
}
