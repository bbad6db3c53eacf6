import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { requireStep } from '../states.ts';
import { lockOrders, orderedLines } from './lines.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(2000);

/** The order of goods that move, locked; goods move of an order in force. */
async function requireOrder(ctx: Context, row: Row, states: readonly string[]): Promise<void> {
  const order = row.order_id as string;
  await lockOrders(ctx, [order]);
  const { rows } = await sql<{ status: string }>`select status from "order" where id = ${order}`.execute(
    ctx.db,
  );
  if (!states.includes(rows[0]?.status as string)) throw problem('order_not_in_force', { status: 409 });
}

async function requireLines(ctx: Context, table: 'delivery' | 'return_order', row: Row): Promise<void> {
  const { rows } = await sql`select from ${sql.table(table === 'delivery' ? 'delivery_line' : 'return_line')}
    where ${sql.ref(`${table}_id`)} = ${row.id} and deleted_at is null limit 1`.execute(ctx.db);
  if (rows.length === 0) throw invalid([{ path: 'lines', code: 'goods_missing' }]);
}

const ship = defineCommand({
  name: 'ship',
  entity: 'delivery',
  on: 'one',
  action: 'update',
  summary: 'Say that a delivery has left',
  input: z.strictObject({
    on: z.iso.date().optional(),
    carrier: z.string().trim().max(100).optional(),
    trackingNumber: z.string().trim().max(60).optional(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'delivery', row, 'shipped');
    if (row.status === 'draft') await requireOrder(ctx, row, ['confirmed', 'partlyDelivered']);
    await requireLines(ctx, 'delivery', row);
    const { on, ...values } = input;
    const shippedOn = on ?? (row.shipped_on as string | null) ?? dayOf(ctx);
    const set = { status: 'shipped', shippedOn, receivedOn: null };
    await decide(ctx, 'delivery', [row], set, { action: 'ship', values });
    return { status: 'shipped' };
  },
});

const receive = defineCommand({
  name: 'receive',
  entity: 'delivery',
  on: 'one',
  action: 'update',
  summary: 'Say that a delivery has arrived',
  input: z.strictObject({ on: z.iso.date().optional() }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'delivery', row, 'received');
    const receivedOn = input.on ?? dayOf(ctx);
    if (receivedOn < (row.shipped_on as string))
      throw invalid([{ path: 'on', code: 'received_before_shipped' }]);
    await decide(ctx, 'delivery', [row], { status: 'received', receivedOn }, { action: 'receive' });
    return { status: 'received' };
  },
});

const takeBack = defineCommand({
  name: 'receive',
  entity: 'returnOrder',
  on: 'one',
  action: 'update',
  summary: 'Say that returned goods have come back: the order comes to less',
  input: z.strictObject({ on: z.iso.date().optional() }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'returnOrder', row, 'received');
    await requireOrder(ctx, row, ['partlyDelivered', 'delivered', 'closed']);
    await requireLines(ctx, 'return_order', row);
    const set = { status: 'received', receivedOn: input.on ?? dayOf(ctx) };
    await decide(ctx, 'returnOrder', [row], set, { action: 'receive' });
    return { status: 'received' };
  },
});

const cancelOf = (entity: 'delivery' | 'returnOrder') =>
  defineCommand({
    name: 'cancel',
    entity,
    on: 'one',
    action: 'update',
    summary: 'Cancel it, and say why',
    input: z.strictObject({ reason }),
    async run(ctx, { rows, input }) {
      const row = only(rows);
      requireStep(ctx, entity, row, 'cancelled');
      if (entity === 'delivery' && row.status === 'shipped') await requireNothingReturned(ctx, row);
      await decide(ctx, entity, [row], { status: 'cancelled', reason: input.reason }, { action: 'cancel' });
      return { status: 'cancelled' };
    },
  });

/** What came back was delivered: such a delivery cannot be as if it had never been. */
async function requireNothingReturned(ctx: Context, row: Row): Promise<void> {
  await requireOrder(ctx, row, ['partlyDelivered', 'delivered', 'closed']);
  const lines = await orderedLines(ctx, [row.order_id as string]);
  if (lines.some(({ returned, expected }) => Number(returned) + Number(expected) > 0))
    throw problem('delivery_returned', { status: 409 });
}

export const deliveryCommands = [ship, receive, takeBack, cancelOf('delivery'), cancelOf('returnOrder')];
