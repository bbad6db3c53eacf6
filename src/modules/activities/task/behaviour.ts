import type { Behaviour } from '../../../platform/entity/behaviour.ts';

/** A task remembers when it was done. */
export const taskBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const { values, before } of drafts) {
      if (values.status === undefined || values.status === before?.status) continue;
      values.doneAt = values.status === 'done' ? ctx.now : null;
    }
  },
};
