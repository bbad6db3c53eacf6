import { sql } from 'kysely';
import { defineFacts } from '../../../platform/facts/fact.ts';
import { modelInUse } from '../../../platform/learning/store.ts';
import { predict } from '../../../platform/learning/train.ts';
import { OPPORTUNITY_MODEL, opportunityFeatures } from './features.ts';

/** In per cent how likely open business is won, by what was learnt of business that has ended. */
export const chanceFacts = defineFacts({
  name: 'opportunityChance',
  entity: 'opportunity',
  fields: { chance: { kind: 'integer', filterable: true, sortable: true } },
  events: ['opportunity.*'],
  async compute(ctx, ids) {
    const model = await modelInUse(ctx, OPPORTUNITY_MODEL);
    const known = model
      ? await opportunityFeatures(ctx, sql`t.id = any(${[...ids]}::uuid[]) and t.status = 'open'`)
      : [];
    const chances = known.map(({ id, features }) => ({
      id,
      chance: model ? Math.round(100 * predict(model, features)) : null,
    }));
    return sql`select id, chance from jsonb_to_recordset(${JSON.stringify(chances)}::jsonb) as c(id uuid, chance int)`;
  },
});
