import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { splitTax } from '../../../platform/money/tax.shared.ts';
import { type PricedLine, pricesFor } from '../../products/public.ts';
import { USUAL_TAX_RATE } from './amounts.shared.ts';
import { chosenOf, fitParts, groupsIn, hasOtherParts, productOf, putBack } from './bundles.ts';
import type { Group } from './groups.shared.ts';

interface Open {
  line: Draft;
  /** Where documents have bundles: the line with its parts, and whether it is as two sides agreed. */
  group?: Group<Draft>;
  agreed: boolean;
  /** Of its document. */
  head: { customer?: string; currency: string; date: string; pricesIncludeTax: boolean };
}

/**
 * What a line leaves open comes from its product as price books and lists stand on the document's day: name, unit, tax rate, list
 * price, of sales what the house asks for it, and the price where none was agreed. What it costs us and may not be sold below is noted whoever writes it; who sees
 * these is the fields' right.
 */
export async function completeLines(
  ctx: Context,
  drafts: readonly Draft[],
  bundles?: { agreed(draft: Draft): boolean },
): Promise<void> {
  const groups = new Map(drafts.map((draft) => [draft, bundles ? groupsIn(draft) : alone(draft)]));
  const open = drafts.flatMap((draft): Open[] => {
    const head = headOf(draft);
    const agreed = bundles?.agreed(draft) ?? false;
    const anew = bundles && !agreed && isForAnother(draft);
    const isOther = bundles ? hasOtherParts(draft) : () => false;
    const own = (groups.get(draft) ?? []).filter(
      (group) =>
        anew ||
        [group.line, ...group.parts].some(isOpen) ||
        isOther(group) ||
        (bundles && isOld(draft, group.line)),
    );
    return head
      ? own.map((group) => ({ line: group.line, head, agreed, ...(bundles ? { group } : {}) }))
      : [];
  });
  for (const { line } of open)
    if (line.before === null && !line.values.product && line.values.taxRate === undefined)
      line.values.taxRate = USUAL_TAX_RATE;
  const asked = open.filter(({ line }) => productOf(line));
  const together = Map.groupBy(asked, ({ head }) => JSON.stringify(head));
  for (const group of together.values()) await priceGroup(ctx, group);
  await specify(
    ctx,
    asked.flatMap(({ line, group }) => [line, ...(group?.parts ?? [])]),
  );
  if (bundles) for (const [draft, own] of groups) putBack(draft, own);
  for (const { line } of open.filter(({ line }) => !productOf(line)))
    if (line.before !== null && 'product' in line.values)
      Object.assign(line.values, NO_PRICES, bundles ? { offeredPrice: null } : {});
}

const NO_PRICES = { listPrice: null, minimumPrice: null, cost: null };

const alone = (draft: Draft): Group<Draft>[] =>
  (draft.parts?.lines ?? []).map((line, at) => ({ line, parts: [], at }));

/** What was priced stays as it was agreed until the product, its unit or its quantity is another. */
const isOpen = (line: Draft) =>
  line.before === null || ['product', 'unit', 'quantity'].some((name) => name in line.values);

/** Prices are for a customer on a day, in a currency, with tax or without: of another every line is looked up anew. */
const PRICED_BY = [
  ['customer', 'customer_id'],
  ['currency', 'currency'],
  ['date', 'date'],
  ['pricesIncludeTax', 'prices_include_tax'],
] as const;

const isForAnother = ({ before, values }: Draft) =>
  before !== null && PRICED_BY.some(([name, column]) => name in values && values[name] !== before[column]);

/** Written in a draft before lines said what the house asks for them. */
const isOld = (draft: Draft, { before }: Draft) =>
  draft.before?.status === 'draft' &&
  before !== null &&
  before.list_price !== null &&
  before.offered_price === null;

function headOf(draft: Draft): Open['head'] | null {
  const value = (name: string, column = name) => draftValue(draft, name, column) as string | null;
  const [currency, date, customer] = [value('currency'), value('date'), value('customer', 'customer_id')];
  if (!currency || !date) return null;
  const pricesIncludeTax = draftValue(draft, 'pricesIncludeTax', 'prices_include_tax') !== false;
  return { currency, date, pricesIncludeTax, ...(customer ? { customer } : {}) };
}

/** What a new line is exactly, in the words of its product. */
async function specify(ctx: Context, lines: readonly Draft[]): Promise<void> {
  const open = lines.filter(({ before, values }) => before === null && values.specification === undefined);
  if (open.length === 0 || !ctx.policies.for('product').sees('specification')) return;
  const ids = [...new Set(open.map(productOf))];
  const { rows } = await sql<{
    id: string;
    specification: string | null;
  }>`select id, left(specification, 200) as specification
    from product where id = any(${ids}::uuid[])`.execute(ctx.db);
  const known = new Map(rows.map(({ id, specification }) => [id, specification]));
  for (const line of open) line.values.specification = known.get(productOf(line) ?? '') ?? null;
}

/** Lines of documents for the same customer on the same day in the same currency. */
async function priceGroup(ctx: Context, group: readonly Open[]): Promise<void> {
  const { head } = group[0] as Open;
  const { currency, date, customer } = head;
  const known = group.filter(({ line }) => isQuantity(draftValue(line, 'quantity')));
  if (known.length === 0) return;
  const lines = known.map(({ line, group }) => ({
    product: productOf(line) as string,
    unit: draftValue(line, 'unit') as string | null,
    quantity: draftValue(line, 'quantity') as string,
    chosen: group && chosenOf(group),
  }));
  const request = { currency, date, lines, ...(customer ? { customer } : {}) };
  const priced = await pricesFor(asSystem(ctx, 'prices'), request);
  const sight = sightOf(ctx);
  for (const [at, { line, group, agreed }] of known.entries()) {
    const own = priced.lines[at] as PricedLine;
    const offered = complete(line, own, head, sight);
    if (!group) continue;
    line.values.offeredPrice = offered;
    fitParts(group, own, agreed);
  }
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

/** Answers what the house asks for one of it, as far as the writer may know. */
function complete(
  line: Draft,
  priced: PricedLine,
  { currency, pricesIncludeTax }: Open['head'],
  sight: ReturnType<typeof sightOf>,
): string | null {
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
  return offered;
}
