import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/context/context.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { debts, everywhere } from '../figures/open-items.ts';

const CHUNK = 2000;
const NIL = '00000000-0000-0000-0000-000000000000';

/** By night what is paid is looked at no longer to tell what is owed. */
export const paidJob = defineJob({
  name: 'receivable.paid',
  input: z.object({}),
  nightly: true,
  run: async ({ db }, _input, { progress }) => ({ gone: await forgetPaid(db, progress) }),
});

/** Takes out what has nothing open; what changes meanwhile stays, and is looked at again the next night. */
export async function forgetPaid(
  db: Db,
  progress: (done: number) => Promise<void> = async () => {},
): Promise<number> {
  let [after, seen, gone] = [NIL, 0, 0];
  for (;;) {
    const { rows } = await sql<{ id: string }>`select id from receivable_open where id > ${after}
      order by id limit ${CHUNK}`.execute(db);
    const last = rows.at(-1);
    if (!last) return gone;
    const ids = rows.map(({ id }) => id);
    const { numAffectedRows } = await sql`delete from receivable_open r using (
        select c.id, c.stamp from receivable_open c where c.id = any(${ids}::uuid[]) and not exists (
          select from (${debts(everywhere(sql`d.id = any(${ids}::uuid[])`))}) d where d.id = c.id and d.total > d.received)) s
      where r.id = s.id and r.stamp = s.stamp`.execute(db);
    gone += Number(numAffectedRows ?? 0);
    seen += rows.length;
    after = last.id;
    await progress(seen);
  }
}
