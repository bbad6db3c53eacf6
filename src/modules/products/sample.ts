import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import type { Draft } from '../../platform/entity/behaviour.ts';
import { changeRows, lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { sampleIds, sampleRecords } from '../../platform/sample/sample.ts';
import { checkDigit } from './product/barcode.shared.ts';
import {
  books,
  bundles,
  categories,
  details,
  further,
  rules,
  type SampleProduct,
  units,
} from './sample-words.ts';

type Ids = ReadonlyMap<string, string>;

/** The catalogue of the sample company: categories, costs and tax rates, units, variants, two bundles and four price books. */
export async function fillCatalogue(ctx: Context): Promise<void> {
  const money = (amount: string, currency = ctx.currency) => ({ amount, currency });
  const groups = await fillCategories(ctx);
  const rates = await sampleIds(ctx, 'tax_rate', 'name');
  const values = ({ category, tax, cost, barcode, price, ...rest }: Partial<SampleProduct>) => ({
    ...rest,
    ...(category ? { category: groups.get(category) } : {}),
    ...(tax ? { taxRate: rates.get(tax) } : {}),
    ...(price ? { price: money(price) } : {}),
    ...(cost ? { cost: money(cost) } : {}),
    ...(barcode ? { barcode: barcode + checkDigit(barcode) } : {}),
  });
  await complete(ctx, values);
  await sampleRecords(
    ctx,
    'product',
    further.filter(({ of }) => !of).map(({ of: _, ...each }) => values(each)),
  );
  const mains = await sampleIds(ctx, 'product', 'code');
  await sampleRecords(
    ctx,
    'product',
    further.flatMap(({ of, ...each }) => (of ? [{ ...values(each), variantOf: mains.get(of) }] : [])),
  );
  const products = await sampleIds(ctx, 'product', 'code');
  await sampleRecords(
    ctx,
    'productUnit',
    units.map(({ code, barcode, ...unit }) => ({
      ...unit,
      product: products.get(code),
      ...(barcode ? { barcode: barcode + checkDigit(barcode) } : {}),
    })),
  );
  await sampleRecords(
    ctx,
    'bundlePart',
    bundles.map(({ bundle, part, quantity }, at) => ({
      bundle: products.get(bundle),
      part: products.get(part),
      quantity,
      position: at + 1,
    })),
  );
  await fillBooks(ctx, products);
  await sampleRecords(
    ctx,
    'productRule',
    rules.map(({ bought, offer, ...rule }) => ({
      ...rule,
      bought: bought.map((code) => products.get(code)),
      offer: products.get(offer),
    })),
  );
}

async function fillCategories(ctx: Context): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const [name, parent] of categories) {
    const [made] = await sampleRecords(ctx, 'productCategory', [
      { name, ...(parent ? { parent: ids.get(parent) } : {}) },
    ]);
    ids.set(name, (made as Draft).id);
  }
  return ids;
}

/** Tells of the products the company has from the start what a catalogue tells. */
async function complete(
  ctx: Context,
  values: (told: Partial<SampleProduct>) => Record<string, unknown>,
): Promise<void> {
  const ids = await sampleIds(ctx, 'product', 'code');
  const entity = entityNamed(ctx.registry, 'product');
  const rows = await lockRows(ctx, entity, [...ids.values()]);
  const changes = rows.flatMap((row) => {
    const told = details[row.code as string];
    return told ? [{ row, values: values(told) }] : [];
  });
  await changeRows(ctx, entity, changes);
}

async function fillBooks(ctx: Context, products: Ids): Promise<void> {
  const year = dayOf(ctx).slice(0, 4);
  await sampleRecords(ctx, 'exchangeRate', [
    {
      currency: ctx.currency === 'USD' ? 'EUR' : 'USD',
      validFrom: `${year}-01-01`,
      rate: '7.12',
      source: '示例',
    },
  ]);
  for (const { name, prices, currency = ctx.currency, ...book } of books) {
    const [made] = await sampleRecords(ctx, 'priceBook', [
      { ...book, name: `${name} ${year}`, currency, validFrom: `${year}-01-01`, validTo: `${year}-12-31` },
    ]);
    await sampleRecords(
      ctx,
      'priceBookEntry',
      prices.map(([code, price, fromQuantity = '1', minimum, unit]) => ({
        book: (made as Draft).id,
        product: products.get(code),
        fromQuantity,
        price: { amount: price, currency },
        ...(minimum ? { minimumPrice: { amount: minimum, currency } } : {}),
        ...(unit ? { unit } : {}),
      })),
    );
  }
}
