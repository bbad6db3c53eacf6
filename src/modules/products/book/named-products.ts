import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

export interface NamedProduct {
  id: string;
  /** Named by the barcode of a further unit, it is that unit. */
  unit: string | undefined;
}

/** Products by what is written of them: code, barcode, barcode of a unit, or name; a name several have is nobody's. */
export async function namedProducts(
  ctx: Context,
  texts: readonly string[],
): Promise<Map<string, NamedProduct>> {
  const wanted = [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
  if (wanted.length === 0 || !ctx.policies.for('product').can('read')) return new Map();
  const { rows } = await sql<{ text: string; id: string; unit: string | null; rank: number }>`
    select w.text, p.id, null as unit, 1 as rank from unnest(${wanted}::text[]) w(text)
      join product p on p.code = w.text and p.deleted_at is null
    union all select w.text, p.id, null, 2 from unnest(${wanted}::text[]) w(text)
      join product p on p.barcode = w.text and p.deleted_at is null
    union all select w.text, u.product_id, u.unit, 3 from unnest(${wanted}::text[]) w(text)
      join product_unit u on u.barcode = w.text and u.deleted_at is null
    union all select w.text, p.id, null, 4 from unnest(${wanted}::text[]) w(text)
      join product p on p.name = w.text and p.deleted_at is null
    order by rank`.execute(ctx.db);
  const found = new Map<string, NamedProduct>();
  for (const [text, hits] of Map.groupBy(rows, (row) => row.text)) {
    const best = hits.filter(({ rank }) => rank === hits[0]?.rank);
    if (best.length === 1)
      found.set(text, { id: (best[0] as { id: string }).id, unit: best[0]?.unit ?? undefined });
  }
  // As pasted, with the spaces around it.
  return new Map(
    texts.flatMap((text) => (found.has(text.trim()) ? [[text, found.get(text.trim()) as NamedProduct]] : [])),
  );
}
