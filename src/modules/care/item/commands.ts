import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Behaviour, Row } from '../../../platform/entity/behaviour.ts';
import { decide, takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { dayTakenBy, freeDays, takeDay } from '../gate/day.ts';

/** An item begins open. */
export const itemBehaviour: Behaviour = {
  prepare: (ctx, drafts) => takeDecided(ctx, drafts, 'open'),
};

const itemCommand = { entity: 'careItem', on: 'one', action: 'update' } as const;
const only = (rows: Row[]): Row => rows[0] as Row;
const personOf = (row: Row) => (row.contact_id ?? row.customer_id) as string;
const refuse = (code: string, params: Record<string, string | number> = {}) =>
  problem(code, { status: 409, params });

/** Says that it went out, by whom and when. On one day a person gets one, whoever presses first. */
const send = defineCommand({
  ...itemCommand,
  name: 'send',
  summary: 'Say that a greeting was sent; after its day only with `late`',
  input: z.strictObject({ late: z.boolean().optional() }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const today = dayOf(ctx);
    if (row.status !== 'open') throw refuse('care_not_open');
    const isLate = (row.occasion_on as string) < today;
    if (isLate && !input.late) throw refuse('care_late', { day: row.occasion_on as string });
    await refuseUnwanted(ctx, row);
    await claimDay(ctx, row, today);
    await decide(
      ctx,
      'careItem',
      [row],
      { status: 'done', late: isLate, doneAt: ctx.now, doneBy: ctx.principal.userId },
      { action: 'send' },
    );
    return { status: 'done', late: isLate };
  },
});

async function refuseUnwanted(ctx: Context, row: Row): Promise<void> {
  const { rows } = await sql`select 1 from care_preference
    where off and record_id in (${personOf(row)}, ${row.customer_id as string})`.execute(ctx.db);
  if (rows.length) throw refuse('care_off');
}

/** Takes a person's day; refused with who had it. */
async function claimDay(ctx: Context, row: Row, day: string): Promise<void> {
  const person = personOf(row);
  if (await takeDay(ctx, person, day, 'sent', row.id as string)) return;
  throw refuse('care_day_taken', { name: (await dayTakenBy(ctx, person, day)) ?? '—' });
}

const leave = defineCommand({
  ...itemCommand,
  name: 'leave',
  summary: 'Leave a greeting out',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    if (only(rows).status !== 'open') throw refuse('care_not_open');
    await decide(ctx, 'careItem', rows, { status: 'skipped' }, { action: 'leave' });
    return { status: 'skipped' };
  },
});

const unsend = defineCommand({
  ...itemCommand,
  name: 'unsend',
  summary: 'Take back that a greeting was sent or left out',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (row.status !== 'done' && row.status !== 'skipped') throw refuse('care_not_done');
    await freeDays(ctx, [row.id as string], 'sent');
    const set = { status: 'open', late: null, doneAt: null, doneBy: null };
    await decide(ctx, 'careItem', rows, set, { action: 'unsend' });
    return { status: 'open' };
  },
});

export const itemCommands = [send, leave, unsend];
