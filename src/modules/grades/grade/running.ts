import { sql } from 'kysely';
import type { Services } from '../../../platform/context/services.ts';
import { GRADE_JOB } from './names.ts';

/**
 * Whether everyone is being graded: what follows from grades comes after it, or both would take twice as long on one machine.
 * A job that has not ended after a quarter of an hour keeps nobody waiting.
 */
export async function gradesAreRun({ db }: Pick<Services, 'db'>): Promise<boolean> {
  const { rows } = await sql<{ run: boolean }>`select exists (select from job where state = 'running'
    and name = ${GRADE_JOB} and started_at > now() - interval '15 minutes') as run`.execute(db);
  return rows[0]?.run ?? false;
}
