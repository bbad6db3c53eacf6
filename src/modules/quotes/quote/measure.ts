import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { splitTax } from '../../../platform/money/tax.shared.ts';
import { groupsOf } from '../../documents/public.ts';
import { pricesFor } from '../../products/public.ts';
import { type DiscountedLine, discountOfLines } from './discount.shared.ts';

interface Line extends Omit<DiscountedLine, 'amount'> {
  product: string | null;
  bundled: string | null;
  insteadOf: string | null;
  unit: string | null;
  taxRate: string | null;
  gross: string;
  net: string;
}

/**
 * How far a quote goes below what the house asks, and below lowest prices, also where its writer may not see prices, so that his
 * lines bear none.
 * What comes of it is told to nobody in numbers: who may not see a price must not find it by offers.
 */
export async function measuredDiscount(
  ctx: Context,
  quote: Row,
): Promise<{ rate: string; belowMinimum: boolean }> {
  const { rows } =
    await sql<Line>`select product_id as product, bundled, instead_of_id as "insteadOf", unit, quantity::text, price::text,
      list_price::text as "listPrice", offered_price::text as "offeredPrice", minimum_price::text as "minimumPrice", tax_rate::text as "taxRate",
      gross::text, net::text
    from quote_line where quote_id = ${quote.id} and deleted_at is null order by position`.execute(ctx.db);
  const withTax = quote.prices_include_tax !== false;
  const groups = groupsOf(rows, ({ bundled }) => bundled);
  const open = groups.filter(
    ({ line: { product, offeredPrice, quantity } }) =>
      product && offeredPrice === null && new Exact(quantity).gt(0),
  );
  if (open.length > 0) {
    const priced = await pricesFor(asSystem(ctx, 'discount'), {
      currency: quote.currency as string,
      date: quote.date as string,
      customer: quote.customer_id as string,
      lines: open.map(({ line: { product, unit, quantity }, parts }) => ({
        product: product as string,
        unit,
        quantity,
        chosen: parts.length
          ? parts.map((part) => ({
              part: (part.insteadOf ?? part.product) as string,
              product: part.product as string,
            }))
          : undefined,
      })),
    });
    for (const [at, { line }] of open.entries()) {
      const own = priced.lines[at];
      const price = own?.price ?? null;
      const rate = own?.tax ? own.tax.rate : line.taxRate;
      line.offeredPrice =
        price === null || withTax ? price : splitTax(price, rate, quote.currency as string).net;
    }
  }
  const amountOf = ({ gross, net }: Line) => (withTax ? gross : net);
  return discountOfLines(
    groups.map(({ line, parts }) => ({
      ...line,
      amount: Exact.sum(0, ...(parts.length ? parts : [line]).map(amountOf)).toFixed(),
    })),
    quote.currency as string,
  );
}
