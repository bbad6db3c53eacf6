import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { wakeAt } from '../watch/wake.ts';
import { deadline, type Wish } from './due.ts';

/** A promise has a day, is put on the clock, and wakes us when it is to be called to mind. */
export const promiseBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'open');
    for (const draft of drafts) if (!draft.before) setDeadline(ctx, draft);
  },
  async afterSave(ctx, drafts) {
    const times = drafts.flatMap(({ values }) => [values.remindAt, values.dueAt, values.escalateAt]);
    await wakeAt(ctx, times as (string | null | undefined)[]);
  },
};

function setDeadline(ctx: Context, { values, problems }: Draft): void {
  const set = deadline(ctx, ctx.now, values as unknown as Wish);
  if (!set) problems.push({ path: 'dueDate', code: 'promise_no_date' });
  else Object.assign(values, { ...set, remindAt: values.remindAt ?? set.remindAt });
}
