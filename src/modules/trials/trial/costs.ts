import { sql } from 'kysely';
import type { CostSource } from '../../../platform/costs/cost.ts';

/** What is not to come back costs what it cost us: samples from the day they leave, anything else once it is left there. */
export const trialCosts: CostSource = {
  name: 'trial',
  entity: 'trial',
  basis: 'amount',
  defaults: { each: '0', minutes: 0, percent: '100' },
  causes: () => sql`select t.id as cause, t.customer_id as customer, coalesce(t.closed_on, t.out_on) as day,
      t.owner_id as person, 'other' as kind, null::int as minutes, t.cost_base as amount
    from trial t where t.deleted_at is null and t.cost_base is not null and t.out_on is not null
      and (t.status = 'kept' or (t.kind = 'sample' and t.status = 'out'))`,
};
