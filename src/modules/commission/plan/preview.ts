import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf, type Wanted, want } from '../../../platform/entity/titles.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { allocateMoney } from '../../../platform/money/money.shared.ts';
import { type Holder, readDeal } from '../reckon/deal.ts';
import { sharesFor } from '../reckon/reckon.ts';
import { partsOf, rateAt, worthOf } from '../reckon/tiers.shared.ts';
import { baseOf } from '../reckon/value.ts';
import type { How } from '../row/how.shared.ts';
import { namesOf } from '../row/read.ts';
import { howWords } from '../row/words.ts';
import type { PlanDefinition } from './definition.shared.ts';

/** What a plan would make of a receipt, each person alone and with nothing reached before. */
export interface PreviewLine {
  name: string;
  person: { id: string; title: string | null };
  base: string;
  amount: string;
  words: string;
}

/** Tries rules on a receipt that came in. */
export async function previewPlan(
  ctx: Context,
  definition: PlanDefinition,
  receipt: string,
): Promise<{ currency: string; lines: PreviewLine[] }> {
  await readRecord(ctx, 'receipt', receipt);
  const { rows } = await sql<{
    holder: Holder;
    id: string;
  }>`select distinct e.account as holder, e.account_id as id
    from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.account in ('order', 'contract')
    where p.source = ${receipt} and p.book = 'receivable' order by id limit 20`.execute(ctx.db);
  const lines: PreviewLine[] = [];
  const wanted: Wanted = new Map();
  for (const { holder, id } of rows) want(wanted, holder, id);
  const titles = await titlesOf(ctx, wanted);
  for (const { holder, id } of rows) {
    const deal = await readDeal(ctx, holder, id);
    if (!deal) throw notFound(holder);
    for (const allocation of deal.allocations.filter((each) => each.receipt === receipt)) {
      const value = baseOf(deal, definition, allocation, ctx.currency);
      const shares = sharesFor(deal, allocation);
      const names = await namesOf(
        ctx,
        shares.map(({ person }) => person),
      );
      const weights = shares.map(({ percent }) => percent);
      const parts = shares.length
        ? allocateMoney({ amount: value.base, currency: ctx.currency }, weights)
        : [];
      for (const [at, { person, percent }] of shares.entries()) {
        const base = parts[at]?.amount ?? '0';
        const how: How = {
          ...{ base: definition.base, mode: definition.mode, before: '0', after: base, percent },
          ...{ received: value.received, ratio: value.ratio, factor: value.factor, refused: value.refused },
          parts: partsOf(definition.tiers, '0', base),
          rate: rateAt(definition.tiers, base),
          capped: false,
        };
        lines.push({
          name: titles.has(id) ? deal.name : '',
          person: { id: person, title: names.get(person) ?? null },
          base,
          amount: worthOf(definition, base, ctx.currency),
          words: howWords(ctx, how, base, names),
        });
      }
    }
  }
  return { currency: ctx.currency, lines };
}
