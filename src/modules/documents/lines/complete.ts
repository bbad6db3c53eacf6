import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { splitTax } from '../../../platform/money/tax.shared.ts';
import { type PricedLine, pricesFor } from '../../products/public.ts';

/** 增值税 for goods, where neither line nor product says otherwise. */
const USUAL_TAX_RATE = '0.13';

interface Open {
  line: Draft;
  /** Of its document. */
  head: { customer?: string; currency: string; date: string; pricesIncludeTax: boolean };
}

/**
 * What a line leaves open comes from its product as price books and lists stand on the document's day: name, unit, tax rate, list
 * price, and the price where none was agreed. What it costs us and may not be sold below is noted whoever writes it; who sees
 * these is the fields' right.
 */
export async function completeLines(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const open = drafts.flatMap((draft) => {
    const head = headOf(draft);
    return head ? (draft.parts?.lines ?? []).filter(isOpen).map((line) => ({ line, head })) : [];
  });
  for (const { line } of open)
    if (line.before === null && !line.values.product && line.values.taxRate === undefined)
      line.values.taxRate = USUAL_TAX_RATE;
  const asked = open.filter(({ line }) => productOf(line));
  await specify(ctx, asked);
  const groups = Map.groupBy(asked, ({ head }) => JSON.stringify(head));
  for (const group of groups.values()) await priceGroup(ctx, group);
  for (const { line } of open.filter(({ line }) => !productOf(line)))
    if (line.before !== null && 'product' in line.values)
      Object.assign(line.values, { listPrice: null, minimumPrice: null, cost: null });
}

const productOf = (line: Draft) => draftValue(line, 'product', 'product_id') as string | null;

/** What was priced stays as it was agreed until the product, its unit or its quantity is another. */
const isOpen = (line: Draft) =>
  line.before === null || ['product', 'unit', 'quantity'].some((name) => name in line.values);

function headOf(draft: Draft): Open['head'] | null {
  const value = (name: string, column = name) => draftValue(draft, name, column) as string | null;
  const [currency, date, customer] = [value('currency'), value('date'), value('customer', 'customer_id')];
  if (!currency || !date) return null;
  const pricesIncludeTax = draftValue(draft, 'pricesIncludeTax', 'prices_include_tax') !== false;
  return { currency, date, pricesIncludeTax, ...(customer ? { customer } : {}) };
}

/** What a new line is exactly, in the words of its product. */
async function specify(ctx: Context, asked: readonly Open[]): Promise<void> {
  const open = asked.filter(({ line }) => line.before === null && line.values.specification === undefined);
  if (open.length === 0 || !ctx.policies.for('product').sees('specification')) return;
  const ids = [...new Set(open.map(({ line }) => productOf(line)))];
  const { rows } = await sql<{
    id: string;
    specification: string | null;
  }>`select id, left(specification, 200) as specification
    from product where id = any(${ids}::uuid[])`.execute(ctx.db);
  const known = new Map(rows.map(({ id, specification }) => [id, specification]));
  for (const { line } of open) line.values.specification = known.get(productOf(line) ?? '') ?? null;
}

/** Lines of documents for the same customer on the same day in the same currency. */
async function priceGroup(ctx: Context, group: readonly Open[]): Promise<void> {
  const { head } = group[0] as Open;
  const { currency, date, customer } = head;
  const known = group.filter(({ line }) => isQuantity(draftValue(line, 'quantity')));
  if (known.length === 0) return;
  const lines = known.map(({ line }) => ({
    product: productOf(line) as string,
    unit: draftValue(line, 'unit') as string | null,
    quantity: draftValue(line, 'quantity') as string,
  }));
  const request = { currency, date, lines, ...(customer ? { customer } : {}) };
  const priced = await pricesFor(asSystem(ctx, 'prices'), request);
  const sight = sightOf(ctx);
  for (const [at, { line }] of known.entries()) complete(line, priced.lines[at] as PricedLine, head, sight);
}

const isQuantity = (value: unknown) => typeof value === 'string' && new Exact(value).gt(0);

/** A price nobody may see is not found out by writing a line. */
function sightOf(ctx: Context) {
  const product = ctx.policies.for('product');
  const entry = ctx.policies.for('priceBookEntry');
  const list = product.can('read') && product.sees('price');
  const book = entry.can('read') && entry.sees('price');
  return { list, offered: { list, book, parts: list && book } };
}

function complete(
  line: Draft,
  priced: PricedLine,
  { currency, pricesIncludeTax }: Open['head'],
  sight: ReturnType<typeof sightOf>,
): void {
  const { values } = line;
  const rate = priced.tax ? priced.tax.rate : USUAL_TAX_RATE;
  if (values.taxRate === undefined && (line.before === null || 'product' in values)) values.taxRate = rate;
  const named = (price: string | null) =>
    price === null || pricesIncludeTax ? price : splitTax(price, rate, currency).net;
  if (line.before === null || 'product' in values) values.name ??= priced.name;
  if (draftValue(line, 'unit') === null) values.unit = priced.unit;
  values.listPrice = sight.list ? named(priced.listPrice) : null;
  values.minimumPrice = named(priced.minimumPrice);
  values.cost = priced.cost === null ? null : roundMoney(priced.cost, currency);
  const offered = priced.source && sight.offered[priced.source] ? named(priced.price) : null;
  if (line.before === null || 'product' in values) values.price ??= offered;
}
