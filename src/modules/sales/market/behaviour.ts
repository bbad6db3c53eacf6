import { dayOf } from '../../../platform/context/day.ts';
import type { Behaviour } from '../../../platform/entity/behaviour.ts';

/** What nobody dates was found out today. */
export const datedToday: Behaviour = {
  prepare(ctx, drafts) {
    for (const { before, values } of drafts) if (before === null) values.day ??= dayOf(ctx);
  },
};
