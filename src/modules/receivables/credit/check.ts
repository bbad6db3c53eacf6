import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { everywhere, openItems, unpaid } from '../figures/open-items.ts';

/**
 * Refuses an order that would let a customer owe more than he may, or one of a customer who gets none. To be asked with the order's
 * amount in the company's currency, before it is put in force, in the same transaction: orders of one customer wait for each other.
 */
export async function checkCredit(ctx: Context, customer: string, amount: string): Promise<void> {
  const { rows: terms } = await sql<{
    limit: string | null;
    blocked: boolean;
  }>`select limit_base::text as "limit", coalesce(blocked, false) as blocked
    from credit_term where customer_id = ${customer} and deleted_at is null for no key update`.execute(
    ctx.db,
  );
  const [term] = terms;
  if (!term || (term.limit === null && !term.blocked)) return;
  if (term.blocked) throw problem('credit_blocked', { status: 409 });
  const { rows } = await sql<{
    owed: string;
    over: boolean;
  }>`select coalesce(sum(round(i.open * i.rate, 2)), 0)::text as owed,
      coalesce(sum(round(i.open * i.rate, 2)), 0) + ${amount}::numeric > ${term.limit}::numeric as over
    from (${openItems(unpaid(everywhere(sql`d.customer_id = ${customer}`)))}) i`.execute(ctx.db);
  if (!rows[0]?.over) return;
  const params = { limit: term.limit, owed: rows[0].owed, amount, unit: ctx.currency };
  throw problem('credit_exceeded', { status: 409, params });
}
