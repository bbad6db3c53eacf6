import { sql } from 'kysely';
import type { CostSource } from '../../../platform/costs/cost.ts';

/** What was spent on a customer costs what it was, as soon as it is approved. */
export const hospitalityCosts: CostSource = {
  name: 'hospitality',
  entity: 'hospitality',
  basis: 'amount',
  defaults: { each: '0', minutes: 0, percent: '100' },
  causes: () => sql`select h.id as cause, h.customer_id as customer, h.date as day, h.spent_by_id as person,
      case when h.kind = 'gift' then 'gift' else 'hospitality' end as kind, null::int as minutes, h.amount_base as amount
    from hospitality h where h.status in ('approved', 'paid') and h.deleted_at is null`,
};
