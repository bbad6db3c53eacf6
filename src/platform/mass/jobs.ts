import { z } from 'zod';
import type { CommandSpec } from '../command/command.ts';
import type { Cause, Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import { type MassAction, type MassResult, massPart } from '../entity/mass.ts';
import {
  deleting,
  type MassChange,
  type Recipient,
  restoring,
  transferring,
  updating,
} from '../entity/mass-actions.ts';
import { undoPart } from '../entity/mass-undo.ts';
import { defineJob, type JobRun, type JobSpec } from '../jobs/job.ts';
import { commandWork } from './command.ts';
import { ACTIONS, countParts, finishPart, forgetInput, type MassRecord, massOf, nextPart } from './store.ts';
import { undoSetOf } from './undo.ts';

type ActFor = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

/** What the caller asked for, as the job does it. Throws where it fits no record of the type. */
export function actionOf(
  ctx: Context,
  { action, entity, input }: Pick<MassRecord, 'action' | 'entity' | 'input'>,
) {
  const actions: Record<string, () => MassAction> = {
    update: () => updating(ctx, entity, input as MassChange),
    transfer: () => transferring(ctx, entity, input as Recipient),
    delete: () => deleting(ctx, entity),
    restore: () => restoring(ctx, entity),
  };
  return (actions[action] as () => MassAction)();
}

type PartWork = (inner: Context, ids: string[]) => Promise<Pick<MassResult, 'done' | 'failed'>>;

/** Mass actions outside requests, part by part: each with its own end in one transaction, so nothing is done twice. */
export function massJobs(actFor: ActFor, commands: readonly CommandSpec[] = []): JobSpec[] {
  return ACTIONS.map((name) =>
    defineJob({
      name: `mass.${name}`,
      input: z.object({ id: z.uuid() }),
      async run(services, { id }, run) {
        const mass = await massOf(services.db, id);
        const ctx = await actFor(
          services,
          { id: run.job.createdBy as string },
          { kind: 'job', id: run.job.id },
        );
        await workThrough(ctx, mass, run, await workOf(ctx, mass, commands));
        await forgetInput(ctx.db, id);
        const { done, failed } = await countParts(ctx.db, id);
        return { id, done, failed };
      },
    }),
  );
}

async function workOf(ctx: Context, mass: MassRecord, commands: readonly CommandSpec[]): Promise<PartWork> {
  if (mass.action === 'command') return commandWork(commands, mass);
  if (mass.action !== 'undo') {
    const action = actionOf(ctx, mass);
    return (inner, ids) => massPart(inner, action, ids, mass.id);
  }
  const set = await undoSetOf(ctx, mass.undoes as string);
  return async (inner, ids) => {
    const { restored, conflicts } = await undoPart(inner, set, ids);
    return { done: restored, failed: conflicts.map(({ id }) => ({ id, code: 'changed_since' })) };
  };
}

async function workThrough(ctx: Context, mass: MassRecord, run: JobRun, work: PartWork): Promise<void> {
  let { worked } = await countParts(ctx.db, mass.id);
  for (;;) {
    await run.progress(worked, mass.total);
    const count = await inTransaction(ctx, async (inner) => {
      const part = await nextPart(inner, mass.id);
      if (!part) return null;
      await finishPart(inner, mass.id, part.no, await work(inner, part.ids));
      return part.ids.length;
    });
    if (count === null) return;
    worked += count;
  }
}
