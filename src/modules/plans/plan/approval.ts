import { z } from 'zod';
import {
  type DecidedApproval,
  defineApproval,
  SUPERIOR_DECIDES,
} from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Money } from '../../../platform/money/money.shared.ts';
import { putInForce, settlePlan } from './states.ts';

/** Whether a plan is to hold. Where the company has made no flow the superior decides. */
export const planApproval = defineApproval({
  name: 'salesPlan.force',
  entity: 'salesPlan',
  variables: [{ name: 'planned', kind: 'decimal' }],
  usual: SUPERIOR_DECIDES,
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const plan = await readRecord(ctx, 'salesPlan', recordId as string);
    const amount = plan.amount as Money | null;
    return {
      title: plan.title,
      lines: [
        { label: 'salesPlan.year', value: String(plan.year) },
        { label: 'salesPlan.edition', value: String(plan.edition ?? 1) },
        ...(amount ? [{ label: 'salesPlan.amount', value: formatMoney(amount) }] : []),
        ...(plan.quantity ? [{ label: 'salesPlan.quantity', value: String(plan.quantity) }] : []),
      ],
      values: { planned: amount?.amount ?? '0' },
    };
  },
  async onApproved(ctx, approval) {
    await putInForce(ctx, await planOf(ctx, approval), approval.id);
  },
  onRejected: takeBack,
  onWithdrawn: takeBack,
});

async function takeBack(ctx: Context, approval: DecidedApproval): Promise<void> {
  await settlePlan(ctx, await planOf(ctx, approval), 'draft', { action: 'rejected', holder: approval.id });
}

async function planOf(ctx: Context, { recordId }: DecidedApproval): Promise<Row> {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'salesPlan'), [recordId as string]);
  if (!row) throw notFound('salesPlan');
  return row;
}
