import { sql } from 'kysely';
import type { Settlement } from '../settle/settlement.ts';

/** Commission is settled by person, in the company's currency. */
export const commissionSettlement: Settlement = {
  name: 'commission',
  batch: 'commissionBatch',
  table: 'commission_batch',
  rows: 'commission_row',
  head: 'owner_id',
  heads: { field: 'peopleCount', column: 'people_count' },
  selects: new Set(['until', 'people', 'departments', 'withNegative']),
  currencyOf: (ctx) => ctx.currency,
  /**
   * Two batches that reach for the same row: it is the first one's, and the other goes on without it, for the row is looked at again
   * once it is free.
   */
  async take(ctx, batch) {
    const people = (batch.people_ids as string[] | null) ?? [];
    const departments = (batch.department_ids as string[] | null) ?? [];
    const everybody = people.length + departments.length === 0;
    await sql`update commission_row r set batch_id = ${batch.id}, status = 'inBatch'
      where r.status = 'open' and r.batch_id is null and r.deleted_at is null and r.day <= ${batch.until as string}::date
        and (${everybody} or r.owner_id = any(${people}::uuid[]) or r.department_id in (
          with recursive below as (select unnest(${departments}::uuid[]) as id
            union select d.id from department d join below b on d.parent_id = b.id) select id from below))`.execute(
      ctx.db,
    );
  },
};
