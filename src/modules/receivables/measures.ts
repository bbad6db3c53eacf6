import { type RawBuilder, sql } from 'kysely';
import type { MeasurePeriod, MeasureSpec } from '../../platform/measures/measure.ts';

/** What came in less what was given back, in the company's currency, by the day it came. */
const amount = sql`sum(r.amount_base - round(coalesce(r.refunded, 0) * coalesce(r.amount_rate, 1), 2))`;
const counted = ({ from, to }: MeasurePeriod): RawBuilder<unknown> =>
  sql`r.deleted_at is null and r.status = 'confirmed' and r.date between ${from}::date and ${to}::date`;

/** 回款: what customers paid, for the forms' share of sales paid, for grades and profit. */
export const receiptMeasures: readonly MeasureSpec[] = [
  {
    name: 'receipts',
    entity: 'customer',
    unit: 'money',
    days: 365,
    through: { receipt: 'customer' },
    reads: { entity: 'receipt', fields: ['amount', 'date', 'status'] },
    value: ({ alias }, period) => sql`select coalesce(${amount}, 0) from receipt r
      where r.customer_id = ${sql.ref(`${alias}.id`)} and ${counted(period)}`,
    all: (_ctx, period) => sql`select r.customer_id as id, ${amount} as value from receipt r
      where ${counted(period)} group by r.customer_id`,
  },
];
