import { sql } from 'kysely';
import type { MeasureSpec } from '../../platform/measures/measure.ts';

/** What a customer's own fields tell in numbers. */
export const customerMeasures: readonly MeasureSpec[] = [
  {
    name: 'annualRevenue',
    entity: 'customer',
    unit: 'money',
    // An amount in another currency than the company's is no number to compare with.
    value: ({ alias }) => sql`select ${sql.ref(`${alias}.annual_revenue_base`)}`,
  },
  {
    name: 'completeness',
    entity: 'customer',
    unit: 'percent',
    value: ({ alias }) => sql`select ${sql.ref(`${alias}.completeness`)}`,
  },
];
