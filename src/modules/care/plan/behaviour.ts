import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';
import { unknownPlaceholders } from './text.ts';

/** A festival is named where it is one, and a text uses only words that can be filled in. */
export const planBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const draft of drafts) {
      if (draftValue(draft, 'occasion') === 'festival' && !draftValue(draft, 'festival'))
        draft.problems.push({ path: 'festival', code: 'required' });
      if (typeof draft.values.text !== 'string') continue;
      const unknown = unknownPlaceholders(draft.values.text);
      if (unknown.length)
        draft.problems.push({
          path: 'text',
          code: 'care_placeholder',
          params: { names: unknown.map((name) => `{${name}}`).join(' ') },
        });
    }
  },
};
