import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { settleLead } from './states.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const base = { entity: 'lead', on: 'one', action: 'update' } as const;

/** Takes a lead up: its answer is counted from here. */
const start = defineCommand({
  ...base,
  name: 'start',
  summary: 'Take a lead up',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    await settleLead(ctx, row, 'working', {
      action: 'start',
      set: { respondedAt: row.responded_at ?? ctx.now, nurtureUntil: null, reason: null, reasonNote: null },
    });
    return { status: 'working' };
  },
});

/** Takes that back. */
const stop = defineCommand({
  ...base,
  name: 'put-back',
  summary: 'Say that a lead has not been taken up after all',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settleLead(ctx, only(rows), 'new', { action: 'putBack', set: { respondedAt: null } });
    return { status: 'new' };
  },
});

/** Keeps a lead warm until a day. */
const nurture = defineCommand({
  ...base,
  name: 'nurture',
  summary: 'Nurture a lead until a day',
  input: z.strictObject({ until: z.iso.date(), note: z.string().trim().max(2000).nullish() }),
  async run(ctx, { rows, input }) {
    if (input.until <= dayOf(ctx)) throw invalid([{ path: 'until', code: 'date_past' }]);
    const row = only(rows);
    await settleLead(ctx, row, 'nurturing', {
      action: 'nurture',
      set: {
        nurtureUntil: input.until,
        reasonNote: input.note ?? null,
        respondedAt: row.responded_at ?? ctx.now,
      },
    });
    return { status: 'nurturing' };
  },
});

export const DISQUALIFIED = [
  'noNeed',
  'noBudget',
  'unreachable',
  'competitor',
  'wrongContact',
  'spam',
  'other',
] as const;

/** Puts a lead aside, with the reason. */
const disqualify = defineCommand({
  ...base,
  name: 'disqualify',
  summary: 'Disqualify a lead, with the reason',
  input: z.strictObject({
    reason: z.enum(DISQUALIFIED),
    note: z.string().trim().max(2000).nullish(),
  }),
  async run(ctx, { rows, input }) {
    if (input.reason === 'other' && !input.note) throw invalid([{ path: 'note', code: 'required' }]);
    const row = only(rows);
    await settleLead(ctx, row, 'disqualified', {
      action: 'disqualify',
      set: {
        reason: input.reason,
        reasonNote: input.note ?? null,
        nurtureUntil: null,
        respondedAt: row.responded_at ?? ctx.now,
      },
    });
    return { status: 'disqualified' };
  },
});

/** Verbs of a lead besides its conversion. */
export const leadCommands: readonly CommandSpec[] = [start, stop, nurture, disqualify];
