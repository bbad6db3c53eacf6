import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { opensIn, workingMoment } from '../../../platform/context/working.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { freeDays, takeDay } from '../../care/public.ts';
import { makeStep, noteTouch } from './make.ts';
import { type DueStep, dueStep } from './next.ts';
import { reasonsToStop, stopRuns } from './over.ts';
import { RUN_JOB } from './wake.ts';
import { stepAt } from './when.ts';

/** Does the steps that are due; also looked at every night, should a moment have been missed. */
export const runJob = defineJob({
  name: RUN_JOB,
  input: z.object({}),
  attempts: 5,
  run: (services: Services, _input, { progress }) => doDue(services, progress),
});

const BATCH = 100;

/**
 * Does every step that is due, each in a transaction of its own that takes its run, does the step and moves the run on: a process
 * that dies leaves all of it or nothing, and of several only one gets a run.
 */
export async function doDue(
  services: Services,
  progress: (done: number) => Promise<void> = async () => {},
): Promise<{ done: number }> {
  let done = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'sequence' });
    const { rows } = await sql<{ id: string }>`select id from sequence_run where status = 'active'
      and next_at <= ${ctx.now} and deleted_at is null and id > ${after} order by id limit ${BATCH}`.execute(
      ctx.db,
    );
    for (const { id } of rows) if (await doOne(services, id)) done += 1;
    await progress(done);
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return { done };
    after = last.id;
  }
}

async function doOne(services: Services, id: string): Promise<boolean> {
  const ctx = await systemContext(services, { kind: 'job', reason: 'sequence' });
  try {
    return await inTransaction(asSystem(ctx, 'sequence'), (inner) => advance(inner, services, id));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // What it would make is refused, by a field the company asks for, say: it stops and says so, and holds no other up.
    await inTransaction(asSystem(ctx, 'sequence'), async (inner) => {
      const [row] = await lockDue(inner, id);
      if (row) await stopRuns(inner, [row], 'failed');
    });
    return false;
  }
}

/** The run, if it is still due and nobody else is at it. What it hangs on is locked before it, as everywhere. */
async function lockDue(ctx: Context, id: string): Promise<Row[]> {
  await sql`select from customer where id = (select customer_id from sequence_run where id = ${id}) for share`.execute(
    ctx.db,
  );
  const { rows } = await sql`select from sequence_run where id = ${id} and status = 'active'
    and next_at <= ${ctx.now} and deleted_at is null for update skip locked`.execute(ctx.db);
  return rows.length ? lockRows(ctx, entityNamed(ctx.registry, 'sequenceRun'), [id]) : [];
}

async function advance(ctx: Context, services: Services, id: string): Promise<boolean> {
  const [row] = await lockDue(ctx, id);
  if (!row) return false;
  const over = (await reasonsToStop(ctx, [id])).get(id);
  if (over) {
    await stopRuns(ctx, [row], over.reason, over.at);
    return false;
  }
  const moment = workingMoment(ctx);
  if (Temporal.Instant.compare(moment, ctx.now) > 0) return postpone(ctx, row, moment);
  const step = await dueStep(ctx, id);
  if (!step) return finish(ctx, row);
  // Nobody is there to do it: it waits until somebody is.
  if (!step.owner) return postpone(ctx, row, opensIn(ctx, 1));
  const touch = uuidv7();
  if (!(await mayTell(ctx, step, touch))) return postpone(ctx, row, opensIn(ctx, 1));
  const made = await makeStep(ctx, services, id, step);
  // What somebody has to send himself is sent when his task is done.
  if (!made.mailed) await freeDays(ctx, [touch], 'sent');
  await noteTouch(ctx, { id: touch, run: id, step, number: (row.step as number) + 1, ...made });
  if (step.nextWait === null) return finish(ctx, row, (row.step as number) + 1);
  const nextAt = stepAt(ctx, { wait: step.nextWait, unit: step.nextUnit as string });
  await decide(
    ctx,
    'sequenceRun',
    [row],
    { step: (row.step as number) + 1, nextAt },
    { action: 'sequenceStep' },
  );
  return true;
}

const tells = ({ action }: DueStep) => action === 'mail' || action === 'message';

/** Whether the person may hear of us today, and the sequence say more today. */
async function mayTell(ctx: Context, step: DueStep, touch: string): Promise<boolean> {
  if (!tells(step)) return true;
  // Those who count what goes out today take turns.
  await sql`select from sequence where id = ${step.sequence} for no key update`.execute(ctx.db);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from sequence_touch
    where sequence_id = ${step.sequence} and action in ('mail', 'message')
      and at >= (${dayOf(ctx)}::date)::timestamp at time zone ${ctx.timeZone}`.execute(ctx.db);
  if ((rows[0]?.n ?? 0) >= step.perDay) return false;
  if (step.person === null) return true;
  const day = dayOf(ctx);
  if (!(await takeDay(ctx, step.person, day, 'planned', touch))) return false;
  if (await takeDay(ctx, step.person, day, 'sent', touch)) return true;
  await freeDays(ctx, [touch], 'planned');
  return false;
}

async function postpone(ctx: Context, row: Row, nextAt: string): Promise<false> {
  await decide(ctx, 'sequenceRun', [row], { nextAt }, { action: 'sequencePostpone' });
  return false;
}

async function finish(ctx: Context, row: Row, step = row.step as number): Promise<boolean> {
  const set = { status: 'finished', step, nextAt: null, liveKey: null, endedAt: ctx.now };
  await decide(ctx, 'sequenceRun', [row], set, { action: 'sequenceFinish' });
  return step !== row.step;
}
