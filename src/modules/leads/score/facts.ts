import { sql } from 'kysely';
import { defineFacts } from '../../../platform/facts/fact.ts';
import { modelInUse } from '../../../platform/learning/store.ts';
import { predict } from '../../../platform/learning/train.ts';
import { LEAD_MODEL, leadFeatures } from './features.ts';
import { rulePoints, totalPoints } from './points.ts';

/** What a lead is worth by the company's rules, and in per cent how likely it is converted by what was learnt. */
export const scoreFacts = defineFacts({
  name: 'leadScore',
  entity: 'lead',
  fields: {
    score: { kind: 'integer', filterable: true, sortable: true, group: 'state' },
    chance: { kind: 'integer', filterable: true, sortable: true, group: 'state' },
  },
  events: ['lead.*', 'activity.*', 'inquiry.*'],
  through: { activity: 'lead', inquiry: 'lead' },
  async compute(ctx, ids) {
    const [rules, model] = await Promise.all([rulePoints(ctx), modelInUse(ctx, LEAD_MODEL)]);
    const known = model ? await leadFeatures(ctx, sql`t.id = any(${[...ids]}::uuid[])`) : [];
    const chances = known.map(({ id, features }) => ({
      id,
      chance: model ? Math.round(100 * predict(model, features)) : null,
    }));
    return sql`select t.id, ${totalPoints(rules)} as score, c.chance
      from lead t left join jsonb_to_recordset(${JSON.stringify(chances)}::jsonb) as c(id uuid, chance int) on c.id = t.id
      where t.id = any(${[...ids]}::uuid[])`;
  },
  // Points decay day by day.
  due: () => sql`select id from lead where status in ('new', 'working', 'nurturing') and deleted_at is null`,
});
