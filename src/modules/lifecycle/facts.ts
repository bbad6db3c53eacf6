import { sql } from 'kysely';
import { defineFacts } from '../../platform/facts/fact.ts';

/** In which stage a customer is, in both models. Whoever moves it refreshes them in the same transaction. */
export const stageFacts = defineFacts({
  name: 'stage',
  entity: 'customer',
  fields: {
    lifeStage: { kind: 'choice', open: true, options: [], filterable: true, group: 'relation' },
    lifeStageSince: { kind: 'instant', group: 'relation' },
    relationStage: { kind: 'choice', open: true, options: [], filterable: true, group: 'relation' },
    relationStageSince: { kind: 'instant', group: 'relation' },
  },
  events: [],
  compute: (_ctx, ids) => sql`select s.customer_id as id,
      max(s.stage) filter (where s.model = 'life') as life_stage, max(s.since) filter (where s.model = 'life') as life_stage_since,
      max(s.stage) filter (where s.model = 'relation') as relation_stage,
      max(s.since) filter (where s.model = 'relation') as relation_stage_since
    from customer_stage s join lifecycle_model m on m.code = s.model and m.active
    where s.customer_id = any(${ids}::uuid[]) group by s.customer_id`,
});
