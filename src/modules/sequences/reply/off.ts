import { sql } from 'kysely';
import type { OffPage } from '../../care/public.ts';
import { endWhatIsOver } from '../run/over.ts';

/** Where whoever got a mail of a sequence says that he wants no more. */
export const sequenceOff: OffPage = {
  path: 'seq-off',
  purpose: 'sequence off',
  tag: 'sequences',
  entity: 'sequenceRun',
  async personOf(ctx, run) {
    const { rows } = await sql<{
      person: string | null;
    }>`select coalesce(contact_id, customer_id, lead_id) as person from sequence_run where id = ${run}`.execute(
      ctx.db,
    );
    return rows[0]?.person ?? null;
  },
  ended: (ctx, run) => endWhatIsOver(ctx, [run]),
};
