import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { checkCondition } from '../route/behaviour.ts';

export const JUDGE_JOB = 'lead.judge';

/** A rule has a condition that can be understood; open leads get their points by it soon after. */
export const scoreRuleBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) await checkCondition(ctx, draft);
  },
  async afterSave(ctx) {
    await addJob(ctx, JUDGE_JOB, {}, { key: 'rules' });
  },
  async beforeDelete(ctx) {
    await addJob(ctx, JUDGE_JOB, {}, { key: 'rules' });
  },
};
