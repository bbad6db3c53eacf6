import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';

/** What a batch pays one person. */
export interface BatchPerson {
  person: { id: string; title: string | null };
  earned: string;
  takenBack: string;
  adjusted: string;
  amount: string;
  rows: number;
}

/** Everybody in a batch, by name; whether the caller may read it has been asked. */
export async function peopleOf(ctx: Context, batch: string): Promise<BatchPerson[]> {
  const { rows } = await sql<Omit<BatchPerson, 'person'> & { id: string; name: string | null }>`
    select t.owner_id as id, u.name,
      coalesce(sum(t.amount) filter (where t.kind = 'earned'), 0)::text as earned,
      coalesce(sum(t.amount) filter (where t.kind = 'takenBack'), 0)::text as "takenBack",
      coalesce(sum(t.amount) filter (where t.kind = 'adjustment'), 0)::text as adjusted,
      sum(t.amount)::text as amount, count(*)::int as rows
    from commission_row t left join "user" u on u.id = t.owner_id
    where t.batch_id = ${batch} and t.deleted_at is null group by t.owner_id, u.name, u.name_key
    order by u.name_key, t.owner_id`.execute(ctx.db);
  const round = (amount: string) => roundMoney(amount, ctx.currency);
  return rows.map(({ id, name, earned, takenBack, adjusted, amount, rows: count }) => ({
    person: { id, title: name },
    ...{
      earned: round(earned),
      takenBack: round(takenBack),
      adjusted: round(adjusted),
      amount: round(amount),
    },
    rows: count,
  }));
}
