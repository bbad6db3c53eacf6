import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { copyQuote } from './copy.ts';
import { isOver, limitFor, readRules } from './limit.ts';
import { measuredDiscount } from './measure.ts';
import { settleQuote } from './states.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const base = { entity: 'quote', on: 'one', action: 'update' } as const;
const text = (max: number) => z.string().trim().max(max);

/** Within the limit it may go out at once; over it somebody has to agree. */
const submit = defineCommand({
  ...base,
  name: 'submit',
  summary: 'Finish a quote: it may go out, or an approval begins where its discount is over the limit',
  input: z.strictObject({ comment: text(2000).optional(), chosen }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    await requireLines(ctx, row);
    const limit = await limitFor(ctx, row.customer_id as string);
    const { rate, belowMinimum } = await measuredDiscount(ctx, row);
    if (!isOver(rate, belowMinimum || row.below_margin === true, limit)) {
      await settleQuote(ctx, row, 'approved', { action: 'submit' });
      return { status: 'approved' };
    }
    await settleQuote(ctx, row, 'approving', { action: 'submit' });
    const begun = await startApproval(ctx, {
      subject: 'quote.discount',
      recordId: row.id as string,
      ...input,
    });
    return { status: begun.automatic ? 'approved' : 'approving', approval: begun.id };
  },
});

async function requireLines(ctx: Context, row: Row): Promise<void> {
  const { rows } =
    await sql`select from quote_line where quote_id = ${row.id} and deleted_at is null limit 1`.execute(
      ctx.db,
    );
  if (rows.length === 0) throw invalid([{ path: 'lines', code: 'quote_empty' }]);
}

/** Takes a quote back to be changed, as long as it has not gone out. */
const rework = defineCommand({
  ...base,
  name: 'rework',
  summary: 'Take a finished quote back to be changed',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (row.status !== 'approved') throw problem('quote_settled', { status: 409 });
    await settleQuote(ctx, row, 'draft', { action: 'rework' });
    return { status: 'draft' };
  },
});

/** It has gone out, by whatever way; from now on it holds until its day. */
export async function sendQuote(ctx: Context, row: Row): Promise<void> {
  const { validDays } = await readRules(ctx);
  const today = dayOf(ctx);
  const until = row.valid_until as string | null;
  if (until !== null && until < today) throw invalid([{ path: 'validUntil', code: 'date_past' }]);
  const validUntil = until ?? Temporal.PlainDate.from(today).add({ days: validDays }).toString();
  await settleQuote(ctx, row, 'sent', { action: 'sendOut', set: { sentAt: ctx.now, validUntil } });
}

const send = defineCommand({
  ...base,
  name: 'send-out',
  summary: 'Say that a quote has gone out',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await sendQuote(ctx, only(rows));
    return { status: 'sent' };
  },
});

/** The customer said so on the phone or on paper. */
const confirm = defineCommand({
  ...base,
  name: 'customer-confirmed',
  summary: 'Note that the customer has confirmed a quote',
  input: z.strictObject({ name: text(100).min(1), note: text(500).nullish() }),
  async run(ctx, { rows, input }) {
    const set = { answeredAt: ctx.now, answeredBy: input.name, answerNote: input.note || null };
    await settleQuote(ctx, only(rows), 'confirmed', { action: 'customerConfirmed', set });
    return { status: 'confirmed' };
  },
});

const decline = defineCommand({
  ...base,
  name: 'customer-declined',
  summary: 'Note that the customer has not taken a quote, with the reason',
  input: z.strictObject({ reason: text(500).min(1), name: text(100).nullish() }),
  async run(ctx, { rows, input }) {
    const set = { answeredAt: ctx.now, answeredBy: input.name || null, answerNote: input.reason };
    await settleQuote(ctx, only(rows), 'declined', { action: 'customerDeclined', set });
    return { status: 'declined' };
  },
});

const revise = defineCommand({
  ...base,
  name: 'new-version',
  summary: 'Begin a new version of a quote; the one before holds no longer',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (!ctx.policies.for('quote').can('create')) throw forbidden();
    const made = await copyQuote(ctx, row, {
      edition: ((row.edition as number | null) ?? 1) + 1,
      previous: row.id,
    });
    await settleQuote(ctx, row, 'superseded', { action: 'newVersion' });
    return made;
  },
});

const copy = defineCommand({
  ...base,
  name: 'copy',
  action: 'read',
  summary: 'Make a new quote with the lines of this one',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    if (!ctx.policies.for('quote').can('create')) throw forbidden();
    return copyQuote(ctx, only(rows), { edition: 1 });
  },
});

/** Verbs of a quote. */
export const quoteCommands: readonly CommandSpec[] = [submit, rework, send, confirm, decline, revise, copy];
