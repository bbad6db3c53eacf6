import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { matchNameOf } from './conflicts.ts';

/** What was decided stays as it was registered. */
export const registrationBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'submitted');
    for (const { before, values, problems } of drafts) {
      if (!before) values.registrant = ctx.principal.userId;
      if (before && before.status !== 'submitted' && !isDecided(ctx) && Object.keys(values).length > 0)
        problems.push({ path: '', code: 'deal_decided' });
      if (typeof values.name === 'string') values.matchName = matchNameOf(values.name);
    }
  },
};
