import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Draft, draftValue } from '../../../platform/entity/behaviour.ts';

/** 增值税 for goods, where neither line nor product says otherwise. */
const USUAL_TAX_RATE = '0.13';

interface Offered {
  id: string;
  name: string;
  unit: string | null;
  price: string | null;
  price_currency: string | null;
}

/** What a line leaves open comes from its product: name, unit, list price, and the price where none was agreed. */
export async function completeLines(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const lines = drafts.flatMap((draft) =>
    (draft.parts?.lines ?? []).map((line) => ({
      line,
      currency: draftValue(draft, 'currency') as string | null,
    })),
  );
  const open = lines.filter(({ line }) => line.before === null || 'product' in line.values);
  const ids = [
    ...new Set(open.flatMap(({ line }) => (line.values.product as string | null | undefined) ?? [])),
  ];
  const { rows } = ids.length
    ? await sql<Offered>`select id, name, unit, price, price_currency from product
        where id = any(${ids}::uuid[]) and deleted_at is null`.execute(ctx.db)
    : { rows: [] };
  const offered = new Map(rows.map((row) => [row.id, row]));
  for (const { line, currency } of open) {
    const product = offered.get(line.values.product as string);
    if (line.before === null && line.values.taxRate === undefined) line.values.taxRate = USUAL_TAX_RATE;
    if (!product) continue;
    line.values.name ??= product.name;
    line.values.unit ??= product.unit;
    const price = product.price_currency === currency ? product.price : null;
    line.values.listPrice = price;
    line.values.price ??= price;
  }
}
