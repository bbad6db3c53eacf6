import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import type { Draft } from '../../../platform/entity/behaviour.ts';

interface Source {
  id: string;
  currency: string | null;
  pricesIncludeTax: boolean | null;
  deduction: string | null;
  lines: Record<string, unknown>[];
}

/** An invoice asked for without lines takes over those of its order or contract. */
export async function fillLines(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  for (const type of ['order', 'contract'] as const) {
    const bare = drafts.filter(({ values, parts }) => values[type] && !parts?.lines?.length);
    const ids = bare.map(({ values }) => values[type] as string);
    if (ids.length === 0) continue;
    const amount =
      type === 'contract' ? sql`d.amount::text, d.tax_rate::text` : sql`null as amount, null as tax_rate`;
    const { rows } = await sql<Source & { amount: string | null; tax_rate: string | null; name: string }>`
      select d.id, d.name, d.currency, d.prices_include_tax as "pricesIncludeTax", d.deduction::text, ${amount},
        (select coalesce(json_agg(json_build_object('product', l.product_id, 'name', l.name, 'specification', l.specification,
            'unit', l.unit, 'quantity', l.quantity::text, 'price', l.price::text, 'discount', l.discount::text,
            'taxRate', l.tax_rate::text) order by l.position), '[]')
          from ${sql.table(`${type}_line`)} l where l.${sql.ref(`${type}_id`)} = d.id and l.deleted_at is null
            and l.bundled is distinct from 'whole') as lines
      from ${sql.table(type)} d where d.id = any(${ids}::uuid[]) and d.deleted_at is null`.execute(ctx.db);
    const sources = new Map(rows.map((row) => [row.id, row]));
    for (const draft of bare) {
      const source = sources.get(draft.values[type] as string);
      if (!source) continue;
      const whole = source.amount && {
        name: source.name,
        quantity: '1',
        price: source.amount,
        taxRate: source.tax_rate,
      };
      const lines = source.lines.length ? source.lines : whole ? [whole] : [];
      if (lines.length === 0) continue;
      draft.values.currency ??= source.currency;
      draft.values.deduction ??= source.deduction;
      if (source.pricesIncludeTax !== null) draft.values.pricesIncludeTax = source.pricesIncludeTax;
      draft.parts = { ...draft.parts, lines: lines.map(lineDraft) };
    }
  }
}

const lineDraft = (values: Record<string, unknown>): Draft => ({
  id: uuidv7(),
  before: null,
  values: { ...values },
  problems: [],
  warnings: [],
});
