import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue } from '../../platform/entity/behaviour.ts';
import type { LineTax } from '../../platform/money/tax.shared.ts';
import { conversionOn } from '../../platform/rates/convert.ts';
import { documentAmounts, type LineTerms } from './lines/amounts.shared.ts';
import { completeLines } from './lines/complete.ts';

/** Line amounts, totals and currency of a record type that has `documentFields` and, as its part `lines`, `lineFields`. */
export const documentBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      if (draft.before !== null) continue;
      draft.values.date ??= dayOf(ctx);
      draft.values.currency ??= ctx.currency;
    }
    await completeLines(ctx, drafts);
    for (const draft of drafts) addUp(draft);
    await requireRates(ctx, drafts);
  },
};

const linesOf = (draft: Draft): Draft[] => draft.parts?.lines ?? [];

/** The amounts of every line and of the whole; what is wrong with a line itself is told elsewhere. */
function addUp(draft: Draft): void {
  const currency = draftValue(draft, 'currency') as string | null;
  if (!currency) return;
  const lines = linesOf(draft);
  const terms = lines.map(termsOf);
  if (terms.some((each) => each === null)) return;
  const deduction = draftValue(draft, 'deduction') as string | null;
  const pricesIncludeTax = draftValue(draft, 'pricesIncludeTax', 'prices_include_tax') !== false;
  try {
    const amounts = documentAmounts(terms as LineTerms[], { currency, pricesIncludeTax, deduction });
    for (const [at, line] of lines.entries())
      setAmounts(line, amounts.lines[at] as LineTax, currency, 'gross');
    setAmounts(draft, amounts.total, currency, 'total');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    draft.problems.push({ path: 'deduction', code: 'deduction_too_large' });
  }
}

function setAmounts(
  draft: Draft,
  { gross, net, tax }: LineTax,
  currency: string,
  whole: 'gross' | 'total',
): void {
  draft.values[whole] = { amount: gross, currency };
  draft.values.net = { amount: net, currency };
  draft.values.taxAmount = { amount: tax, currency };
}

function termsOf(line: Draft): LineTerms | null {
  const value = (name: string, column = name) => draftValue(line, name, column) as string | null;
  const [quantity, price] = [value('quantity'), value('price')];
  if (quantity === null || price === null) return null;
  return { quantity, price, discount: value('discount'), taxRate: value('taxRate', 'tax_rate') };
}

/** Money in a currency nobody knows the worth of cannot be added up with the rest: the rate comes first. */
async function requireRates(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const asked = drafts.filter(
    ({ before, values }) => before === null || 'currency' in values || 'date' in values,
  );
  const byDay = Map.groupBy(asked, (draft) => draftValue(draft, 'date') as string | null);
  for (const [day, group] of byDay) {
    const currencies = group.map((draft) => draftValue(draft, 'currency') as string).filter(Boolean);
    if (!day || currencies.length === 0) continue;
    const convert = await conversionOn(ctx, day, currencies);
    for (const draft of group) {
      const currency = draftValue(draft, 'currency') as string | null;
      if (currency && !convert(currency))
        draft.problems.push({ path: 'currency', code: 'currency_without_rate', params: { currency, day } });
    }
  }
}
