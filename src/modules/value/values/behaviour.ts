import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';

/** Nobody recommends himself. */
export const referralBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const draft of drafts) {
      const by = draftValue(draft, 'customer', 'customer_id');
      if (by && by === draftValue(draft, 'referred', 'referred_id'))
        draft.problems.push({ path: 'referred', code: 'referral_self' });
    }
  },
};
