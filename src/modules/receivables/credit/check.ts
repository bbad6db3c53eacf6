import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
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

const MOST_NAMES = 3;
const LISTED = { zh: '、', en: ', ' } as const;

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
  const { rows } = await sql<{ over: boolean }>`
    select (${owedOf(ctx, everywhere(sql`d.customer_id = ${customer}`))}) + ${amount}::numeric > ${term.limit}::numeric as over`.execute(
    ctx.db,
  );
  if (rows[0]?.over) throw await exceeded(ctx, customer, term.limit, amount);
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
  const people = await releasers(ctx);
  const [sums] = rows;
  if (!sums?.told || sums.owed !== sums.seen)
    return problem('credit_exceeded', { status: 409, params: { people } });
  const [room, owed, order] = [limit ?? '0', sums.owed, amount].map((sum) =>
    formatMoney({ amount: sum, currency: ctx.currency }),
  );
  const params = { limit: room, owed, amount: order, people };
  return problem('credit_exceeded_by', { status: 409, params });
}

/**
 * The names of some who may let an order pass: those given that right who may also confirm orders (finance of the roles that come
 * along may not), without any the administrators.
 */
async function releasers(ctx: Context): Promise<string> {
  const { rows } = await sql<{ name: string; given: boolean }>`
    select u.name, bool_or(g.given) and bool_or(g.confirms) as given
      from "user" u join role r on r.id = any(u.role_ids) and r.deleted_at is null
      cross join lateral (select coalesce(r.permissions->'entities'->'creditTerm'->'commands' ? 'override', false)
        or coalesce(r.permissions->'entities'->'*'->'commands' ? 'override', false) as given,
        coalesce(coalesce(r.permissions->'entities'->'order', r.permissions->'entities'->'*')->'actions' ? 'update', false) as confirms,
        coalesce((r.permissions->>'administrator')::boolean, false) as administers) g
    where u.status = 'active' and u.deleted_at is null
    group by u.id, u.name having bool_or(g.administers) or bool_or(g.given) and bool_or(g.confirms)
    order by 2 desc, u.name, u.id limit ${MOST_NAMES}`.execute(ctx.db);
  const given = rows.filter((row) => row.given);
  return (given.length ? given : rows).map(({ name }) => name).join(LISTED[ctx.principal.language]);
}
