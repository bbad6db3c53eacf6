import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { checkBarcodes } from '../product/barcodes.ts';

/** A further unit is another one than the base unit. */
export const unitBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await checkBarcodes(ctx, drafts, 'productUnit');
    const fresh = drafts.filter(({ before }) => before === null);
    const base = await baseUnits(
      ctx,
      fresh.map(({ values }) => values.product),
    );
    for (const { values, problems } of fresh)
      if (values.unit && base.get(values.product as string) === values.unit)
        problems.push({ path: 'unit', code: 'unit_is_base' });
  },
};

/** Base units by product; whether the caller may refer to them is checked where references are. */
export async function baseUnits(ctx: Context, ids: readonly unknown[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; unit: string }>`select id, unit from product
    where id = any(${wanted}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, unit }) => [id, unit]));
}

/** Fills in the base unit, and refuses units the product, or its main product, has not. */
export async function checkUnit(ctx: Context, drafts: readonly Draft[], product: string): Promise<void> {
  const fresh = drafts.filter(({ before, values }) => before === null || 'unit' in values);
  const idOf = ({ before, values }: Draft) => (values[product] ?? before?.[`${product}_id`]) as string;
  const base = await baseUnits(ctx, fresh.map(idOf));
  for (const draft of fresh) draft.values.unit ??= base.get(idOf(draft)) ?? null;
  const others = fresh.filter((draft) => draft.values.unit && draft.values.unit !== base.get(idOf(draft)));
  if (others.length === 0) return;
  const { rows } = await sql<{ product: string; unit: string }>`select p.id as product, u.unit
    from product p join product_unit u on u.product_id in (p.id, p.variant_of_id)
    where u.deleted_at is null and p.id = any(${[...new Set(others.map(idOf))]}::uuid[])`.execute(ctx.db);
  for (const draft of others)
    if (
      base.has(idOf(draft)) &&
      !rows.some((row) => row.product === idOf(draft) && row.unit === draft.values.unit)
    )
      draft.problems.push({ path: 'unit', code: 'unit_unknown' });
}
