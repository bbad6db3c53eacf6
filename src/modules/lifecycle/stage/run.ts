import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { rebuildFacts } from '../../../platform/facts/run.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { defineJob, type JobRun } from '../../../platform/jobs/job.ts';
import { concernedBy, customerChunks, customerEstimate, reasonOf, waysOf } from '../../grades/public.ts';
import { stageFacts } from '../facts.ts';
import { MODELS } from '../model/definition.shared.ts';
import { allModels, type Model, modelNamed } from '../model/store.ts';
import { ADVANCE_JOB } from '../names.ts';
import { advance, type Mover, moverOf } from './advance.ts';

const AT_ONCE = 10_000;

/** A model made ready, or null: what cannot be understood says why, and every customer stays in its stage. */
async function readyMover(ctx: Context, model: Model): Promise<Mover | null> {
  const tell = async (problem: string | null) => {
    if (problem !== model.problem)
      await sql`update lifecycle_model set problem = ${problem} where code = ${model.code}`.execute(ctx.db);
  };
  try {
    const mover = await moverOf(ctx, model);
    await tell(null);
    return mover;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    await tell(reasonOf(ctx, error));
    return null;
  }
}

/** Moves every customer on by a model; gives how many moved, or null where its rules cannot be understood. */
export async function advanceAll(
  ctx: Context,
  model: Model,
  run?: Pick<JobRun, 'progress'>,
): Promise<number | null> {
  const mover = await readyMover(ctx, model);
  if (!mover) return null;
  const total = await customerEstimate(ctx);
  let [done, moved] = [0, 0];
  for await (const ids of customerChunks(ctx)) {
    moved += (await advance(ctx, mover, ids)).length;
    done += ids.length;
    await run?.progress(done, total === null ? null : Math.max(total, done));
  }
  return moved;
}

const context = (services: Services, id: string) =>
  systemContext(services, { kind: 'job', id, reason: 'lifecycle' });

export const lifecycleJobs = [
  defineJob({
    name: 'lifecycle.nightly',
    input: z.object({}),
    nightly: true,
    rests: importWrites,
    async run(services: Services, _input, run) {
      const ctx = await context(services, run.job.id);
      const result: Record<string, number | null> = {};
      for (const model of await allModels(ctx))
        if (model.active) result[model.code] = await advanceAll(ctx, model, run);
      return result;
    },
  }),
  defineJob({
    name: ADVANCE_JOB,
    input: z.object({ code: z.enum(MODELS) }),
    async run(services: Services, { code }, run) {
      const ctx = await context(services, run.job.id);
      const model = await modelNamed(ctx, code);
      if (model.active) return { moved: await advanceAll(ctx, model, run) };
      await rebuildFacts(services, stageFacts, run);
      return { moved: 0 };
    },
  }),
];

/** Stages follow every change that a rule looks at, of the customers concerned only. */
export const followChanges = defineSubscriber({
  name: 'lifecycle.follow',
  events: ['*'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'lifecycle' });
    const models = (await allModels(ctx)).filter(({ active }) => active);
    if (models.length === 0) return;
    const ways = waysOf(
      ctx,
      models.map(({ definition }) => definition),
    );
    const ids = await concernedBy(ctx, ways, batch, stageFacts.name);
    if (ids.length === 0) return;
    for (const model of models) {
      const mover = await readyMover(ctx, model);
      if (!mover) continue;
      for (let at = 0; at < ids.length; at += AT_ONCE) await advance(ctx, mover, ids.slice(at, at + AT_ONCE));
    }
  },
});
