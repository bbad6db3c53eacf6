import { z } from 'zod';
import { type DecidedApproval, defineApproval } from '../../../platform/approvals/subject.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { followContracts } from './follow.ts';
import { keepVersion } from './versions.ts';

/** A contract, or its amendment, before it comes into force. Those who decide see with whom and for how much. */
export const contractApproval = defineApproval({
  name: 'contract',
  entity: 'contract',
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const record = await readRecord(ctx, 'contract', recordId as string);
    const customer = (record.customer as { id: string }).id;
    return {
      title: record.title,
      lines: [
        { label: 'contract.customer', value: { record: { entity: 'customer', id: customer } } },
        ...(record.total
          ? [{ label: 'contract.total', value: formatMoney(record.total as MoneyValue) }]
          : []),
        ...(record.reason ? [{ label: 'contract.reason', value: record.reason as string }] : []),
      ],
    };
  },
  onApproved: conclude,
  onRejected: putBack,
  onWithdrawn: putBack,
});

async function rowOf(ctx: Context, { recordId }: DecidedApproval) {
  const [row] = await lockRows(ctx, entityNamed(ctx.registry, 'contract'), [recordId as string]);
  if (!row) throw notFound('contract');
  return row;
}

async function conclude(ctx: Context, approval: DecidedApproval): Promise<void> {
  await putInForce(ctx, await rowOf(ctx, approval), approval.id);
}

/** It is in force: its amount counts, and it is kept as it was agreed. `holder` is the approval that kept the locked row. */
export async function putInForce(ctx: Context, row: Row, holder?: string): Promise<void> {
  const values = row.signed_on ? {} : { signedOn: dayOf(ctx) };
  const how = { action: 'conclude', values, ...(holder ? { holder } : {}) };
  await decide(ctx, 'contract', [row], { status: 'effective' }, how);
  const system = asSystem(ctx, 'contract');
  await keepVersion(system, row);
  await followContracts(system, [row.id as string]);
}

async function putBack(ctx: Context, approval: DecidedApproval): Promise<void> {
  const row = await rowOf(ctx, approval);
  const status = row.effective_total === null ? 'draft' : 'amending';
  await decide(ctx, 'contract', [row], { status }, { action: 'sendBack', holder: approval.id });
}
