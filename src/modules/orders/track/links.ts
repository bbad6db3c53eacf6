import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';

/** A customer may look so many days after he was sent the address. */
const DAYS = 180;

export interface OrderLink {
  id: string;
  at: string;
  by: string | null;
  expiresAt: string;
  opened: number;
  openedAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
}

/** The link of an order made last, with how it fared and who ended it. */
export async function lastLink(ctx: Pick<Context, 'db'>, order: string): Promise<OrderLink | null> {
  const { rows } =
    await sql<OrderLink>`select l.id, l.created_at as at, m.name as by, l.expires_at as "expiresAt",
      l.opened, l.opened_at as "openedAt", l.revoked_at as "revokedAt", r.name as "revokedBy"
    from order_link l left join "user" m on m.id = l.created_by left join "user" r on r.id = l.revoked_by
    where l.order_id = ${order} order by l.id desc limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Whether a link still opens. */
export const isLive = ({ now }: Pick<Context, 'now'>, link: OrderLink | null): link is OrderLink =>
  link !== null && link.revokedAt === null && Temporal.Instant.compare(link.expiresAt, now) > 0;

/** The link that opens an order: the one there is, or a new one, which the order remembers. */
export const linkOf = (ctx: Context, order: string): Promise<string> =>
  inTransaction(ctx, async (inner) => {
    await sql`select from "order" where id = ${order} for no key update`.execute(inner.db);
    const last = await lastLink(inner, order);
    if (isLive(inner, last)) return last.id;
    const expiresAt = Temporal.Instant.from(inner.now)
      .add({ hours: 24 * DAYS })
      .toString();
    const { rows } = await sql<{ id: string }>`insert into order_link (order_id, created_by, expires_at)
      values (${order}, ${inner.principal.userId}, ${expiresAt}) returning id`.execute(inner.db);
    await writeAudit(inner, { action: 'trackLink', entity: 'order', recordId: order });
    return (rows[0] as { id: string }).id;
  });

/** Ends every link of an order: the customer is told that it was ended. */
export const endLinks = (ctx: Context, order: string): Promise<number> =>
  inTransaction(ctx, async (inner) => {
    const { numAffectedRows } = await sql`update order_link set revoked_at = ${inner.now},
        revoked_by = ${inner.principal.userId}
      where order_id = ${order} and revoked_at is null`.execute(inner.db);
    const ended = Number(numAffectedRows ?? 0);
    if (ended) await writeAudit(inner, { action: 'endTrackLink', entity: 'order', recordId: order });
    return ended;
  });

/** The order a link leads to, counted as looked at; `ended` where somebody took it back, null where there is none. */
export async function openLink(
  ctx: Pick<Context, 'db' | 'now'>,
  link: string,
): Promise<{ order: string; ended: boolean } | null> {
  const { rows } = await sql<{ order: string; ended: boolean }>`update order_link
    set opened = opened + (revoked_at is null)::int, opened_at = case when revoked_at is null then ${ctx.now} else opened_at end
    where id = ${link} and expires_at > ${ctx.now}
    returning order_id as order, revoked_at is not null as ended`.execute(ctx.db);
  return rows[0] ?? null;
}
