import type { Behaviour } from '../../../platform/entity/behaviour.ts';

/** The company's own currency needs no rate. */
export const exchangeRateBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts)
      if (draft.values.currency === ctx.currency)
        draft.problems.push({ path: 'currency', code: 'rate_of_own_currency' });
  },
};
