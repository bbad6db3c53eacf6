import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { inForce } from '../delivery/amounts.ts';
import { followOrders } from '../delivery/follow.ts';
import { orderedLines } from '../delivery/lines.ts';
import { requireState, requireStep } from '../states.ts';
import { requireNothingGoing } from './going.ts';
import { dropPromise, promiseGone, promiseOf } from './promise.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(2000);
const NOTHING = { effectiveTotal: null, effectiveNet: null };

const confirm = defineCommand({
  name: 'confirm',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Confirm an order: from now on it counts, and its promise runs',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireStep(ctx, 'order', row, 'confirmed');
    const lines = await orderedLines(ctx, [row.id as string]);
    if (lines.length === 0) throw invalid([{ path: 'lines', code: 'order_without_lines' }]);
    const gone = await promiseGone(ctx, row);
    const promise = await promiseOf(ctx, gone ? { ...row, promise_id: null } : row);
    const amounts = inForce(lines, false, row.currency as string);
    const set = { status: 'confirmed', confirmedAt: ctx.now, promise, ...amounts };
    await decide(ctx, 'order', [row], set, { action: 'confirm' });
    return { status: 'confirmed' };
  },
});

const withdraw = defineCommand({
  name: 'withdraw',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Take an order back to draft, as long as nothing of it has left',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireStep(ctx, 'order', row, 'draft');
    await requireNothingGoing(ctx, [row.id as string]);
    const set = { status: 'draft', confirmedAt: null, reason: null, ...NOTHING };
    await decide(ctx, 'order', [row], set, { action: 'withdraw' });
    return { status: 'draft' };
  },
});

const cancel = defineCommand({
  name: 'cancel',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Cancel an order of which nothing has left, and say why',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'order', row, 'cancelled');
    await requireNothingGoing(ctx, [row.id as string]);
    await dropPromise(ctx, row);
    const set = { status: 'cancelled', reason: input.reason, ...NOTHING };
    await decide(ctx, 'order', [row], set, { action: 'cancel' });
    return { status: 'cancelled' };
  },
});

const finishOrder = defineCommand({
  name: 'finishOrder',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Close an order; what was not delivered is no longer owed by either side',
  input: z.strictObject({ reason: z.string().trim().max(2000).optional() }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'order', row, 'closed');
    await requireNothingGoing(ctx, [row.id as string], ['draft']);
    const set = { status: 'closed', reason: input.reason || null };
    await decide(ctx, 'order', [row], set, { action: 'finishOrder' });
    await followOrders(ctx, [row.id as string], 'finishOrder');
    return { status: 'closed' };
  },
});

const openAgain = defineCommand({
  name: 'openAgain',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Open a closed order again',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireState(ctx, 'order', row, ['closed']);
    await decide(ctx, 'order', [row], { status: 'confirmed', reason: null }, { action: 'openAgain' });
    await followOrders(ctx, [row.id as string], 'openAgain');
    return { status: 'confirmed' };
  },
});

export const orderCommands = [confirm, withdraw, cancel, finishOrder, openAgain];
