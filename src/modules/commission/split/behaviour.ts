import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { Exact } from '../../../platform/money/money.shared.ts';

/** A deal is divided among people once, and altogether. */
export const splitBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      const [order, contract] = [
        draftValue(draft, 'order', 'order_id'),
        draftValue(draft, 'contract', 'contract_id'),
      ];
      if (!order === !contract) draft.problems.push({ path: 'order', code: 'commission_split_of_one' });
      checkShares(draft);
    }
    await Promise.all([nameDeals(ctx, drafts), namePeople(ctx, drafts)]);
  },
};

function checkShares(draft: Draft): void {
  const rows = draft.parts?.shares ?? [];
  if (rows.length === 0) return;
  const values = (name: string, column = name) =>
    rows.map((row) => draftValue(row, name, column) as string | null).filter((value) => value !== null);
  const people = values('person', 'person_id');
  if (new Set(people).size < people.length)
    draft.problems.push({ path: 'shares', code: 'commission_split_twice' });
  const sum = values('percent').reduce((all, percent) => all.plus(percent), new Exact(0));
  if (!sum.eq(100))
    draft.problems.push({
      path: 'shares',
      code: 'commission_split_not_whole',
      params: { sum: sum.toFixed() },
    });
}

/** It is called after its deal, whose customer it is of. */
async function nameDeals(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const fresh = drafts.filter(({ before }) => before === null);
  const ids = fresh.flatMap(({ values }) => ((values.order ?? values.contract) as string | undefined) ?? []);
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string; name: string; customer: string }>`
    select id, name, customer_id as customer from "order" where id = any(${ids}::uuid[])
    union all select id, name, customer_id from contract where id = any(${ids}::uuid[])`.execute(ctx.db);
  const deals = new Map(rows.map((row) => [row.id, row]));
  for (const { values, problems } of fresh) {
    const deal = deals.get((values.order ?? values.contract) as string);
    if (!deal) continue;
    values.name ||= deal.name;
    if (values.customer !== deal.customer)
      problems.push({ path: values.order ? 'order' : 'contract', code: 'other_customer' });
  }
}

async function namePeople(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.flatMap((draft) => draft.parts?.shares ?? []).filter(({ values }) => values.person);
  if (rows.length === 0) return;
  const ids = rows.map(({ values }) => values.person as string);
  const { rows: people } = await sql<{ id: string; name: string }>`select id, name from "user"
    where id = any(${ids}::uuid[])`.execute(ctx.db);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const { values } of rows) values.name = names.get(values.person as string) ?? null;
}
