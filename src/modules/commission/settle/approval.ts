import { z } from 'zod';
import {
  type ApprovalSubject,
  type DecidedApproval,
  defineApproval,
} from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Money } from '../../../platform/money/money.shared.ts';
import { settleBatch } from './fill.ts';
import type { Settlement } from './settlement.ts';

/** Whether a batch may be paid. Where the company has made no flow it holds at once. */
export function batchApprovalOf(settlement: Settlement): ApprovalSubject {
  const { batch: type, heads } = settlement;
  const settle =
    (status: string, action: string) =>
    async (ctx: Context, approval: DecidedApproval): Promise<void> => {
      const entity = entityNamed(ctx.registry, type);
      const [row] = await lockRows(ctx, entity, [approval.recordId as string]);
      if (!row) throw notFound(type);
      await settleBatch(ctx, settlement, row, { status }, { action, holder: approval.id });
    };
  return defineApproval({
    name: `${settlement.name}.batch`,
    entity: type,
    variables: [{ name: 'amount', kind: 'decimal' }],
    input: z.strictObject({}),
    async describe(ctx, { recordId }) {
      const batch = await readRecord(ctx, type, recordId as string);
      const total = batch.total as Money | null;
      return {
        title: batch.title,
        lines: [
          { label: `${type}.until`, value: { date: batch.until as string } },
          ...(total ? [{ label: `${type}.total`, value: formatMoney(total) }] : []),
          { label: `${type}.${heads.field}`, value: String(batch[heads.field] ?? 0) },
          { label: `${type}.rowCount`, value: String(batch.rowCount ?? 0) },
        ],
        values: { amount: total?.amount ?? '0' },
      };
    },
    onApproved: settle('approved', 'approved'),
    onRejected: settle('draft', 'rejected'),
    onWithdrawn: settle('draft', 'rejected'),
  });
}
