import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { learn } from '../../../platform/learning/store.ts';
import { JUDGE_JOB } from './behaviour.ts';
import { scoreFacts } from './facts.ts';
import { LEAD_MODEL, leadFeatures } from './features.ts';

export const LEARN_JOB = 'lead.learn';

/** Enough to learn from, and no more than fits in memory. */
const MOST = 20_000;
const CHUNK = 2_000;

/** Learns by night from the leads that have ended, and judges the open ones anew. */
export const learnJob = defineJob({
  name: LEARN_JOB,
  input: z.object({}),
  nightly: true,
  run: async (services: Services) =>
    learnLeads(await systemContext(services, { kind: 'job', reason: 'what leads became' })),
});

/** Gives open leads their points by rules that have changed. */
export const judgeJob = defineJob({
  name: JUDGE_JOB,
  input: z.object({}),
  run: async (services: Services) =>
    judgeOpen(await systemContext(services, { kind: 'job', reason: 'rules have changed' })),
});

/** Of leads put aside by mistake or as spam nothing is learnt. */
export async function learnLeads(ctx: Context): Promise<{ state: string }> {
  const ended = await leadFeatures(
    ctx,
    sql`t.id = any(array(select id from lead where deleted_at is null and (status = 'converted'
        or status = 'disqualified' and coalesce(reason, '') not in ('spam', 'wrongContact'))
      order by received_at desc limit ${MOST})) order by t.received_at, t.id`,
  );
  const state = await learn(ctx, LEAD_MODEL, ended);
  await judgeOpen(ctx);
  return { state };
}

/** Writes points and chances of all open leads anew: rules have changed, or something was learnt. */
export async function judgeOpen(ctx: Context): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`select id from lead
      where status in ('new', 'working', 'nurturing') and deleted_at is null and id > ${after}::uuid
      order by id limit ${CHUNK}`.execute(ctx.db);
    await refreshFacts(
      ctx,
      scoreFacts,
      rows.map(({ id }) => id),
    );
    if (rows.length < CHUNK) return;
    after = (rows.at(-1) as { id: string }).id;
  }
}
