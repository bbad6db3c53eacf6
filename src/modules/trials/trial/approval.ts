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
import type { Money } from '../../../platform/money/money.shared.ts';
import { handOut, settleTrial } from './states.ts';

/** Something worth more than the company's limit is to go out. Where it has made no flow the superior decides. */
export const trialApproval = defineApproval({
  name: 'trial.out',
  entity: 'trial',
  usual: SUPERIOR_DECIDES,
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const record = await readRecord(ctx, 'trial', recordId as string);
    const customer = record.customer as { id: string };
    return {
      title: record.title,
      lines: [
        { label: 'trial.customer', value: { record: { entity: 'customer', id: customer.id } } },
        { label: 'trial.quantity', value: String(record.quantity) },
        ...(record.value ? [{ label: 'trial.value', value: formatMoney(record.value as Money) }] : []),
        { label: 'trial.workdays', value: String(record.workdays ?? '—') },
      ],
    };
  },
  onApproved: async (ctx, approval) => handOut(ctx, await rowOf(ctx, approval), null, approval.id),
  onRejected: async (ctx, approval) => back(ctx, approval),
  onWithdrawn: async (ctx, approval) => back(ctx, approval),
});

async function rowOf(ctx: Context, approval: DecidedApproval) {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'trial'), [approval.recordId as string]);
  if (!row) throw notFound('trial');
  return row;
}

async function back(ctx: Context, approval: DecidedApproval): Promise<void> {
  const row = await rowOf(ctx, approval);
  await settleTrial(ctx, row, 'draft', { action: 'trialNotOut', holder: approval.id });
}
