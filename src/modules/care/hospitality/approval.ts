import { sql } from 'kysely';
import { z } from 'zod';
import {
  type DecidedApproval,
  defineApproval,
  SUPERIOR_DECIDES,
} from '../../../platform/approvals/subject.ts';
import type { Context } from '../../../platform/context/context.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import { Exact, type Money } from '../../../platform/money/money.shared.ts';
import { budgetsOf, COUNTED } from './budget.ts';
import { quarterOf, shareOf } from './cap.ts';

/** Spending over a customer's cap; where the company has made no flow the superior decides. Those who decide see what the cap is and what of it is used. */
export const overCap = defineApproval({
  name: 'hospitality.over',
  entity: 'hospitality',
  variables: [
    { name: 'share', kind: 'decimal' },
    { name: 'basis', kind: 'choice', options: ['sales', 'allowance'] },
  ],
  usual: SUPERIOR_DECIDES,
  input: z.strictObject({}),
  async describe(ctx, { recordId }) {
    const record = await readRecord(ctx, 'hospitality', recordId as string);
    const customer = (record.customer as { id: string }).id;
    const budget = (await budgetsOf(ctx, [customer], quarterOf(String(record.date)))).get(customer);
    if (!budget) throw notFound('customer');
    const { rows } = await sql<{ own: string; counted: boolean }>`select amount_base::text as own,
        status = any(${COUNTED}::text[]) as counted from hospitality where id = ${recordId}`.execute(ctx.db);
    const own = new Exact(rows[0]?.own ?? '0');
    // What is asked for counts as spent while it is decided; whoever decides wants to know what was spent besides.
    const besides = rows[0]?.counted ? new Exact(budget.used).minus(own) : new Exact(budget.used);
    const written = (amount: string) => formatMoney({ amount, currency: ctx.currency });
    return {
      title: record.title,
      lines: [
        { label: 'hospitality.customer', value: { record: { entity: 'customer', id: customer } } },
        { label: 'hospitality.amount', value: formatMoney(record.amount as Money) },
        { label: 'approval.hospitality.over.cap', value: written(budget.cap) },
        { label: 'approval.hospitality.over.used', value: written(besides.toFixed()) },
        {
          label: 'approval.hospitality.over.basis',
          value: { text: `approval.hospitality.over.basis.${budget.basis}` },
        },
      ],
      values: { share: shareOf(besides.plus(own).toFixed(), budget.cap), basis: budget.basis },
    };
  },
  onApproved: (ctx, approval) => settle(ctx, approval, 'approved'),
  onRejected: (ctx, approval) => settle(ctx, approval, 'rejected'),
  onWithdrawn: (ctx, approval) => settle(ctx, approval, 'draft'),
});

async function settle(ctx: Context, approval: DecidedApproval, status: string): Promise<void> {
  const entity = entityNamed(ctx.registry, 'hospitality');
  const rows = await lockRows(ctx, entity, [approval.recordId as string]);
  if (rows.length === 0) throw notFound('hospitality');
  const decidedAt = status === 'draft' ? null : ctx.now;
  await decide(ctx, 'hospitality', rows, { status, decidedAt }, { action: status, holder: approval.id });
}
