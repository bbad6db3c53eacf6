import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type ProblemError, problem } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { inOwn } from '../../../platform/rates/own.ts';
import {
  everywhere,
  inScopeOf,
  inSight,
  mayTell,
  openItems,
  unpaid,
  type Which,
} from '../figures/open-items.ts';
import { releasers } from './rights.ts';

const MOST_NAMES = 3;
const LISTED = { zh: '、', en: ', ' } as const;

/**
 * Why an order may not be put in force: it would let a customer owe more than he may, or its customer gets none; null where nothing
 * stands against it. To be asked with the order's amount in the company's currency; `lock` before it is put in force, in the same
 * transaction: orders of one customer wait for each other.
 */
export async function creditRefusal(
  ctx: Context,
  customer: string,
  amount: string,
  { lock }: { lock: boolean },
): Promise<ProblemError | null> {
  const { rows: terms } = await sql<{
    limit: string | null;
    blocked: boolean;
  }>`select limit_base::text as "limit", coalesce(blocked, false) as blocked
    from credit_term where customer_id = ${customer} and deleted_at is null ${lock ? sql`for no key update` : sql``}`.execute(
    ctx.db,
  );
  const [term] = terms;
  if (!term || (term.limit === null && !term.blocked)) return null;
  if (term.blocked) return problem('credit_blocked', { status: 409 });
  const { rows } = await sql<{ over: boolean }>`
    select (${owedOf(ctx, everywhere(sql`d.customer_id = ${customer}`))}) + ${amount}::numeric > ${term.limit}::numeric as over`.execute(
    ctx.db,
  );
  return rows[0]?.over ? exceeded(ctx, customer, term.limit, amount) : null;
}

/** What is open of these debts in the company's currency, as a query. */
const owedOf = (ctx: Context, which: Which) =>
  sql`select coalesce(sum(${inOwn(ctx, sql`i.open`, sql`i.rate`)}), 0) from (${openItems(unpaid(which))}) i`;

/** How far an order is over is told only to whoever may read the customer's terms and all that he owes; who may release it, to everybody. */
async function exceeded(ctx: Context, customer: string, limit: string | null, amount: string) {
  const policy = ctx.policies.for('creditTerm');
  const mayRead = policy.can('read') && policy.sees('limit') && mayTell(ctx);
  const of = sql`d.customer_id = ${customer}`;
  const { rows } = mayRead
    ? await sql<{ owed: string; seen: string; told: boolean }>`
        select (${owedOf(ctx, everywhere(of))})::text as owed, (${owedOf(ctx, inSight(ctx, of))})::text as seen,
          exists (select from credit_term t where t.customer_id = ${customer} and t.deleted_at is null
            and ${inScopeOf(ctx, 'creditTerm')}) as told`.execute(ctx.db)
    : { rows: [] };
  const people = (await releasers(ctx, MOST_NAMES))
    .map(({ name }) => name)
    .join(LISTED[ctx.principal.language]);
  const [sums] = rows;
  if (!sums?.told || sums.owed !== sums.seen)
    return problem('credit_exceeded', { status: 409, params: { people } });
  const [room, owed, order] = [limit ?? '0', sums.owed, amount].map((sum) =>
    formatMoney({ amount: sum, currency: ctx.currency }),
  );
  const params = { limit: room, owed, amount: order, people };
  return problem('credit_exceeded_by', { status: 409, params });
}
