import { z } from 'zod';
import { defineApproval } from '../../../platform/approvals/subject.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { moneyInput } from '../../../platform/entity/schema.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';

/** Whatever else somebody wants agreed about a customer: longer credit, a price out of the rule. The decision is what follows. */
export const customerRequest = defineApproval({
  name: 'customer.request',
  entity: 'customer',
  open: true,
  leavesFree: true,
  variables: [
    { name: 'matter', kind: 'longText', asked: 'required' },
    { name: 'amount', kind: 'money', asked: 'optional' },
  ],
  input: z.strictObject({ matter: z.string().trim().min(1).max(2000), amount: moneyInput.nullish() }),
  async describe(ctx, { recordId, input: { matter, amount } }) {
    const { title } = await readRecord(ctx, 'customer', recordId as string);
    return {
      title,
      lines: [
        { label: 'approval.customer.request.matter', value: matter },
        ...(amount ? [{ label: 'approval.customer.request.amount', value: formatMoney(amount) }] : []),
      ],
      values: { matter, amount: amount?.amount ?? null },
    };
  },
  onApproved: async () => {},
});
