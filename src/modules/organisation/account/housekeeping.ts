import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/context/context.ts';
import { defineJob } from '../../../platform/jobs/job.ts';

/** Removes what has run out: sessions, questions for a second factor, counted attempts, old invitations. */
export async function removeExpired(db: Db): Promise<void> {
  await sql`delete from auth.session where "expiresAt" < now()`.execute(db);
  await sql`delete from auth.verification where "expiresAt" < now()`.execute(db);
  await sql`delete from attempt where since < now() - interval '1 day'`.execute(db);
  await sql`delete from invitation where expires_at < now() - interval '30 days'`.execute(db);
}

export const housekeeping = defineJob({
  name: 'account.housekeeping',
  input: z.strictObject({}),
  nightly: true,
  run: ({ db }) => removeExpired(db),
});
