import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import { changedFields } from '../../../platform/entity/changed.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** What moves a row with its person, and nobody enters. */
const SYSTEM = new Set(['department']);

/** By hand somebody gives a reason and an amount in the company's currency; what a plan reckoned or a batch holds stays. */
export const rowBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, 'commissionRow');
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'open');
    for (const draft of drafts) {
      const { before, values, problems } = draft;
      if (!before) {
        values.day ??= dayOf(ctx);
        values.kind ??= 'adjustment';
      }
      if (before && !decided && !isLoose(before))
        for (const { name } of changedFields(entity, draft))
          if (!SYSTEM.has(name)) problems.push({ path: name, code: 'commission_row_settled' });
      if (!draftValue(draft, 'owner', 'owner_id')) problems.push({ path: 'owner', code: 'required' });
      const amount = values.amount as MoneyValue | null | undefined;
      if (amount && amount.currency !== ctx.currency)
        problems.push({
          path: 'amount',
          code: 'commission_own_currency',
          params: { currency: ctx.currency },
        });
    }
  },
  beforeDelete(_ctx, rows) {
    if (!rows.every(isLoose)) throw problem('commission_row_settled', { status: 409 });
  },
};

const isLoose = ({ kind, status }: Row) => kind === 'adjustment' && status === 'open';
