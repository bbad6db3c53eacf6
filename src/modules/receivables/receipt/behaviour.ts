import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import { refuseForeign, TARGETS } from '../targets.ts';

/** What stays open once finance has had its say. */
const STAYS_OPEN = new Set(['remark', 'owner', 'department']);

/** A receipt is not below zero, in a currency of known worth, somebody's result, and stays as confirmed. */
export const receiptBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    if (!isDecided(ctx)) for (const draft of drafts) refuseSettled(ctx, draft);
    takeDecided(ctx, drafts, 'pending');
    for (const draft of drafts) {
      if (!draft.before) draft.values.date ??= dayOf(ctx);
      const amount = draft.values.amount as MoneyValue | null | undefined;
      if (amount && new Exact(amount.amount).isNegative())
        draft.problems.push({ path: 'amount', code: 'amount_above_zero' });
    }
    await complete(
      ctx,
      drafts.filter(({ before }) => !before),
    );
    await refuseForeign(ctx, drafts, TARGETS);
    await requireRates(ctx, drafts);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(isBooked)) throw problem('receipt_settled', { status: 409 });
  },
};

/** Confirmed, or holding money of a bank entry: what was booked is taken back by a command, never deleted. */
const isBooked = ({ status, bank_entry_id }: Row) =>
  status === 'confirmed' || status === 'reversed' || (status === 'pending' && bank_entry_id !== null);

function refuseSettled(ctx: Context, draft: Draft): void {
  const { before, values } = draft;
  if (!before || before.status === 'pending' || ctx.principal.cause.kind === 'undo') return;
  for (const path of Object.keys(values))
    if (!STAYS_OPEN.has(path)) draft.problems.push({ path, code: 'receipt_settled' });
}

/**
 * Who pays and whose result it is, where nobody says so: the customer; and whoever's result the order or contract is, else who has the
 * customer today. Once said it stays, wherever the customer goes.
 */
async function complete(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.filter(({ values }) => !values.payer || !values.performer);
  if (open.length === 0) return;
  const ids = open.flatMap(({ values }) => (values.customer as string | undefined) ?? []);
  const { rows } = await sql<{ id: string; name: string; owner: string | null }>`
    select id, name, owner_id as owner from customer where id = any(${ids}::uuid[])`.execute(ctx.db);
  const known = new Map(rows.map((row) => [row.id, row]));
  const performers = await performersOf(ctx, open);
  for (const { values } of open) {
    const customer = known.get(values.customer as string);
    values.payer ||= customer?.name ?? null;
    values.performer ??=
      TARGETS.map((target) => performers.get(values[target] as string)).find((each) => each) ??
      customer?.owner ??
      ctx.principal.userId;
  }
}

/** Whose results contracts and orders are, of an invoice those of what it was made out for. */
async function performersOf(ctx: Context, drafts: readonly Draft[]): Promise<Map<string, string | null>> {
  const ids = drafts.flatMap(({ values }) =>
    TARGETS.flatMap((target) => (values[target] as string | null) ?? []),
  );
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; performer: string | null }>`
    select id, performer_id as performer from "order" where id = any(${ids}::uuid[])
    union all select id, performer_id from contract where id = any(${ids}::uuid[])
    union all select i.id, coalesce(o.performer_id, c.performer_id) from invoice i left join "order" o on o.id = i.order_id
      left join contract c on c.id = i.contract_id where i.id = any(${ids}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, performer }) => [id, performer]));
}

async function requireRates(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) {
    const amount = draft.values.amount as MoneyValue | null | undefined;
    const day = draftValue(draft, 'date') as string | null;
    if (!amount || !day || amount.currency === ctx.currency) continue;
    const convert = await conversionOn(ctx, day, [amount.currency]);
    if (!convert(amount.currency)) {
      const params = { currency: amount.currency, day };
      draft.problems.push({ path: 'amount', code: 'currency_without_rate', params });
    }
  }
}
