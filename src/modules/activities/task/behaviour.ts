import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { addWorkdays } from '../../../platform/time/business-calendar.ts';
import { localToInstant } from '../../../platform/time/instant.shared.ts';
import { createNext } from './repeat.ts';

/** A task remembers when it was done, tells its manager when it is long overdue, and comes again where it repeats. */
export const taskBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts) {
      const { values, before } = draft;
      if (values.status !== undefined && values.status !== before?.status)
        values.doneAt = values.status === 'done' ? ctx.now : null;
      checkRepeat(draft);
      if ('dueDate' in values) values.escalateAt = escalation(ctx, values.dueDate as string | null);
    }
  },
  async afterSave(ctx, drafts) {
    const done = drafts.filter(({ before, values }) => before?.status === 'open' && values.status === 'done');
    await createNext(
      ctx,
      done.map(({ id }) => id),
    );
  },
};

/** What repeats has a day it goes on from. */
function checkRepeat(draft: Draft): void {
  const { values, problems } = draft;
  const due = draftValue(draft, 'dueDate', 'due_date') as string | null;
  const repeat = draftValue(draft, 'repeat');
  if (repeat && !due) problems.push({ path: 'dueDate', code: 'repeat_no_date' });
  const anew = 'repeat' in values && values.repeat !== (draft.before?.repeat ?? null);
  if (anew) values.repeatFrom = repeat ? (values.repeatFrom ?? due) : null;
}

const PATIENCE_WORKDAYS = 2;

/** When the manager hears of it: as the company opens on the second working day after. */
function escalation({ businessDays, timeZone }: Context, due: string | null): string | null {
  if (!due) return null;
  const opens = businessDays.hours[0]?.[0] ?? '09:00';
  return localToInstant(`${addWorkdays(businessDays, due, PATIENCE_WORKDAYS)}T${opens}`, timeZone);
}
