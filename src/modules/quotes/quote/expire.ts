import { sql } from 'kysely';
import { z } from 'zod';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { settleQuote } from './states.ts';

const BATCH = 200;

/** Quotes past their day hold no longer. */
export const expireQuotes = defineJob({
  name: 'quote.expire',
  input: z.object({}),
  nightly: true,
  async run(services: Services): Promise<{ expired: number }> {
    let expired = 0;
    for (;;) {
      const ctx = await systemContext(services, { kind: 'job', reason: 'past its day' });
      const today = dayOf(ctx);
      const { rows } = await sql<{ id: string }>`select id from quote
        where valid_until < ${today}::date and status = 'sent' and deleted_at is null
        order by valid_until, id limit ${BATCH}`.execute(ctx.db);
      for (const { id } of rows)
        expired += await inTransaction(ctx, async (inner) => {
          const [row] = await lockRows(inner, entityNamed(inner.registry, 'quote'), [id]);
          if (row?.status !== 'sent' || (row.valid_until as string) >= today) return 0;
          await settleQuote(inner, row, 'expired', { action: 'expire' });
          return 1;
        });
      if (rows.length < BATCH) return { expired };
    }
  },
});
