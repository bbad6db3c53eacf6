import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { workingMoment } from '../../../platform/context/working.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { withoutStrangers } from '../../../platform/entity/belongs.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { wantNothing } from '../../care/public.ts';
import { RUN_STATES, type RunStatus } from './entity.ts';
import { reasonsToStop, stopRuns } from './over.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const base = { entity: 'sequenceRun', on: 'one', action: 'update' } as const;

function requireMove(row: Row, to: RunStatus): void {
  if (!RUN_STATES[row.status as RunStatus].includes(to)) throw problem('sequence_run_state', { status: 409 });
}

const pause = defineCommand({
  ...base,
  name: 'sequencePause',
  summary: 'Pause a sequence',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireMove(row, 'paused');
    await decide(ctx, 'sequenceRun', [row], { status: 'paused', nextAt: null }, { action: 'sequencePause' });
    return { status: 'paused' };
  },
});

/** Goes on with the step it stood before, where nothing speaks against it any more. */
const resume = defineCommand({
  ...base,
  name: 'sequenceResume',
  summary: 'Go on with a sequence that was paused or stopped',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireMove(row, 'active');
    const about = row.opportunity_id ?? row.lead_id ?? row.contact_id ?? row.customer_id;
    const over = (await reasonsToStop(ctx, [row.id as string])).get(row.id as string);
    if (over) throw problem('sequence_over', { status: 409 });
    const set = {
      status: 'active',
      nextAt: workingMoment(ctx),
      stopReason: null,
      endedAt: null,
      liveKey: `${row.sequence_id}:${about}`,
    };
    await decide(ctx, 'sequenceRun', [row], set, { action: 'sequenceResume' });
    return { status: 'active' };
  },
});

const stop = defineCommand({
  ...base,
  name: 'sequenceEnd',
  summary: 'Stop a sequence; with `optOut` the person is never written to again',
  input: z.strictObject({ optOut: z.boolean().default(false) }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireMove(row, 'stopped');
    const person = (row.contact_id ?? row.customer_id ?? row.lead_id) as string | null;
    if (input.optOut && person) await wantNothing(ctx, person);
    await stopRuns(ctx, [row], input.optOut ? 'optOut' : 'hand');
    return { status: 'stopped' };
  },
});

/** The customer answered: it is written down as a follow-up, and nothing more goes out. */
const replied = defineCommand({
  ...base,
  name: 'sequenceReplied',
  summary: 'Say that the customer answered',
  input: z.strictObject({
    text: z.string().trim().max(20_000).nullish(),
    kind: z.enum(['call', 'mail', 'message', 'visit']).default('message'),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireMove(row, 'stopped');
    if (input.text) await writeDown(ctx, row, input.text, input.kind);
    await stopRuns(ctx, [row], 'reply', ctx.now);
    return { status: 'stopped' };
  },
});

async function writeDown(ctx: Context, row: Row, content: string, kind: string): Promise<void> {
  await createRecord(ctx, 'activity', {
    kind,
    content,
    fromCustomer: true,
    ...(row.customer_id
      ? await withoutStrangers(ctx, 'activity', {
          customer: row.customer_id,
          contacts: row.contact_id ? [row.contact_id] : [],
        })
      : { lead: row.lead_id }),
  });
}

/** Verbs of a run. */
export const runCommands: readonly CommandSpec[] = [pause, resume, stop, replied];
