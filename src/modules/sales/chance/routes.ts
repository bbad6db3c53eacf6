import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Link } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { type ModelCard, modelCard, modelInUse } from '../../../platform/learning/store.ts';
import { explain, predict } from '../../../platform/learning/train.ts';
import type { Contribution } from '../../../platform/learning/types.ts';
import { OPPORTUNITY_MODEL, opportunityFeatures } from './features.ts';

const tag = 'sales';

/** How likely open business is won, what moved that, and how good the model is. */
export interface ChanceWhy {
  chance: { percent: number; because: Contribution[] } | null;
  model: ModelCard;
}

export const chanceRoute: Route = route({
  method: 'GET',
  path: '/opportunities/{id}/chance',
  summary: 'How likely an opportunity is won by what was learnt, and why',
  tag,
  params: idParams,
  handle: ({ ctx, params }) => chanceOf(ctx, params.id),
});

async function chanceOf(ctx: Context, id: string): Promise<ChanceWhy> {
  const [mine, customers] = [ctx.policies.for('opportunity'), ctx.policies.for('customer')];
  const { customer } = await readRecord(ctx, 'opportunity', id);
  if (!mine.sees('chance')) throw forbidden();
  const [model, card] = await Promise.all([
    modelInUse(ctx, OPPORTUNITY_MODEL),
    modelCard(ctx, OPPORTUNITY_MODEL),
  ]);
  const [known] = model ? await opportunityFeatures(ctx, sql`t.id = ${id} and t.status = 'open'`) : [];
  // What the caller may not see is no reason told to him; nor is a customer out of his sight.
  const whose = Boolean((customer as Link | null | undefined)?.title);
  const seen = (feature: string) =>
    feature === 'price'
      ? ctx.policies.for('product').sees('price')
      : mine.entity.fields[feature]
        ? mine.sees(feature)
        : whose && customers.sees(feature);
  return {
    chance:
      model && known
        ? {
            percent: Math.round(100 * predict(model, known.features)),
            because: explain(model, known.features).filter(({ feature }) => seen(feature)),
          }
        : null,
    model: card,
  };
}
