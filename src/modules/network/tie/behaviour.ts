import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';

/** What binds a person belongs to the file of the customer he is at. */
async function hangOn(ctx: Context, drafts: readonly Draft[], field: string): Promise<void> {
  const fresh = drafts.filter(({ values }) => typeof values[field] === 'string');
  if (fresh.length === 0) return;
  const { rows } = await sql<{
    id: string;
    customer: string | null;
  }>`select id, customer_id as customer from contact
    where id = any(${fresh.map(({ values }) => values[field])}::uuid[])`.execute(ctx.db);
  const customers = new Map(rows.map(({ id, customer }) => [id, customer]));
  for (const { values } of fresh)
    values.customer = customers.get(values[field] as string) ?? values.customer ?? null;
}

/** Nobody is bound to himself. */
export const tieBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts)
      if (draftValue(draft, 'from', 'from_id') === draftValue(draft, 'to', 'to_id'))
        draft.problems.push({ path: 'to', code: 'tie_to_self' });
    await hangOn(ctx, drafts, 'from');
  },
};

export const acquaintanceBehaviour: Behaviour = {
  prepare: (ctx, drafts) => hangOn(ctx, drafts, 'contact'),
};
