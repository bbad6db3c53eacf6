import type { Context } from '../../../platform/context/context.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';

/** What one unit of a currency is worth in the company's, as last told on or before a day; the company's own is worth one. */
export async function ratesOn(
  ctx: Context,
  currencies: readonly string[],
  date: string,
): Promise<Map<string, string>> {
  const convert = await conversionOn(ctx, date, currencies);
  const known = [ctx.currency, ...currencies].flatMap((currency) => {
    const rate = convert(currency)?.rate;
    return rate === undefined ? [] : [[currency, rate] as const];
  });
  return new Map(known);
}

/** What an amount of one currency is in another, not yet rounded; null where a rate is missing. */
export function converted(
  amount: string,
  from: string,
  to: string,
  rates: ReadonlyMap<string, string>,
): string | null {
  if (from === to) return amount;
  const [source, target] = [rates.get(from), rates.get(to)];
  return source && target ? new Exact(amount).times(source).dividedBy(target).toFixed() : null;
}
