import { sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import type { Row } from '../../../../platform/entity/behaviour.ts';
import { lockRows } from '../../../../platform/entity/records.ts';
import { entityNamed } from '../../../../platform/entity/registry.ts';
import { Exact } from '../../../../platform/money/money.shared.ts';
import type { Settlement } from '../../settle/settlement.ts';
import { creditAgreements } from '../credit.ts';

/** The last day of the period of a movement `r` by its agreement `a`. */
export const PERIOD_ENDS = sql`least(coalesce(a.valid_to, 'infinity'), (r.period + case a.period when 'month' then interval '1 month'
  when 'quarter' then interval '3 months' else interval '1 year' end)::date - 1)`;

/** Rebates are settled by agreement, those of one currency together; only of periods that are over, with what corrects them. */
export const rebateSettlement: Settlement = {
  name: 'rebate',
  batch: 'rebateBatch',
  table: 'rebate_batch',
  rows: 'rebate_row',
  head: 'agreement_id',
  heads: { field: 'agreementCount', column: 'agreement_count' },
  selects: new Set(['until', 'agreements', 'currency']),
  currencyOf: (_ctx, batch) => batch.currency as string,
  async take(ctx, batch) {
    const agreements = (batch.agreement_ids as string[] | null) ?? [];
    await sql`update rebate_row r set batch_id = ${batch.id}, status = 'inBatch' from rebate_agreement a
      where a.id = r.agreement_id and r.status = 'open' and r.batch_id is null and a.currency = ${batch.currency}
        and r.period <= ${batch.until as string}::date and ${PERIOD_ENDS} <= ${batch.until as string}::date
        and (${agreements.length === 0} or a.id = any(${agreements}::uuid[]))`.execute(ctx.db);
  },
  paid: credit,
};

/** What is to be credited is credited; what is paid out is paid out by somebody. */
async function credit(ctx: Context, batch: Row, day: string): Promise<void> {
  const { rows } = await sql<{
    id: string;
    sum: string;
  }>`select r.agreement_id as id, sum(r.amount)::text as sum
    from rebate_row r join rebate_agreement a on a.id = r.agreement_id
    where r.batch_id = ${batch.id} and a.way = 'credit' group by r.agreement_id order by r.agreement_id`.execute(
    ctx.db,
  );
  const sums = new Map(rows.filter(({ sum }) => new Exact(sum).gt(0)).map(({ id, sum }) => [id, sum]));
  const agreements = await lockRows(ctx, entityNamed(ctx.registry, 'rebateAgreement'), [...sums.keys()]);
  await creditAgreements(
    ctx,
    agreements.map((row) => ({ row, amount: sums.get(row.id as string) as string })),
    { day, remark: batch.number as string },
  );
}
