import type { Context } from '../../../platform/context/context.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { addTax } from '../../../platform/money/tax.shared.ts';
import { type Convert, conversionOn, exchanged } from '../../../platform/rates/convert.ts';
import { splitOverParts, sumOfParts, weightsOf } from '../bundle/expand.shared.ts';
import { rateOn, type TaxRateRow, taxRates } from '../tax-rate/rates.ts';
import { type Book, booksFor } from './books.ts';
import { type Found, lookUp } from './look-up.ts';
import type { LineTaxRate, PriceAnswer, PricedLine, PriceProblem, PriceRequest } from './types.shared.ts';

/** What prices are worked out with, the same for all lines. */
interface Given {
  currency: string;
  date: string;
  books: ReadonlyMap<string, Book>;
  taxes: readonly TaxRateRow[];
  convert: Convert;
  sees: { list: boolean; cost: boolean; entry: boolean; minimum: boolean; book: boolean };
}

/**
 * The prices of many lines for one customer on one day, each with where it comes from: a price book, the list price, or the
 * parts of a bundle. Which book goes first is told at `booksFor`, which of its prices at `lookUp`. What is wrong with a line is
 * told with the line; only a customer out of sight is refused. Who needs prices whatever the person may see asks `asSystem`.
 */
export async function pricesFor(ctx: Context, request: PriceRequest): Promise<PriceAnswer> {
  const { date, customer, channel, lines } = request;
  const currency = request.currency ?? ctx.currency;
  const [books, taxes] = await Promise.all([
    booksFor(ctx, { customer, channel, currency, date }),
    taxRates(ctx),
  ]);
  const found = await lookUp(
    ctx,
    lines,
    books.map(({ id }) => id),
  );
  const foreign = found.flatMap(({ listCurrency }) =>
    listCurrency && listCurrency !== currency ? [listCurrency] : [],
  );
  const convert = await conversionOn(ctx, date, foreign.length ? [...foreign, currency] : []);
  const given: Given = {
    currency,
    date,
    books: new Map(books.map((book) => [book.id, book])),
    taxes,
    convert,
    sees: sightOf(ctx),
  };
  const byLine = Map.groupBy(found, ({ place }) => place);
  return { currency, date, lines: lines.map((_, at) => lineOf(byLine.get(at + 1) ?? [], given)) };
}

function sightOf(ctx: Context): Given['sees'] {
  const product = ctx.policies.for('product');
  const entry = ctx.policies.for('priceBookEntry');
  return {
    list: product.can('read') && product.sees('price'),
    cost: product.can('read') && product.sees('cost'),
    entry: entry.can('read') && entry.sees('price'),
    minimum: entry.can('read') && entry.sees('minimumPrice'),
    book: ctx.policies.for('priceBook').can('read'),
  };
}

function lineOf([own, ...parts]: readonly Found[], given: Given): PricedLine {
  const line = priced(own as Found, given);
  if (!own || own.name === null || own.bundle === 'none') return line;
  if (parts.length === 0) return { ...line, problems: [...line.problems, { code: 'bundle_empty' }] };
  const priceds = parts.map((part) => priced(part, given));
  const lacking = priceds.find(({ price, name }) => price === null || name === null);
  const summed = own.bundle === 'sum' ? fromParts(line, own, parts, priceds, given) : line;
  if (own.bundle === 'sum' && lacking && !summed.problems.some(({ code }) => code === 'price_hidden'))
    summed.problems.push({ code: 'no_price', params: { part: lacking.name ?? '' } });
  const total =
    summed.price === null ? null : roundMoney(new Exact(summed.price).times(own.quantity), given.currency);
  const shares = total === null ? null : splitOverParts(total, given.currency, priceds);
  const weights = weightsOf(priceds.map(({ price }, at) => ({ price, quantity: parts[at]?.per ?? '0' })));
  return {
    ...summed,
    parts: priceds.map(({ product, name, unit, quantity, price, tax, cost }, at) => ({
      product,
      part: parts[at]?.standard ?? product,
      inOne: parts[at]?.per ?? '1',
      name,
      unit,
      quantity,
      price,
      amount: shares?.[at] ?? null,
      tax,
      cost,
      weight: weights[at] as string,
    })),
  };
}

