import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { matchNameOf } from './conflicts.ts';

/** What was decided stays as it was registered; it comes into being by its command alone. */
export const registrationBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'submitted');
    for (const { before, values, problems } of drafts) {
      if (!before && !isDecided(ctx)) problems.push({ path: '', code: 'deal_by_command' });
      if (before && before.status !== 'submitted' && !isDecided(ctx) && Object.keys(values).length > 0)
        problems.push({ path: '', code: 'deal_decided' });
      if (typeof values.name === 'string') values.matchName = matchNameOf(values.name);
    }
  },
};
