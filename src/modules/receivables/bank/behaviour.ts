import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { post } from '../../../platform/ledger/post.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import { receivable } from '../book.ts';

/** A line of the bank's statement holds its whole amount until somebody claims it. */
export const bankEntryBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'open');
    for (const draft of drafts) {
      if (draft.before) continue;
      draft.values.date ??= dayOf(ctx);
      const amount = draft.values.amount as MoneyValue | null | undefined;
      if (!amount) continue;
      draft.values.left = amount;
      if (new Exact(amount.amount).isNegative())
        draft.problems.push({ path: 'amount', code: 'amount_above_zero' });
    }
    await requireRates(ctx, drafts);
  },
  async afterSave(ctx, drafts) {
    const entered = drafts.filter(({ before }) => before === null);
    if (entered.length) await post(ctx, receivable, entered.map(entryOf));
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ left, amount }) => left !== amount))
      throw problem('bank_entry_claimed_part', { status: 409 });
  },
};

function entryOf({ id, values }: Draft) {
  const { amount, currency: unit } = values.amount as MoneyValue;
  return {
    kind: 'bankEntry',
    source: id,
    day: values.date as string,
    moves: [{ account: 'bankEntry' as const, id, unit, amount }],
  };
}

async function requireRates(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const foreign = drafts.filter(({ before, values }) => {
    const amount = values.amount as MoneyValue | null | undefined;
    return before === null && amount && amount.currency !== ctx.currency;
  });
  for (const [day, group] of Map.groupBy(foreign, ({ values }) => values.date as string)) {
    const currency = (draft: Draft) => (draft.values.amount as MoneyValue).currency;
    const convert = await conversionOn(ctx, day, group.map(currency));
    for (const draft of group)
      if (!convert(currency(draft))) {
        const params = { currency: currency(draft), day };
        draft.problems.push({ path: 'amount', code: 'currency_without_rate', params });
      }
  }
}
