import { dayOf } from '../../../../platform/context/day.ts';
import type { Behaviour } from '../../../../platform/entity/behaviour.ts';
import { batchBehaviourOf } from '../../settle/behaviour.ts';
import { rebateSettlement } from './settlement.ts';

const batch = batchBehaviourOf(rebateSettlement);

/** Only what is over is settled: until its last day a period may still reach another tier. */
export const rebateBatchBehaviour: Behaviour = {
  ...batch,
  async prepare(ctx, drafts) {
    for (const { before, values, problems } of drafts) {
      if (!before || values.currency === null) values.currency ??= ctx.currency;
      if (typeof values.until === 'string' && values.until >= dayOf(ctx))
        problems.push({ path: 'until', code: 'rebate_until_running' });
    }
    await batch.prepare(ctx, drafts);
  },
};
