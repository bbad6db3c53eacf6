import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { budgetsOf } from './budget.ts';
import { quarterOf, stateOf } from './cap.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const wrongState = () => problem('hospitality_state', { status: 409 });

/** Within the cap it holds at once; over it somebody has to agree. */
const submit = defineCommand({
  name: 'submit',
  entity: 'hospitality',
  on: 'one',
  action: 'update',
  summary: 'Submit hospitality: approved within the cap, over it an approval begins',
  input: z.strictObject({
    comment: z.string().max(2000).optional(),
    chosen,
  }),
  async run(ctx, { entity, rows, input }) {
    const row = only(rows);
    if (row.status !== 'draft' && row.status !== 'rejected') throw wrongState();
    const customer = row.customer_id as string;
    // One after the other for a customer: what the first takes is gone for the second.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`hospitality:${customer}`}, 0))`.execute(
      ctx.db,
    );
    const budget = (await budgetsOf(ctx, [customer], quarterOf(row.date as string))).get(customer);
    if (!budget) throw wrongState();
    const capState = stateOf(new Exact(budget.used).plus(row.amount_base as string).toFixed(), budget);
    if (capState !== 'over') {
      await decide(
        ctx,
        entity.name,
        [row],
        { status: 'approved', capState, decidedAt: ctx.now },
        { action: 'submit' },
      );
      return { status: 'approved', capState };
    }
    await decide(ctx, entity.name, [row], { status: 'submitted', capState }, { action: 'submit' });
    const begun = await startApproval(ctx, {
      subject: 'hospitality.over',
      recordId: row.id as string,
      comment: input.comment,
      chosen: input.chosen,
    });
    return { status: begun.automatic ? 'approved' : 'submitted', capState, approval: begun.id };
  },
});

const step = (name: string, from: string, to: string, summary: string) =>
  defineCommand({
    name,
    entity: 'hospitality',
    on: 'one',
    action: 'update',
    summary,
    input: z.strictObject({}),
    async run(ctx, { entity, rows }) {
      const [row] = await lockRows(ctx, entity, [only(rows).id as string]);
      if (row?.status !== from) throw wrongState();
      const set = { status: to, paidAt: to === 'paid' ? ctx.now : null };
      await decide(ctx, entity.name, [row], set, { action: name });
      return { status: to };
    },
  });

export const hospitalityCommands = [
  submit,
  step('pay', 'approved', 'paid', 'Say that approved hospitality was paid'),
  step('unpay', 'paid', 'approved', 'Take back that hospitality was paid'),
];
