import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { learn } from '../../../platform/learning/store.ts';
import { chanceFacts } from './facts.ts';
import { OPPORTUNITY_MODEL, opportunityFeatures } from './features.ts';

/** Enough to learn from, and no more than fits in memory. */
const MOST = 20_000;
const CHUNK = 2_000;

/** Learns by night from business that has ended, and judges what is open anew. */
export const learnJob = defineJob({
  name: 'opportunity.learn',
  input: z.object({}),
  nightly: true,
  run: async (services: Services) =>
    learnOpportunities(await systemContext(services, { kind: 'job', reason: 'what business became' })),
});

export async function learnOpportunities(ctx: Context): Promise<{ state: string }> {
  const ended = await opportunityFeatures(
    ctx,
    sql`t.id = any(array(select id from opportunity where status in ('won', 'lost') and deleted_at is null
      and closed_on is not null order by closed_on desc, id desc limit ${MOST})) order by t.closed_on, t.id`,
  );
  const state = await learn(ctx, OPPORTUNITY_MODEL, ended);
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`select id from opportunity
      where status = 'open' and deleted_at is null and id > ${after}::uuid order by id limit ${CHUNK}`.execute(
      ctx.db,
    );
    await refreshFacts(
      ctx,
      chanceFacts,
      rows.map(({ id }) => id),
    );
    if (rows.length < CHUNK) return { state };
    after = (rows.at(-1) as { id: string }).id;
  }
}
