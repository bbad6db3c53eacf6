import { type RawBuilder, sql } from 'kysely';
import type { MeasurePeriod, MeasureSpec } from '../../platform/measures/measure.ts';
import { earned, worth } from './worth.ts';

/** A number of customers out of rows of `customer_id`, `day` and `value`. */
const summed = (
  name: string,
  reads: NonNullable<MeasureSpec['reads']>,
  rows: () => RawBuilder<unknown>,
): MeasureSpec => {
  const within = ({ from, to }: MeasurePeriod) => sql`x.day between ${from}::date and ${to}::date`;
  return {
    name,
    entity: 'customer',
    unit: 'money',
    days: 365,
    reads,
    all: (_ctx, period) =>
      sql`select x.customer_id as id, sum(x.value) as value from (${rows()}) x where ${within(period)} group by 1`,
    value: ({ alias }, period) =>
      sql`select sum(x.value) from (${rows()}) x where x.customer_id = ${sql.ref(`${alias}.id`)} and ${within(period)}`,
  };
};

/** What a customer bought, tax included, and what of it we earned, without tax. */
export const orderMeasures: readonly MeasureSpec[] = [
  summed(
    'sales',
    { entity: 'order', fields: ['total'] },
    () => sql`select w.customer_id, w.day, w.gross as value from (${worth()}) w`,
  ),
  summed('margin', { entity: 'orderLine', fields: ['cost', 'net'] }, earned),
];
