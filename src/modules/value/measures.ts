import { type RawBuilder, sql } from 'kysely';
import type { MeasurePeriod, MeasureSpec } from '../../platform/measures/measure.ts';

const through = { costEntry: 'customer' };
const reads = { entity: 'costEntry', fields: ['amount', 'phase', 'day'] };

const counted = ({ from, to }: MeasurePeriod) =>
  sql`e.deleted_at is null and e.day between ${from}::date and ${to}::date`;

function told(name: string, which: RawBuilder<unknown>): MeasureSpec {
  return {
    name,
    entity: 'customer',
    unit: 'money',
    days: 365,
    through,
    reads,
    value: ({ alias }, period) => sql`select coalesce(sum(e.amount_base), 0) from cost_entry e
      where e.customer_id = ${sql.ref(`${alias}.id`)} and ${counted(period)}${which}`,
    all: (_ctx, period) => sql`select e.customer_id as id, sum(e.amount_base) as value from cost_entry e
      where ${counted(period)}${which} group by e.customer_id`,
  };
}

/** What a customer costs: all of it, and what keeping the relation up takes. */
export const costMeasures: readonly MeasureSpec[] = [
  told('cost', sql``),
  told('costToServe', sql` and e.phase = 'upkeep'`),
];
