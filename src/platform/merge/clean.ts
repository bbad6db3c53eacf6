import { sql } from 'kysely';
import type { Services } from '../context/services.ts';
import { UNDO_DAYS } from './undo.ts';

/** Merges that can no longer be taken back forget their values; old ids go on leading to the survivors. */
export async function cleanMerges({ db }: Pick<Services, 'db'>): Promise<void> {
  await sql`delete from record_merge where at < now() - make_interval(days => ${UNDO_DAYS + 1})`.execute(db);
}
