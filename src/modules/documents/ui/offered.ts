import { splitTax } from '../../../platform/money/tax.shared.ts';
import { post } from '../../../web/api/client.ts';
import { dayOf } from '../../../web/fields/format.ts';
import { isDecimal, type Row } from '../../../web/lines/rows.ts';

interface Priced {
  name: string | null;
  unit: string | null;
  price: string | null;
  tax: { rate: string | null } | null;
}

/** The prices the house offered: one that was written by hand stays when the quantity changes. */
const offered = new WeakMap<object, { product: string; price: string }>();
/** A product is known by its reference, which a row keeps while it is written. */
const linkOf = (row: Row) => row.product as { id: string } | null | undefined;

const ASKING = new Set(['product', 'quantity', 'unit']);

/** Another product brings its name, unit, tax rate and price; another quantity brings its price, where none was agreed. */
export async function completeLine(head: Row, row: Row, changed: string): Promise<Row> {
  const product = linkOf(row);
  const { quantity } = row;
  if (!product || !ASKING.has(changed) || !isDecimal(quantity) || Number(quantity) <= 0) return {};
  const before = offered.get(product);
  const agreed = changed !== 'product' && (!before || before.price !== row.price) && row.price;
  if (agreed) return {};
  const currency = head.currency as string | null | undefined;
  const customer = (head.customer as { id: string } | null | undefined)?.id;
  const unit = changed === 'product' ? null : (row.unit as string | null);
  const { lines } = await post<{ lines: Priced[]; currency: string }>('/products/prices', {
    ...(customer ? { customer } : {}),
    ...(currency ? { currency } : {}),
    date: (head.date as string | null | undefined) ?? dayOf(new Date().toISOString()),
    lines: [{ product: product.id, unit, quantity }],
  });
  const [priced] = lines;
  if (!priced) return {};
  const rate = priced.tax ? priced.tax.rate : (row.taxRate as string | null);
  const price =
    priced.price !== null && head.pricesIncludeTax === false
      ? splitTax(priced.price, rate, currency ?? 'CNY').net
      : priced.price;
  if (price !== null) offered.set(product, { product: product.id, price });
  if (changed !== 'product') return price === null ? {} : { price };
  return { name: priced.name, unit: priced.unit, price, ...(priced.tax ? { taxRate: rate } : {}) };
}
