import { sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import { titlesOf } from '../../../../platform/entity/titles.ts';
import { roundMoney } from '../../../../platform/money/money.shared.ts';

/** What a batch gives by one agreement. */
export interface BatchAgreement {
  agreement: { id: string; title: string };
  customer: { id: string; title: string | null };
  way: 'credit' | 'payout';
  earned: string;
  takenBack: string;
  adjusted: string;
  amount: string;
  rows: number;
}

type Stored = Omit<BatchAgreement, 'agreement' | 'customer'> & { id: string; name: string; customer: string };

/** All agreements in a batch, by name; whether the caller may read it has been asked. */
export async function agreementsIn(ctx: Context, batch: string, currency: string): Promise<BatchAgreement[]> {
  const { rows } = await sql<Stored>`select a.id, a.name, a.customer_id as customer, a.way,
      coalesce(sum(r.amount) filter (where r.kind = 'accrued'), 0)::text as earned,
      coalesce(sum(r.amount) filter (where r.kind = 'takenBack'), 0)::text as "takenBack",
      coalesce(sum(r.amount) filter (where r.kind = 'adjustment'), 0)::text as adjusted,
      sum(r.amount)::text as amount, count(*)::int as rows
    from rebate_row r join rebate_agreement a on a.id = r.agreement_id
    where r.batch_id = ${batch} group by a.id order by a.name, a.id`.execute(ctx.db);
  const titles = await titlesOf(ctx, new Map([['customer', new Set(rows.map(({ customer }) => customer))]]));
  const round = (amount: string) => roundMoney(amount, currency);
  return rows.map(({ id, name, customer, earned, takenBack, adjusted, amount, ...row }) => ({
    ...row,
    agreement: { id, title: name },
    customer: { id: customer, title: titles.get(customer) ?? null },
    ...{ earned: round(earned), takenBack: round(takenBack) },
    ...{ adjusted: round(adjusted), amount: round(amount) },
  }));
}
