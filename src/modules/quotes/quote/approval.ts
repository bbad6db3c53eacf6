import { z } from 'zod';
import {
  type DecidedApproval,
  defineApproval,
  SUPERIOR_DECIDES,
} from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { Exact, type Money } from '../../../platform/money/money.shared.ts';
import { limitFor } from './limit.ts';
import { measuredDiscount } from './measure.ts';
import { type QuoteStatus, settleQuote } from './states.ts';

/** A discount over the limit, or a price below the lowest. Where the company has made no flow the superior decides. */
export const quoteDiscount = defineApproval({
  name: 'quote.discount',
  entity: 'quote',
  variables: [
    { name: 'limit', kind: 'decimal' },
    { name: 'belowMinimum', kind: 'boolean' },
    // As measured, also where the writer sees no list prices and the quote itself says less.
    { name: 'discountRate', kind: 'decimal' },
  ],
  usual: SUPERIOR_DECIDES,
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const record = await readRecord(ctx, 'quote', recordId as string);
    const customer = (record.customer as { id: string }).id;
    const limit = await limitFor(ctx, customer);
    const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'quote'), [record.id]);
    if (!row) throw notFound('quote');
    const hidden = new Exact((await measuredDiscount(ctx, row)).rate);
    const belowMinimum = record.belowMinimum === true;
    return {
      title: record.title,
      lines: [
        { label: 'quote.customer', value: { record: { entity: 'customer', id: customer } } },
        ...(record.total ? [{ label: 'quote.total', value: formatMoney(record.total as Money) }] : []),
        { label: 'quote.discountRate', value: `${record.discountRate ?? 0}%` },
        ...(limit === null ? [] : [{ label: 'approval.quote.discount.limit', value: `${limit}%` }]),
        ...(belowMinimum
          ? [{ label: 'quote.belowMinimum', value: { text: 'approval.quote.discount.below' } }]
          : []),
        ...(record.belowMargin === true
          ? [{ label: 'quote.belowMargin', value: { text: 'approval.quote.discount.margin' } }]
          : []),
        ...(limit !== null && hidden.gt(limit) && hidden.gt((record.discountRate as string | null) ?? 0)
          ? [{ label: 'quote.discountRate', value: { text: 'approval.quote.discount.measured' } }]
          : []),
      ],
      values: {
        limit: limit === null ? null : String(limit),
        belowMinimum,
        discountRate: hidden.toFixed(),
      },
    };
  },
  onApproved: (ctx, approval) => settle(ctx, approval, 'approved'),
  onRejected: (ctx, approval) => settle(ctx, approval, 'draft'),
  onWithdrawn: (ctx, approval) => settle(ctx, approval, 'draft'),
});

async function settle(ctx: Context, approval: DecidedApproval, to: QuoteStatus): Promise<void> {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'quote'), [approval.recordId as string]);
  if (!row) throw notFound('quote');
  const action = to === 'approved' ? 'approved' : 'rejected';
  await settleQuote(ctx, row, to, { action, holder: approval.id });
}