/** A bundle that costs what its parts cost, less its discount. */
function fromParts(
  line: PricedLine,
  own: Found,
  found: readonly Found[],
  parts: readonly PricedLine[],
  { currency }: Given,
): PricedLine {
  const sum = (pick: (part: PricedLine) => string | null, discount = own.discount) =>
    sumOfParts(
      parts.map((part, at) => ({ quantity: found[at]?.per ?? '0', price: pick(part) })),
      discount,
      currency,
    );
  const problems = line.problems.filter(
    ({ code }) => code !== 'no_price' && code !== 'currency_without_rate',
  );
  for (const { problems: those } of parts)
    for (const each of those)
      if (
        ['price_hidden', 'currency_without_rate'].includes(each.code) &&
        !problems.some(({ code }) => code === each.code)
      )
        problems.push(each);
  const price = sum((part) => part.price);
  const floor = parts.some(({ minimumPrice }) => minimumPrice !== null);
  return {
    ...line,
    price,
    listPrice: sum((part) => part.listPrice),
    minimumPrice: floor ? sum((part) => part.minimumPrice ?? '0') : null,
    // What is given to the buyer makes the goods no cheaper for us.
    cost: sum((part) => part.cost, null),
    source: price === null ? null : 'parts',
    book: null,
    problems,
  };
}

/** One product in one unit, as if it stood alone. */
function priced(found: Found, given: Given): PricedLine {
  const { currency, sees } = given;
  const problems: PriceProblem[] = [];
  const line: PricedLine = {
    product: found.product,
    name: found.name,
    code: found.code,
    unit: found.unit,
    factor: found.factor,
    quantity: found.quantity,
    price: null,
    listPrice: null,
    minimumPrice: null,
    cost: null,
    source: null,
    book: null,
    tax: null,
    parts: [],
    problems,
  };
  if (found.name === null) {
    problems.push({ code: 'product_unknown' });
    return line;
  }
  if (found.active === false) problems.push({ code: 'product_retired' });
  if (found.hasVariants) problems.push({ code: 'variant_needed' });
  if (found.factor === null) {
    problems.push({ code: 'unit_unknown', params: { unit: found.unit ?? '' } });
    return line;
  }
  const tax = rateOn(given.taxes, found.taxRate, given.date) ?? null;
  if (!tax) problems.push({ code: 'tax_rate_missing' });
  line.tax = tax;
  const list = listPriceOf(found, given);
  if (sees.list) line.listPrice = list;
  if (sees.cost && found.cost !== null && found.costCurrency === currency)
    line.cost = times(found.cost, found.factor, currency);
  const book = found.book ? given.books.get(found.book) : undefined;
  if (book && found.entryPrice !== null) fromBook(line, found, book, tax, given);
  else if (list !== null) {
    if (sees.list) Object.assign(line, { price: list, source: 'list' });
    else problems.push({ code: 'price_hidden' });
  } else if (found.listPrice !== null)
    problems.push({
      code: 'currency_without_rate',
      params: { from: found.listCurrency ?? '', to: currency },
    });
  else problems.push({ code: 'no_price' });
  return line;
}

function fromBook(
  line: PricedLine,
  found: Found,
  book: Book,
  tax: LineTaxRate | null,
  { currency, sees }: Given,
): void {
  if (!sees.entry) {
    line.problems.push({ code: 'price_hidden' });
    return;
  }
  const factor = found.entryOfBase ? (found.factor as string) : '1';
  const taxIncluded = book.taxIncluded !== false;
  const asked = (amount: string) => {
    const ofUnit = times(amount, factor, currency);
    return taxIncluded ? ofUnit : addTax(ofUnit, tax?.rate ?? null, currency).gross;
  };
  const price = found.entryPrice as string;
  line.price = asked(price);
  line.source = 'book';
  if (sees.minimum && found.entryMinimum !== null) line.minimumPrice = asked(found.entryMinimum);
  if (sees.book)
    line.book = {
      id: book.id,
      name: book.name,
      taxIncluded,
      price: times(price, factor, currency),
      fromQuantity: found.entryFrom as string,
    };
}

const times = (amount: string, factor: string, currency: string) =>
  roundMoney(new Exact(amount).times(factor), currency);

function listPriceOf(
  { listPrice, listCurrency, factor }: Found,
  { currency, convert }: Given,
): string | null {
  if (listPrice === null) return null;
  const amount = exchanged(listPrice, listCurrency ?? currency, currency, convert);
  return amount === null ? null : times(amount, factor ?? '1', currency);
}
