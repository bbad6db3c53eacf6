import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import type { ProblemError } from '../../../platform/errors/problem.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import { owedContracts } from '../targets.ts';
import { creditRefusal } from './check.ts';
import { mayRelease } from './rights.ts';

/**
 * An order that is put in force lets its customer owe no more than he may, unless somebody with the right does it or has let it pass:
 * whoever does it is warned.
 */
export const creditGuard: Behaviour = {
  async prepare(ctx, drafts) {
    const confirmed = drafts.filter(isConfirmed);
    const owed = await owedContracts(
      ctx,
      confirmed.flatMap((draft) => contractOf(draft) ?? []),
    );
    for (const draft of confirmed) if (!owed.has(contractOf(draft) ?? '')) await guard(ctx, draft);
  },
  /** Nobody is asked any more to let an order pass that is no draft. */
  async afterSave(ctx, drafts) {
    const gone = drafts.filter(
      ({ before, values }) => before?.status === 'draft' && (values.status ?? 'draft') !== 'draft',
    );
    const ids = gone.map(({ id }) => id);
    if (ids.length)
      await sql`update order_release set open = false where order_id = any(${ids}::uuid[]) and open`.execute(
        ctx.db,
      );
  },
};

const isConfirmed = ({ before, values }: Draft): boolean =>
  values.status === 'confirmed' && (before?.status ?? 'draft') === 'draft';

/** Of a contract that names an amount the contract is owed, not the order that fulfils it. */
const contractOf = (draft: Draft) => draftValue(draft, 'contract', 'contract_id') as string | null;

async function guard(ctx: Context, draft: Draft): Promise<void> {
  const refusal = await refusalOf(ctx, draft, { lock: true });
  if (!refusal) return;
  const told = { path: 'customer', code: refusal.code, params: refusal.params };
  const passes = mayRelease(ctx) || (await isReleased(ctx, draft));
  (passes ? draft.warnings : draft.problems).push(told);
}

/** Why this order may not be put in force as it is. */
export async function orderRefusal(ctx: Context, row: Row): Promise<ProblemError | null> {
  const draft: Draft = { id: row.id as string, before: row, values: {}, problems: [], warnings: [] };
  const contract = contractOf(draft);
  if (contract && (await owedContracts(ctx, [contract])).has(contract)) return null;
  return refusalOf(ctx, draft, { lock: false });
}

async function refusalOf(ctx: Context, draft: Draft, how: { lock: boolean }): Promise<ProblemError | null> {
  const customer = customerOf(draft);
  return customer ? creditRefusal(ctx, customer, await amountOf(ctx, draft), how) : null;
}

const customerOf = (draft: Draft) => draftValue(draft, 'customer', 'customer_id') as string | null;

/** The order's own amount, as it will stand. */
function totalOf(ctx: Context, draft: Draft): MoneyValue {
  const given = draft.values.total as MoneyValue | undefined;
  const amount = given?.amount ?? (draft.before?.total as string | null) ?? '0';
  const currency = given?.currency ?? (draft.before?.total_currency as string | null) ?? ctx.currency;
  return { amount, currency };
}

/** Somebody has let this order pass for its customer, with no less than it comes to now. */
async function isReleased(ctx: Context, draft: Draft): Promise<boolean> {
  const { amount, currency } = totalOf(ctx, draft);
  const { rows } =
    await sql`select from order_release where order_id = ${draft.id} and customer_id = ${customerOf(draft)}
    and currency = ${currency} and amount >= ${amount}::numeric`.execute(ctx.db);
  return rows.length > 0;
}

async function amountOf(ctx: Context, draft: Draft): Promise<string> {
  const { amount, currency } = totalOf(ctx, draft);
  const day = draftValue(draft, 'date') as string;
  return (await conversionOn(ctx, day, [currency]))(currency)?.of(amount) ?? amount;
}
