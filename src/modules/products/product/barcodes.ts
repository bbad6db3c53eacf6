import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Draft } from '../../../platform/entity/behaviour.ts';
import { isMistyped, plainBarcode } from './barcode.shared.ts';

/** Barcodes are read as a scanner reads them, and name one thing only: a product, or a unit of one. */
export async function checkBarcodes(
  ctx: Context,
  drafts: readonly Draft[],
  entity: 'product' | 'productUnit',
): Promise<void> {
  const coded = drafts.filter(({ values }) => typeof values.barcode === 'string' && values.barcode);
  if (coded.length === 0) return;
  for (const { values, problems } of coded) {
    values.barcode = plainBarcode(values.barcode as string) || null;
    if (values.barcode && isMistyped(values.barcode as string))
      problems.push({ path: 'barcode', code: 'barcode_mistyped' });
  }
  // The two tables have an index each; what is in the other one is only found out one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended('product.barcode', 0))`.execute(ctx.db);
  const codes = coded.map(({ values }) => values.barcode);
  const { rows } = await sql<{ id: string; barcode: string; name: string }>`
    select id, barcode, name from product where deleted_at is null and barcode = any(${codes}::text[]) and ${entity !== 'product'}
    union all
    select u.id, u.barcode, p.name from product_unit u join product p on p.id = u.product_id
    where u.deleted_at is null and u.barcode = any(${codes}::text[]) and ${entity !== 'productUnit'}`.execute(
    ctx.db,
  );
  for (const { values, problems } of coded) {
    const other = rows.find(({ barcode }) => barcode === values.barcode);
    if (other) problems.push({ path: 'barcode', code: 'barcode_taken', params: { name: other.name } });
  }
}
