import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue } from '../../platform/entity/behaviour.ts';
import { isDecided } from '../../platform/entity/decided.ts';
import type { LineTax } from '../../platform/money/tax.shared.ts';
import { conversionOn } from '../../platform/rates/convert.ts';
import { documentAmounts, type LineTerms, lineAmount, splitByWeight } from './lines/amounts.shared.ts';
import { bundledOf, checkParts, followWhole, unitPrice } from './lines/bundles.ts';
import { completeLines } from './lines/complete.ts';
import { groupsOf } from './lines/groups.shared.ts';
import { weighMargins } from './margin/weigh.ts';

/** Line amounts, totals and currency of a record type that has `documentFields` and, as its part `lines`, `lineFields`. */
export const documentBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    begin(ctx, drafts);
    await completeLines(ctx, drafts);
    for (const draft of drafts) addUp(draft);
    await requireRates(ctx, drafts);
  },
};

/**
 * The same for what is sold, with `salesFields` and `salesLineFields`: bundles stand with their parts, and what earns too little
 * is marked.
 */
export const salesBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    begin(ctx, drafts);
    const agreed = (draft: Draft) => isDecided(ctx) || isMadeOf(draft);
    await completeLines(ctx, drafts, { agreed });
    await checkParts(
      ctx,
      drafts.filter((draft) => !agreed(draft)),
    );
    for (const draft of drafts) addUp(draft);
    await weighMargins(ctx, drafts);
    await requireRates(ctx, drafts);
  },
};

function begin(ctx: Context, drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    if (draft.before !== null) continue;
    draft.values.date ??= dayOf(ctx);
    draft.values.currency ??= ctx.currency;
  }
}

/** A document made of another takes over what was agreed there. */
const isMadeOf = ({ before, values }: Draft) => before === null && Boolean(values.quote ?? values.contract);

const linesOf = (draft: Draft): Draft[] => draft.parts?.lines ?? [];

/** The amounts of every line and of the whole; what is wrong with a line itself is told elsewhere. */
function addUp(draft: Draft): void {
  const currency = draftValue(draft, 'currency') as string | null;
  if (!currency) return;
  const groups = groupsOf(linesOf(draft), bundledOf);
  for (const group of groups) followWhole(group, currency);
  const terms = groups.map(({ line, parts }) => termsOf(line, parts));
  if (terms.some((each) => each === null)) return;
  const deduction = draftValue(draft, 'deduction') as string | null;
  const pricesIncludeTax = draftValue(draft, 'pricesIncludeTax', 'prices_include_tax') !== false;
  try {
    const amounts = documentAmounts(terms as LineTerms[], { currency, pricesIncludeTax, deduction });
    for (const [at, { line, parts }] of groups.entries()) {
      const own = amounts.lines[at];
      if (!own) continue;
      if (parts.length === 0) {
        setAmounts(line, own, currency, 'gross');
        continue;
      }
      Object.assign(line.values, NO_AMOUNTS);
      const whole = terms[at] as LineTerms;
      const shares = splitByWeight(lineAmount(whole, currency), currency, whole.parts ?? []);
      for (const [place, part] of parts.entries()) {
        setAmounts(part, own.parts[place] as LineTax, currency, 'gross');
        part.values.price = unitPrice(shares[place] as string, part.values.quantity as string);
      }
    }
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

/** Its parts bear the amounts of a bundle. */
const NO_AMOUNTS = { gross: null, net: null, taxAmount: null };

function termsOf(line: Draft, parts: readonly Draft[]): LineTerms | null {
  const value = (of: Draft, name: string, column = name) => draftValue(of, name, column) as string | null;
  const [quantity, price] = [value(line, 'quantity'), value(line, 'price')];
  if (quantity === null || price === null) return null;
  const rate = (of: Draft) => value(of, 'taxRate', 'tax_rate');
  return {
    quantity,
    price,
    discount: value(line, 'discount'),
    taxRate: rate(line),
    parts: parts.map((part) => ({ weight: value(part, 'weight') ?? '0', taxRate: rate(part) })),
  };
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
