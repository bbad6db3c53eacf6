import type { Behaviour } from '../../../platform/entity/behaviour.ts';

/** A task remembers when it was done. */
export const taskBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const { values } of drafts) {
      if (values.status !== undefined) values.doneAt = values.status === 'done' ? ctx.now : null;
    }
  },
};
