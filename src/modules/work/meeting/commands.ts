import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { followUpInput, takeBack, writeDown } from '../follow-up.ts';
import { settle } from '../settle.ts';

const meetingCommand = { entity: 'meeting', on: 'one', action: 'update' } as const;
const only = (rows: Row[]): Row => rows[0] as Row;

/** Closes a meeting. It needs something that follows from it — a task, a promise, a next date — or the reason why nothing does. */
const close = defineCommand({
  ...meetingCommand,
  name: 'close',
  summary: 'Close a meeting, with what follows from it or the reason why nothing does',
  input: followUpInput.extend({
    answer1: z.string().max(20_000).nullish(),
    answer2: z.string().max(20_000).nullish(),
    noFollowUp: z.string().trim().max(2000).nullish(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const follows = input.tasks.length > 0 || input.promises.length > 0 || input.nextDate || input.noFollowUp;
    if (!follows && !(await promisedIn(ctx, row.id as string)))
      throw invalid([{ path: 'noFollowUp', code: 'meeting_no_follow_up' }]);
    const minutes = input.minutes ?? (row.minutes as string | null) ?? '';
    const answers = [1, 2].map((at) => {
      const given = at === 1 ? input.answer1 : input.answer2;
      return given ?? (row[`answer${at}`] as string | null) ?? '';
    });
    const learned = [row.question1, row.question2].flatMap((question, at) =>
      question && answers[at] ? `${question}\n${answers[at]}` : [],
    );
    const activity = await writeDown(
      ctx,
      row,
      {
        kind: 'meeting',
        subject: String(row.objective),
        content: [minutes, input.reactions, ...learned].filter(Boolean).join('\n\n'),
        occurredAt: heldAt(ctx, row),
        place: (row.place as string | null) ?? null,
      },
      input,
    );
    const { nextStep = null, nextDate = null } = input;
    await settle(ctx, 'meeting', row, {
      to: 'done',
      values: {
        minutes: minutes || null,
        answer1: answers[0] || null,
        answer2: answers[1] || null,
        nextStep,
        nextDate,
      },
      set: { doneAt: ctx.now, activity, noFollowUp: input.noFollowUp || null },
      action: 'close',
    });
    return { status: 'done', activity };
  },
});

/** A meeting planned for later cannot have happened yet. */
function heldAt(ctx: Context, row: Row): string {
  const planned = row.starts_at as string | null;
  return planned && Temporal.Instant.compare(planned, ctx.now) < 0 ? planned : ctx.now;
}

async function promisedIn(ctx: Context, meeting: string): Promise<boolean> {
  const { rows } = await sql`select 1 from promise where meeting_id = ${meeting} and deleted_at is null
    limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Calls a meeting off. */
const cancel = defineCommand({
  ...meetingCommand,
  name: 'cancel',
  summary: 'Call a meeting off',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settle(ctx, 'meeting', only(rows), { to: 'cancelled', action: 'cancel' });
    return { status: 'cancelled' };
  },
});

/** Opens a closed meeting again; its follow-up is taken back. */
const reopen = defineCommand({
  ...meetingCommand,
  name: 'reopen',
  summary: 'Open a meeting again',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    await takeBack(ctx, row);
    await settle(ctx, 'meeting', row, {
      to: 'planned',
      set: { doneAt: null, activity: null, noFollowUp: null },
      action: 'reopen',
    });
    return { status: 'planned' };
  },
});

export const meetingCommands = [close, cancel, reopen];
