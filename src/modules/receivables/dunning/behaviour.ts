import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { refuseForeign } from '../targets.ts';

/** A reminder begins open, about what is the customer's own. */
export const dunningBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'open');
    await refuseForeign(ctx, drafts, ['contract', 'order']);
  },
};
