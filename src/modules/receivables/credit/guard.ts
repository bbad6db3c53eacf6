import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import { owedContracts } from '../targets.ts';
import { checkCredit } from './check.ts';

/** An order that is put in force lets its customer owe no more than he may, unless somebody with the right does it: he is warned. */
export const creditGuard: Behaviour = {
  async prepare(ctx, drafts) {
    const confirmed = drafts.filter(isConfirmed);
    const owed = await owedContracts(
      ctx,
      confirmed.flatMap((draft) => contractOf(draft) ?? []),
    );
    for (const draft of confirmed) if (!owed.has(contractOf(draft) ?? '')) await guard(ctx, draft);
  },
};

const isConfirmed = ({ before, values }: Draft): boolean =>
  values.status === 'confirmed' && (before?.status ?? 'draft') === 'draft';

/** Of a contract that names an amount the contract is owed, not the order that fulfils it. */
const contractOf = (draft: Draft) => draftValue(draft, 'contract', 'contract_id') as string | null;

async function guard(ctx: Context, draft: Draft): Promise<void> {
  const customer = draftValue(draft, 'customer', 'customer_id') as string | null;
  if (!customer) return;
  try {
    await checkCredit(ctx, customer, await amountOf(ctx, draft));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const told = { path: 'customer', code: error.code, params: error.params };
    (mayOverride(ctx) ? draft.warnings : draft.problems).push(told);
  }
}

/** Work the product does itself overrides nothing. */
const mayOverride = (ctx: Context): boolean =>
  ctx.principal.kind === 'user' &&
  (ctx.policies.administrator || ctx.policies.for('creditTerm').hasCommand('override'));

async function amountOf(ctx: Context, draft: Draft): Promise<string> {
  const given = draft.values.total as MoneyValue | undefined;
  const amount = given?.amount ?? (draft.before?.total as string | null) ?? '0';
  const currency = given?.currency ?? (draft.before?.total_currency as string | null) ?? ctx.currency;
  const day = draftValue(draft, 'date') as string;
  return (await conversionOn(ctx, day, [currency]))(currency)?.of(amount) ?? amount;
}
