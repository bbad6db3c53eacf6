import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';

/** Nobody is offered what the rule says he has: such a rule does nothing, and that is said. */
export const ruleBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const draft of drafts) {
      const bought = (draftValue(draft, 'bought', 'bought_ids') as string[] | null) ?? [];
      if (bought.includes(draftValue(draft, 'offer', 'offer_id') as string))
        draft.warnings.push({ path: 'offer', code: 'rule_offers_what_is_had' });
    }
  },
};
