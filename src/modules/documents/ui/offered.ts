import { splitTax } from '../../../platform/money/tax.shared.ts';
import { post } from '../../../web/api/client.ts';
import { dayOf } from '../../../web/fields/format.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';
import type { Completed } from '../../../web/lines/rules.ts';
import { COST } from './earning.ts';

interface PricedPart {
  part: string;
  product: string;
  inOne: string;
  weight: string;
  name: string | null;
  unit: string | null;
  tax: { rate: string | null } | null;
  cost: string | null;
}

interface Priced {
  name: string | null;
  unit: string | null;
  price: string | null;
  source: 'book' | 'list' | 'parts' | null;
  cost: string | null;
  tax: { rate: string | null } | null;
  parts: PricedPart[];
}

/** The prices the house offered: one that was written by hand stays when the quantity changes. */
const offered = new WeakMap<object, { product: string; price: string }>();
type Linked = { id: string } | null | undefined;
/** A product is known by its reference, which a row keeps while it is written. */
const linkOf = (row: Row) => row.product as Linked;
/** Which part of a bundle a row is, or stands for. */
export const partOf = (row: Row): string => ((row.insteadOf as Linked) ?? linkOf(row))?.id ?? '';

const ASKING = new Set(['product', 'scanned', 'quantity', 'unit', 'beneath']);
const NOTHING: Completed = { values: {} };

/**
 * Another product brings its name, unit, tax rate and price, a bundle its parts; another quantity, or other parts, bring the price,
 * where none was agreed.
 */
export async function completeLine(
  head: Row,
  row: Row,
  changed: string,
  beneath: readonly Row[],
): Promise<Completed> {
  const product = linkOf(row);
  const { quantity } = row;
  if (row.bundled === 'part') return NOTHING;
  if (!product)
    return changed === 'product' && row.bundled ? { values: { bundled: null }, beneath: [] } : NOTHING;
  if (!ASKING.has(changed) || !isDecimal(quantity) || Number(quantity) <= 0) return NOTHING;
  const before = offered.get(product);
  // What was scanned is a product chosen in the unit that bears the code.
  const chosenNow = changed === 'product' || changed === 'scanned';
  const agreed = !chosenNow && (!before || before.price !== row.price) && row.price;
  if (agreed && changed !== 'beneath') return NOTHING;
  const currency = head.currency as string | null | undefined;
  const customer = (head.customer as Linked)?.id;
  const unit = changed === 'product' ? null : (row.unit as string | null);
  const chosen = beneath.map((part) => ({ part: partOf(part), product: linkOf(part)?.id ?? '' }));
  const { lines } = await post<{ lines: Priced[]; currency: string }>('/products/prices', {
    ...(customer ? { customer } : {}),
    ...(currency ? { currency } : {}),
    date: (head.date as string | null | undefined) ?? dayOf(new Date().toISOString()),
    lines: [{ product: product.id, unit, quantity, ...(!chosenNow && chosen.length ? { chosen } : {}) }],
  });
  const [priced] = lines;
  if (!priced) return NOTHING;
  // A bundle that costs what its parts cost is another thing with other parts.
  const keeps = agreed && priced.source !== 'parts';
  const rate = priced.tax ? priced.tax.rate : (row.taxRate as string | null);
  const price =
    priced.price !== null && head.pricesIncludeTax === false
      ? splitTax(priced.price, rate, currency ?? 'CNY').net
      : priced.price;
  if (price !== null && !keeps) offered.set(product, { product: product.id, price });
  const under = partsOf(priced.parts, chosenNow ? [] : beneath);
  const shown = row.bundled || under.length ? { beneath: under } : {};
  if (!chosenNow)
    return { values: { [COST]: priced.cost, ...(price === null || keeps ? {} : { price }) }, ...shown };
  return {
    values: {
      [COST]: priced.cost,
      name: priced.name,
      unit: priced.unit,
      price,
      bundled: under.length ? 'whole' : null,
      ...(priced.tax ? { taxRate: rate } : {}),
    },
    ...shown,
  };
}

/** The parts of a bundle as rows; one that is there already keeps what was written into it. */
function partsOf(parts: readonly PricedPart[], beneath: readonly Row[]): Row[] {
  return parts.map(({ part, product, inOne, weight, name, unit, tax, cost }) => {
    const there = beneath.find((row) => partOf(row) === part);
    const same = there && linkOf(there)?.id === product && there.name;
    return {
      ...there,
      ...(same ? {} : { name, unit, taxRate: tax ? tax.rate : '0.13' }),
      product: same ? there.product : { id: product, title: name },
      insteadOf: part === product ? null : { id: part, title: null },
      bundled: 'part',
      inOne,
      weight,
      price: there?.price ?? '0',
      [COST]: cost,
    };
  });
}
