import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** What was decided on: it stays as it was then. */
const SETTLED = ['customer', 'amount', 'date', 'kind', 'spentBy', 'contacts'];
const isSettled = (status: unknown) => status === 'submitted' || status === 'approved' || status === 'paid';

/** Spending is in the company's currency, somebody's, and stays what was approved. */
export const hospitalityBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts) {
      if (!draft.before && !draftValue(draft, 'spentBy', 'spent_by_id'))
        draft.values.spentBy = ctx.principal.userId;
      const amount = draft.values.amount as MoneyValue | null | undefined;
      if (amount && amount.currency !== ctx.currency)
        draft.problems.push({ path: 'amount', code: 'care_currency', params: { currency: ctx.currency } });
      if (amount && Number(amount.amount) < 0) draft.problems.push({ path: 'amount', code: 'care_amount' });
      if (isSettled(draft.before?.status) && !isDecided(ctx)) refuseSettled(draft);
    }
    takeDecided(ctx, drafts, 'draft');
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => isSettled(status))) throw problem('hospitality_settled', { status: 409 });
  },
};

function refuseSettled(draft: Draft): void {
  for (const path of SETTLED)
    if (path in draft.values) draft.problems.push({ path, code: 'hospitality_settled' });
}
