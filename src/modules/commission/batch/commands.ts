import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { Exact, isTooPrecise } from '../../../platform/money/money.shared.ts';
import { fillBatch, freeRows, settleBatch } from './fill.ts';

const base = { entity: 'commissionBatch', on: 'one', action: 'update' } as const;
const reason = z.string().trim().min(1).max(500);
const signed = z.string().regex(/^-?\d{1,13}(\.\d{1,2})?$/);

function inStatus(rows: Row[], ...states: string[]): Row {
  const [row] = rows as [Row];
  if (!states.includes(row.status as string))
    throw problem('commission_batch_state', { status: 409, params: { status: row.status } });
  return row;
}

const refill = defineCommand({
  ...base,
  name: 'commission-refill',
  summary: 'Take rows into a batch that have become open since',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const batch = inStatus(rows, 'draft');
    await fillBatch(ctx, batch);
    await settleBatch(ctx, batch, {}, { action: 'commissionFill' });
    return { status: 'draft' };
  },
});

const leaveOut = defineCommand({
  ...base,
  name: 'commission-leave-out',
  summary: 'Leave rows of a batch for the next one, with the reason',
  input: z.strictObject({ rows: z.array(z.uuid()).min(1).max(1000), reason }),
  async run(ctx, { rows, input }) {
    const batch = inStatus(rows, 'draft');
    const done = await freeRows(ctx, batch.id as string, input.rows);
    if (done < new Set(input.rows).size) throw invalid([{ path: 'rows', code: 'unknown_reference' }]);
    await settleBatch(ctx, batch, { reason: input.reason }, { action: 'commissionLeaveOut' });
    return { done };
  },
});

const adjust = defineCommand({
  ...base,
  name: 'commission-adjust',
  summary: 'Add to or take from what a batch pays somebody, with the reason',
  input: z.strictObject({ person: z.uuid(), amount: signed, reason }),
  async run(ctx, { rows, input: { person, amount, reason } }) {
    const batch = inStatus(rows, 'draft');
    if (new Exact(amount).isZero() || isTooPrecise(amount, ctx.currency))
      throw invalid([{ path: 'amount', code: 'commission_amount' }]);
    const values = {
      owner: person,
      day: dayOf(ctx),
      amount: { amount, currency: ctx.currency },
      name: reason,
    };
    const set = { kind: 'adjustment', status: 'inBatch', batch: batch.id };
    const [id] = await makeDecided(asSystem(ctx, 'adjust'), 'commissionRow', [values], [set]);
    await settleBatch(ctx, batch, {}, { action: 'commissionAdjust' });
    return { id };
  },
});

const submit = defineCommand({
  ...base,
  name: 'commission-submit',
  summary:
    'Finish a batch: nothing of it changes any more, and an approval begins where the company wants one',
  input: z.strictObject({ comment: z.string().trim().max(2000).optional(), chosen }),
  async run(ctx, { rows, input }) {
    const batch = inStatus(rows, 'draft');
    if (Number(batch.row_count ?? 0) === 0) throw invalid([{ path: 'rows', code: 'commission_batch_empty' }]);
    await settleBatch(ctx, batch, { status: 'approving' }, { action: 'submit' });
    const begun = await startApproval(ctx, {
      subject: 'commission.batch',
      recordId: batch.id as string,
      ...input,
    });
    return { status: begun.automatic ? 'approved' : 'approving', approval: begun.id };
  },
});

const pay = defineCommand({
  ...base,
  name: 'commission-pay',
  summary: 'Say that a batch was paid out, and when',
  input: z.strictObject({ day: z.iso.date().optional() }),
  async run(ctx, { rows, input }) {
    const batch = inStatus(rows, 'approved');
    const day = input.day ?? dayOf(ctx);
    if (day > dayOf(ctx)) throw invalid([{ path: 'day', code: 'commission_paid_later' }]);
    await sql`update commission_row set status = 'paid' where batch_id = ${batch.id} and status = 'inBatch'`.execute(
      ctx.db,
    );
    await settleBatch(ctx, batch, { status: 'paid', paidOn: day }, { action: 'commissionPay' });
    return { status: 'paid' };
  },
});

const undo = defineCommand({
  ...base,
  name: 'commission-undo',
  summary: 'Undo a batch that was not paid: its rows wait for the next one',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    const batch = inStatus(rows, 'draft', 'approved');
    await freeRows(ctx, batch.id as string);
    await settleBatch(ctx, batch, { status: 'undone', reason: input.reason }, { action: 'commissionUndo' });
    return { status: 'undone' };
  },
});

export const batchCommands = [refill, leaveOut, adjust, submit, pay, undo];
