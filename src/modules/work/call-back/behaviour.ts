import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';

/** A call-back begins open. */
export const callBackBehaviour: Behaviour = {
  prepare: (ctx, drafts) => takeDecided(ctx, drafts, 'open'),
};
