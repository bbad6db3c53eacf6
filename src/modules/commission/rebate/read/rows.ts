import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import { titlesOf, type Wanted, want } from '../../../../platform/entity/titles.ts';
import { roundMoney } from '../../../../platform/money/money.shared.ts';
import type { How } from '../reckon/how.shared.ts';
import { countedText } from './progress.ts';
import { howWords } from './words.ts';

/** A movement of rebates as people read it. */
export interface RebateRow {
  id: string;
  agreement: { id: string; title: string };
  customer: { id: string; title: string | null };
  currency: string;
  period: string;
  day: string;
  kind: 'accrued' | 'takenBack' | 'adjustment';
  status: 'open' | 'inBatch' | 'paid';
  name: string;
  /** The order or contract; its name is told only to whoever sees it. */
  deal: { entity: string; id: string } | null;
  base: string;
  amount: string;
  words: string;
}

interface Stored extends Pick<RebateRow, 'id' | 'currency' | 'period' | 'day' | 'kind' | 'status'> {
  agreement: string;
  title: string;
  customer: string;
  name: string;
  holder: 'order' | 'contract' | null;
  deal: string | null;
  measure: How['measure'];
  base: string;
  amount: string;
  how: How | null;
}

/** Most movements of one answer. */
export const MOST = 2000;

/** Movements `r` of agreements `a`, newest first; who may see them has been asked. */
export async function readMoves(
  ctx: Context,
  which: RawBuilder<unknown>,
  limit = MOST,
): Promise<RebateRow[]> {
  const { rows } =
    await sql<Stored>`select r.id, a.id as agreement, a.name as title, a.customer_id as customer, a.currency,
      a.measure, r.period::text, r.day::text, r.kind, r.status, r.name, r.holder, r.deal_id as deal, r.base::text,
      r.amount::text, r.how
    from rebate_row r join rebate_agreement a on a.id = r.agreement_id where ${which}
    order by r.day desc, r.id desc limit ${limit}`.execute(ctx.db);
  const wanted: Wanted = new Map();
  for (const { customer, holder, deal } of rows) {
    want(wanted, 'customer', customer);
    if (holder && deal) want(wanted, holder, deal);
  }
  const titles = await titlesOf(ctx, wanted);
  return rows.map((row): RebateRow => {
    const { id, currency, period, day, kind, status, holder, deal, measure } = row;
    const seen = deal === null || titles.has(deal);
    return {
      ...{ id, currency, period, day, kind, status },
      agreement: { id: row.agreement, title: row.title },
      customer: { id: row.customer, title: titles.get(row.customer) ?? null },
      name: seen ? row.name : '',
      deal: holder && deal && seen ? { entity: holder, id: deal } : null,
      base: countedText(row.base, { measure, currency }),
      amount: roundMoney(row.amount, currency),
      words: howWords(ctx, row.how, row.base, currency),
    };
  });
}
