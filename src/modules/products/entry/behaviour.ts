import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { Exact, type Money } from '../../../platform/money/money.shared.ts';
import { checkUnit } from '../unit/behaviour.ts';

/** Prices are in their book's currency and in a unit the product has; the minimum is not above the price. */
export const entryBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await checkUnit(ctx, drafts, 'product');
    const currencies = await currenciesOf(ctx, drafts);
    for (const draft of drafts) {
      const { problems } = draft;
      const currency = currencies.get(bookOf(draft));
      const price = moneyOf(draft, 'price');
      const minimum = moneyOf(draft, 'minimumPrice');
      for (const [path, value] of [
        ['price', price],
        ['minimumPrice', minimum],
      ] as const)
        if (value && currency && value.currency !== currency)
          problems.push({ path, code: 'price_in_book_currency', params: { currency } });
      if (price && minimum && new Exact(minimum.amount).gt(price.amount))
        problems.push({ path: 'minimumPrice', code: 'minimum_above_price' });
    }
  },
};

const bookOf = (draft: Draft) => draftValue(draft, 'book', 'book_id') as string;

function moneyOf({ before, values }: Draft, name: 'price' | 'minimumPrice'): Money | null {
  if (name in values) return values[name] as Money | null;
  const column = name === 'price' ? 'price' : 'minimum_price';
  const amount = before?.[column] as string | null | undefined;
  return amount ? { amount, currency: before?.[`${column}_currency`] as string } : null;
}

async function currenciesOf(ctx: Context, drafts: readonly Draft[]): Promise<Map<string, string>> {
  const ids = [...new Set(drafts.map(bookOf).filter((id) => typeof id === 'string'))];
  const { rows } = await sql<{ id: string; currency: string }>`select id, currency from price_book
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, currency }) => [id, currency]));
}
