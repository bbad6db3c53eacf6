import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import type { Sheet, SheetRow } from './sheet.shared.ts';

/** What a grid in the browser holds; books with more are changed by file. */
const MOST = 5000;

/** All prices of a book, product by product, as far as the caller may see them. */
export async function sheetOf(ctx: Context, id: string): Promise<Sheet> {
  const book = await readRecord(ctx, 'priceBook', id);
  const entry = ctx.policies.for('priceBookEntry');
  const product = ctx.policies.for('product');
  if (!entry.can('read') || !product.can('read')) throw forbidden();
  const { rows } = await sql<SheetRow>`select e.id, e.version,
      jsonb_build_object('id', p.id, 'title', p.name) as product, p.code, p.specification, p.active, e.unit,
      trim_scale(e.from_quantity)::text as "fromQuantity", e.price::text as price, e.minimum_price::text as "minimumPrice",
      case when p.price_currency = e.price_currency then round(p.price * case when e.unit = p.unit then 1 else u.factor end, 2) end::text as "listPrice"
    from price_book_entry e join product p on p.id = e.product_id and p.deleted_at is null
      left join product_unit u on u.product_id = p.id and u.unit = e.unit and u.deleted_at is null
    where e.book_id = ${id} and e.deleted_at is null
    order by p.name_key, p.id, e.unit <> p.unit, e.unit, e.from_quantity limit ${MOST + 1}`.execute(ctx.db);
  const { rows: currency } = await sql<{
    currency: string;
    included: boolean | null;
  }>`select currency, tax_included as included
    from price_book where id = ${id}`.execute(ctx.db);
  const sees = {
    code: product.sees('code'),
    specification: product.sees('specification'),
    active: product.sees('active'),
    listPrice: product.sees('price'),
    price: entry.sees('price'),
    minimumPrice: entry.sees('minimumPrice'),
  };
  const hidden = Object.fromEntries(
    Object.entries(sees).flatMap(([name, seen]) => (seen ? [] : [[name, null]])),
  );
  return {
    id,
    name: book.title,
    currency: currency[0]?.currency ?? ctx.currency,
    taxIncluded: currency[0]?.included !== false,
    rows: rows.slice(0, MOST).map((row) => ({ ...row, ...hidden })),
    more: rows.length > MOST,
  };
}
