import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { orderRefusal } from './guard.ts';
import { mayRelease } from './rights.ts';
import type { CreditStanding } from './standing.shared.ts';

/** Whether a draft is over the credit of its customer, and who asked for or let it pass: for those who confirm or release it. */
export async function creditOf(ctx: Context, id: string): Promise<CreditStanding | null> {
  const record = await readRecord(ctx, 'order', id);
  const releases = mayRelease(ctx);
  if (record.status !== 'draft' || !(record.can.update || releases)) return null;
  const { rows } = await sql<Row & { asker: string | null; releaser: string | null }>`
    select o.*, r.open, r.asked_at, r.asked_reason, a.name as asker, r.released_at, r.reason as release_reason, b.name as releaser,
      r.amount::text as released, r.currency as released_in,
      coalesce(r.customer_id = o.customer_id and r.currency = o.total_currency and r.amount >= o.total, false) as passes
    from "order" o left join order_release r on r.order_id = o.id
      left join "user" a on a.id = r.asked_by left join "user" b on b.id = r.released_by
    where o.id = ${id}`.execute(ctx.db);
  const row = rows[0] as Row;
  const refusal = await orderRefusal(ctx, row);
  if (!refusal) return null;
  const { language } = ctx.principal;
  const sees = ctx.policies.for('order').sees('total');
  const told = (by: unknown, at: unknown, reason: unknown) => ({
    by: (by as string | null) ?? null,
    at: String(at),
    reason: String(reason),
  });
  return {
    message: translate(
      ctx.registry.words,
      language,
      `error.${refusal.code}`,
      refusal.params as Record<string, string>,
    ),
    passes: row.passes === true,
    asked: row.open ? told(row.asker, row.asked_at, row.asked_reason) : null,
    released: row.released_at
      ? {
          ...told(row.releaser, row.released_at, row.release_reason),
          amount: sees ? { amount: row.released as string, currency: row.released_in as string } : null,
        }
      : null,
    mayAsk: record.can.update && !releases,
    mayRelease: releases,
  };
}
