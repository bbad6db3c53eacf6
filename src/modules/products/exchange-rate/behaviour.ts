import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { checkCurrency } from '../book/behaviour.ts';

/** A rate of nought is no rate, and the company's own currency needs none. */
export const exchangeRateBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts) {
      checkCurrency(draft);
      if (draft.values.currency === ctx.currency)
        draft.problems.push({ path: 'currency', code: 'rate_of_own_currency' });
    }
  },
};
