import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Draft } from '../../../platform/entity/behaviour.ts';

/** Business without a name is called by whom and what it is for: files of other systems rarely have a name. */
export async function nameUnnamed(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const unnamed = drafts.filter(({ before, values }) => before === null && !values.name);
  if (unnamed.length === 0) return;
  const product = ({ values }: Draft) => (values.products as string[] | null | undefined)?.[0];
  const [customers, products] = await Promise.all([
    titles(
      ctx,
      'customer',
      unnamed.map(({ values }) => values.customer),
    ),
    titles(ctx, 'product', unnamed.map(product)),
  ]);
  for (const draft of unnamed) {
    const parts = [customers.get(draft.values.customer as string), products.get(product(draft) ?? '')];
    draft.values.name = parts.filter(Boolean).join(' · ').slice(0, 200) || null;
  }
}

/** Names by id; whether the caller may know them is checked where references are. */
async function titles(ctx: Context, table: string, ids: readonly unknown[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from ${sql.table(table)}
    where id::text = any(${wanted}::text[])`.execute(ctx.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
