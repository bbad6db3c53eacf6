import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { fillBatch, freeRows, paysLessThanNothing, settleBatch } from './fill.ts';
import type { Settlement } from './settlement.ts';

export const reason = z.string().trim().min(1).max(500);
export const signedAmount = z.string().regex(/^-?\d{1,13}(\.\d{1,2})?$/);

/** The batch of a command, in one of these states. */
export function inStatus(rows: Row[], ...states: string[]): Row {
  const [row] = rows as [Row];
  if (!states.includes(row.status as string))
    throw problem('commission_batch_state', { status: 409, params: { status: row.status } });
  return row;
}

/** What is done with batches, whatever they settle; what is added by hand differs. */
export function batchCommandsOf(settlement: Settlement): CommandSpec[] {
  const { name } = settlement;
  const base = { entity: settlement.batch, on: 'one', action: 'update' } as const;
  const refill = defineCommand({
    ...base,
    name: `${name}-refill`,
    summary: 'Take rows into a batch that have become open since',
    input: z.strictObject({}),
    async run(ctx, { rows }) {
      const batch = inStatus(rows, 'draft');
      await fillBatch(ctx, settlement, batch);
      await settleBatch(ctx, settlement, batch, {}, { action: `${name}Fill` });
      return { status: 'draft' };
    },
  });
  const leaveOut = defineCommand({
    ...base,
    name: `${name}-leave-out`,
    summary: 'Leave rows of a batch for the next one, with the reason',
    input: z.strictObject({ rows: z.array(z.uuid()).min(1).max(2000), reason }),
    async run(ctx, { rows, input }) {
      const batch = inStatus(rows, 'draft');
      const done = await freeRows(ctx, settlement, batch.id as string, input.rows);
      if (done < new Set(input.rows).size) throw invalid([{ path: 'rows', code: 'unknown_reference' }]);
      await settleBatch(ctx, settlement, batch, { reason: input.reason }, { action: `${name}LeaveOut` });
      return { done };
    },
  });
  const submit = defineCommand({
    ...base,
    name: `${name}-submit`,
    summary:
      'Finish a batch: nothing of it changes any more, and an approval begins where the company wants one',
    input: z.strictObject({ comment: z.string().trim().max(2000).optional(), chosen }),
    async run(ctx, { rows, input }) {
      const batch = inStatus(rows, 'draft');
      if (Number(batch.row_count ?? 0) === 0)
        throw invalid([{ path: 'rows', code: 'commission_batch_empty' }]);
      if (await paysLessThanNothing(ctx, settlement, batch))
        throw invalid([{ path: 'rows', code: 'commission_batch_negative' }]);
      await settleBatch(ctx, settlement, batch, { status: 'approving' }, { action: 'submit' });
      const recordId = batch.id as string;
      const begun = await startApproval(ctx, { subject: `${name}.batch`, recordId, ...input });
      return { status: begun.automatic ? 'approved' : 'approving', approval: begun.id };
    },
  });
  const pay = defineCommand({
    ...base,
    name: `${name}-pay`,
    summary: 'Say that a batch was paid, and when; exactly once',
    input: z.strictObject({ day: z.iso.date().optional() }),
    async run(ctx, { rows, input }) {
      const batch = inStatus(rows, 'approved');
      const day = input.day ?? dayOf(ctx);
      if (day > dayOf(ctx)) throw invalid([{ path: 'day', code: 'commission_paid_later' }]);
      await sql`update ${sql.table(settlement.rows)} set status = 'paid'
        where batch_id = ${batch.id} and status = 'inBatch'`.execute(ctx.db);
      await settlement.paid?.(ctx, batch, day);
      await settleBatch(ctx, settlement, batch, { status: 'paid', paidOn: day }, { action: `${name}Pay` });
      return { status: 'paid' };
    },
  });
  const undo = defineCommand({
    ...base,
    name: `${name}-undo`,
    summary: 'Undo a batch that was not paid: its rows wait for the next one',
    input: z.strictObject({ reason }),
    async run(ctx, { rows, input }) {
      const batch = inStatus(rows, 'draft', 'approved');
      await freeRows(ctx, settlement, batch.id as string);
      const undone = { status: 'undone', reason: input.reason };
      await settleBatch(ctx, settlement, batch, undone, { action: `${name}Undo` });
      return { status: 'undone' };
    },
  });
  return [refill, leaveOut, submit, pay, undo];
}
