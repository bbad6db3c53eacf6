import { z } from 'zod';
import { type DecidedApproval, defineApproval } from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Money } from '../../../platform/money/money.shared.ts';
import { settleBatch } from './fill.ts';

/** Whether a batch may be paid. Where the company has made no flow it holds at once. */
export const batchApproval = defineApproval({
  name: 'commission.batch',
  entity: 'commissionBatch',
  variables: [{ name: 'amount', kind: 'decimal' }],
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const batch = await readRecord(ctx, 'commissionBatch', recordId as string);
    const total = batch.total as Money | null;
    return {
      title: batch.title,
      lines: [
        { label: 'commissionBatch.until', value: { date: batch.until as string } },
        ...(total ? [{ label: 'commissionBatch.total', value: formatMoney(total) }] : []),
        { label: 'commissionBatch.peopleCount', value: String(batch.peopleCount ?? 0) },
        { label: 'commissionBatch.rowCount', value: String(batch.rowCount ?? 0) },
      ],
      values: { amount: total?.amount ?? '0' },
    };
  },
  onApproved: (ctx, approval) => settle(ctx, approval, 'approved', 'approved'),
  onRejected: (ctx, approval) => settle(ctx, approval, 'draft', 'rejected'),
  onWithdrawn: (ctx, approval) => settle(ctx, approval, 'draft', 'rejected'),
});

async function settle(
  ctx: Context,
  approval: DecidedApproval,
  status: string,
  action: string,
): Promise<void> {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'commissionBatch'), [
    approval.recordId as string,
  ]);
  if (!row) throw notFound('commissionBatch');
  await settleBatch(ctx, row, { status }, { action, holder: approval.id });
}
