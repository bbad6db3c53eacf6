import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import type { MeasurePeriod, MeasureSpec } from '../../platform/measures/measure.ts';
import { inOwn } from '../../platform/rates/own.ts';

/** What came in less what was given back, in the company's currency, by the day it came. */
const amountOf = (ctx: Context) =>
  sql`sum(r.amount_base - ${inOwn(ctx, sql`coalesce(r.refunded, 0)`, sql`coalesce(r.amount_rate, 1)`)})`;
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
    value: ({ ctx, alias }, period) => sql`select coalesce(${amountOf(ctx)}, 0) from receipt r
      where r.customer_id = ${sql.ref(`${alias}.id`)} and ${counted(period)}`,
    all: (ctx, period) => sql`select r.customer_id as id, ${amountOf(ctx)} as value from receipt r
      where ${counted(period)} group by r.customer_id`,
  },
];
