import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { followUpInput, takeBack, writeDown } from '../follow-up.ts';
import { settle } from '../settle.ts';

const callBackCommand = { entity: 'callBack', on: 'one', action: 'update' } as const;
const only = (rows: Row[]): Row => rows[0] as Row;

const answers = z
  .array(z.strictObject({ question: z.string().max(500), answer: z.string().max(4000) }))
  .max(50)
  .default([]);

/** Records what the customer answered; the call becomes a follow-up with what comes of it. */
const answer = defineCommand({
  ...callBackCommand,
  name: 'answer',
  summary: 'Record a call-back with the customer’s answers',
  input: followUpInput.omit({ reactions: true }).extend({ answers }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const { answers: given, ...rest } = input;
    const said = given.filter((each) => each.answer.trim()).map((each) => `${each.question}\n${each.answer}`);
    const activity = await writeDown(
      ctx,
      row,
      {
        kind: 'call',
        subject: String(row.subject),
        content: [...said, input.minutes].filter(Boolean).join('\n\n'),
        occurredAt: ctx.now,
      },
      rest,
    );
    await settle(ctx, 'callBack', row, {
      to: 'done',
      values: input.minutes ? { remark: input.minutes } : {},
      set: { answers: given, doneAt: ctx.now, activity },
      action: 'answer',
    });
    return { status: 'done', activity };
  },
});

/** Leaves a customer in peace. */
const skip = defineCommand({
  ...callBackCommand,
  name: 'skip',
  summary: 'Skip a call-back',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settle(ctx, 'callBack', only(rows), { to: 'skipped', set: { doneAt: ctx.now }, action: 'skip' });
    return { status: 'skipped' };
  },
});

/** Takes a call-back back into the work list; its follow-up goes. */
const reopen = defineCommand({
  ...callBackCommand,
  name: 'reopen',
  summary: 'Open a call-back again',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    await takeBack(ctx, row);
    await settle(ctx, 'callBack', row, {
      to: 'open',
      set: { doneAt: null, activity: null },
      action: 'reopen',
    });
    return { status: 'open' };
  },
});

export const callBackCommands = [answer, skip, reopen];
