import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { type QuoteStatus, settleQuote } from './quote/states.ts';

/** How far the quotes of the sample company have come. */
const WAYS: readonly (readonly QuoteStatus[])[] = [
  [],
  ['approved'],
  ['approved', 'sent'],
  ['approved', 'sent', 'confirmed'],
  ['approved', 'sent'],
  ['approved', 'sent', 'declined'],
];

/** Quotes in every state: drafts, some on their way, some confirmed. */
export async function fillQuotes(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const random = chance(20_261_123);
  const { rows: products } = await sql<{ id: string }>`select id from product
    where price is not null and active and bundle = 'none' and deleted_at is null order by id limit 12`.execute(
    ctx.db,
  );
  if (products.length === 0) return;
  for (const [at, customer] of customers.slice(0, 18).entries()) {
    const way = WAYS[at % WAYS.length] as readonly QuoteStatus[];
    const then = daysAgo(ctx, 2 + (at % 9));
    const until = Temporal.PlainDate.from(dayOf(ctx)).add({ days: 1 + at * 2 });
    const lines = Array.from({ length: 1 + (at % 3) }, () => ({
      product: random.pick(products).id,
      quantity: String(1 + (at % 5)),
    }));
    const [quote] = await sampleRecords(then, 'quote', [
      {
        name: `${customer.name} 报价`,
        customer: customer.id,
        contact: customer.contacts[0]?.id ?? null,
        owner: customer.owner,
        date: dayOf(then),
        validUntil: until.toString(),
        terms: '款到发货，含运费。质保一年。',
        lines,
      },
    ]);
    for (const to of way) {
      const [row] = await lockRows(then, entityNamed(ctx.registry, 'quote'), [quote?.id as string]);
      if (row) await settleQuote(then, row, to, { action: 'submit', set: setOf(then, to) });
    }
  }
}

function setOf({ now }: Context, to: QuoteStatus): Record<string, unknown> {
  if (to === 'sent') return { sentAt: now };
  if (to === 'confirmed') return { answeredAt: now, answeredBy: '采购部' };
  return to === 'declined' ? { answeredAt: now, answeredBy: '采购部', answerNote: '预算推到明年' } : {};
}
