import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import { problem } from '../../platform/errors/problem.ts';
import { receivable } from './book.ts';
import { creditGuard } from './credit/guard.ts';
import { inForce } from './targets.ts';

type Type = 'order' | 'contract';

/** States in which an order or contract is owed no longer: what stands on it would be nobody's. */
const LEFT: Record<Type, readonly unknown[]> = { order: ['draft', 'cancelled'], contract: ['terminated'] };

/** An order or contract with money or an invoice on it is neither deleted nor called off: that is taken back first. */
export const moneyGuard = (type: Type): Behaviour => ({
  async prepare(ctx, drafts) {
    const leaving = drafts.filter(
      ({ before, values }) => before && inForce(type, before) && LEFT[type].includes(values.status),
    );
    const held = await heldOn(
      ctx,
      type,
      leaving.map(({ id }) => id),
    );
    for (const draft of leaving) {
      const code = held.get(draft.id);
      if (code) draft.problems.push({ path: 'status', code });
    }
  },
  async beforeDelete(ctx, rows) {
    const [code] = (
      await heldOn(
        ctx,
        type,
        rows.map(({ id }) => id as string),
      )
    ).values();
    if (code) throw problem(code, { status: 409 });
  },
});

const orderMoney = moneyGuard('order');

/** An order takes no credit its customer has not, and keeps what was paid and invoiced for it. */
export const orderGuard: Behaviour = {
  ...orderMoney,
  async prepare(ctx, drafts) {
    await creditGuard.prepare?.(ctx, drafts);
    await orderMoney.prepare?.(ctx, drafts);
  },
  afterSave: (ctx, drafts) => creditGuard.afterSave?.(ctx, drafts),
};

/** Those of these with money or invoices, with the code by which that is told; money first. */
async function heldOn(ctx: Context, type: Type, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const column = sql.ref(`${type}_id`);
  const balance = (account: string) => sql`select account_id as id from ledger_balance
    where account_id = any(${[...ids]}::uuid[]) and account = ${account} and book = ${receivable.name} and balance <> 0`;
  const { rows } = await sql<{ id: string; money: boolean }>`
    select id, bool_or(money) as money from (
      select id, true as money from (${balance(type)}) m
      union all select id, false from (${balance(`${type}Invoiced`)}) i
      union all select ${column}, true from receipt
        where ${column} = any(${[...ids]}::uuid[]) and status = 'pending' and deleted_at is null
      union all select ${column}, false from invoice
        where ${column} = any(${[...ids]}::uuid[]) and status = 'applied' and deleted_at is null) x
    group by id`.execute(ctx.db);
  return new Map(rows.map(({ id, money }) => [id, `${type}_has_${money ? 'money' : 'invoices'}`]));
}
