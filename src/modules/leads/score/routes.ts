import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { type ModelCard, modelCard, modelInUse } from '../../../platform/learning/store.ts';
import { explain, predict } from '../../../platform/learning/train.ts';
import type { Contribution } from '../../../platform/learning/types.ts';
import { LEAD_MODEL, leadFeatures } from './features.ts';
import { LEARN_JOB } from './learn.ts';
import { rulePoints } from './points.ts';

const tag = 'leads';

/** Why a lead has its score: points rule by rule, and what moved the likelihood. */
export interface ScoreWhy {
  points: { rule: string; points: number }[];
  chance: { percent: number; because: Contribution[] } | null;
  model: Pick<ModelCard, 'state' | 'won' | 'lost' | 'needed'>;
}

/** The score of a lead, and how its model stands. */
export const scoreRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/leads/{id}/score',
    summary: 'Why a lead has its score',
    tag,
    params: idParams,
    handle: ({ ctx, params }) => whyOf(ctx, params.id),
  }),
  route({
    method: 'GET',
    path: '/leads/model',
    summary: 'How good what was learnt of leads is',
    tag,
    handle: ({ ctx }) => {
      if (!ctx.policies.for('leadScoreRule').can('read')) throw forbidden();
      return modelCard(ctx, LEAD_MODEL);
    },
  }),
  route({
    method: 'POST',
    path: '/leads/model',
    summary: 'Learn from leads now, and judge the open ones anew',
    tag,
    status: 202,
    handle: async ({ ctx }) => {
      if (!ctx.policies.for('leadScoreRule').can('update')) throw forbidden();
      return { jobId: await addJob(ctx, LEARN_JOB, {}, { key: 'now' }) };
    },
  }),
];

async function whyOf(ctx: Context, id: string): Promise<ScoreWhy> {
  const policy = ctx.policies.for('lead');
  await readRecord(ctx, 'lead', id);
  if (!policy.sees('score') || !policy.sees('chance')) throw forbidden();
  const rules = await rulePoints(ctx);
  const columns = rules.map(({ points }, at) => sql`${points} as ${sql.ref(`p${at}`)}`);
  const { rows } = columns.length
    ? await sql<Record<string, number>>`select ${sql.join(columns)} from lead t where t.id = ${id}`.execute(
        ctx.db,
      )
    : { rows: [{}] as Record<string, number>[] };
  const points = rules.flatMap(({ name }, at) => {
    const given = Math.round(10 * (rows[0]?.[`p${at}`] ?? 0)) / 10;
    return given === 0 ? [] : [{ rule: name, points: given }];
  });
  const [model, { state, won, lost, needed }] = await Promise.all([
    modelInUse(ctx, LEAD_MODEL),
    modelCard(ctx, LEAD_MODEL),
  ]);
  const [known] = model ? await leadFeatures(ctx, sql`t.id = ${id}`) : [];
  return {
    points: points.sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
    chance:
      model && known
        ? {
            percent: Math.round(100 * predict(model, known.features)),
            // What the caller may not see of the lead is no reason told to him.
            because: explain(model, known.features).filter(({ feature }) => policy.sees(feature)),
          }
        : null,
    model: { state, won, lost, needed },
  };
}
