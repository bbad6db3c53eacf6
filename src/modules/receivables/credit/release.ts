import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { orderRefusal } from './guard.ts';
import { mayRelease, releasers } from './rights.ts';

const MOST_TOLD = 50;
const input = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** A draft that would be refused as it stands. */
async function requireRefused(ctx: Context, row: Row): Promise<void> {
  if (row.status !== 'draft') throw problem('release_not_draft', { status: 409 });
  if (!(await orderRefusal(ctx, row))) throw problem('release_not_needed', { status: 409 });
}

const totalOf = (ctx: Context, row: Row) => ({
  amount: (row.total as string | null) ?? '0',
  currency: (row.total_currency as string | null) ?? ctx.currency,
});

/** 申请放行: those who may let the order pass are told, and find it in their day. */
const ask = defineCommand({
  name: 'askCredit',
  entity: 'order',
  on: 'one',
  action: 'update',
  summary: 'Ask those who may to let an order over the credit of its customer pass',
  input,
  async run(ctx, { rows, input: { reason } }) {
    const row = rows[0] as Row;
    const id = row.id as string;
    await requireRefused(ctx, row);
    await sql`insert into order_release (order_id, customer_id, asked_by, asked_at, asked_reason, open)
      values (${id}, ${row.customer_id}, ${ctx.principal.userId}, ${ctx.now}, ${reason}, true)
      on conflict (order_id) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at,
        asked_reason = excluded.asked_reason, open = true`.execute(ctx.db);
    await writeAudit(ctx, { action: 'askCredit', entity: 'order', recordId: id, note: reason });
    const to = (await releasers(ctx, MOST_TOLD)).map((person) => person.id);
    const record = { entity: 'order', id };
    await notify(ctx, [
      { to, kind: 'credit.asked', record, params: { reason }, key: `credit.asked:${id}:${ctx.now}` },
    ]);
    return { asked: to.length };
  },
});

/** 放行: the order may be confirmed by whoever confirms it, as long as it comes to no more than it does now. */
const release = defineCommand({
  name: 'releaseCredit',
  entity: 'order',
  on: 'one',
  action: 'read',
  allowed: mayRelease,
  summary: 'Let an order pass over the credit of its customer, up to its amount, and say why',
  input,
  async run(ctx, { rows, input: { reason } }) {
    const row = rows[0] as Row;
    const id = row.id as string;
    await requireRefused(ctx, row);
    const total = totalOf(ctx, row);
    const { rows: kept } = await sql<{ asked_by: string | null }>`
      insert into order_release as r (order_id, customer_id, released_by, released_at, reason, amount, currency)
      values (${id}, ${row.customer_id}, ${ctx.principal.userId}, ${ctx.now}, ${reason}, ${total.amount}, ${total.currency})
      on conflict (order_id) do update set customer_id = excluded.customer_id, released_by = excluded.released_by,
        released_at = excluded.released_at, reason = excluded.reason, amount = excluded.amount, currency = excluded.currency,
        open = false
      returning asked_by`.execute(ctx.db);
    const note = `${formatMoney(total)} · ${reason}`;
    await writeAudit(ctx, { action: 'releaseCredit', entity: 'order', recordId: id, note });
    const to = [
      ...new Set([kept[0]?.asked_by, row.owner_id as string | null].filter((each) => each != null)),
    ];
    const record = { entity: 'order', id };
    await notify(ctx, [
      { to, kind: 'credit.released', record, params: { reason }, key: `credit.released:${id}:${ctx.now}` },
    ]);
    return { released: total };
  },
});

export const releaseCommands = [ask, release];
