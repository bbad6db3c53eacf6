import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { CLOCK, type Every, nextDue } from './due.ts';

export const MAIL_JOB = 'analysis.mail';

/** What is sent regularly has a time, and a job that waits for it. */
export const mailingBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      const value = (name: string, column?: string) => draftValue(draft, name, column);
      const time = String(value('time'));
      if (!CLOCK.test(time)) draft.problems.push({ path: 'time', code: 'bad_clock' });
      else if (draft.before === null || ['every', 'time', 'active'].some((name) => name in draft.values))
        draft.values.nextAt =
          value('active') === false ? null : nextDue(value('every') as Every, time, ctx.timeZone, ctx.now);
    }
  },
  async afterSave(ctx, drafts) {
    for (const { id, values } of drafts)
      if (typeof values.nextAt === 'string') await plan(ctx, id, values.nextAt);
  },
};

/** The job that sends it when it is time. */
export const plan = (ctx: Context, id: string, at: string): Promise<string> =>
  addJob(ctx, MAIL_JOB, { id }, { key: `${id}@${at}`, runAt: at });
