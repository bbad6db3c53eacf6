import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { salesBehaviour } from '../../documents/public.ts';
import { fillOpen, keepAgreed } from '../agreed.ts';
import { inForce, isShort } from '../delivery/amounts.ts';
import { orderedLines } from '../delivery/lines.ts';
import { planInstalments } from '../instalment/behaviour.ts';
import { requireNothingGoing } from './going.ts';

/** An order adds up; it is paid by its own instalments only where no contract has some. */
export const orderBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    keepAgreed(ctx, 'order', drafts, ['draft']);
    takeDecided(ctx, drafts, 'draft');
    await salesBehaviour.prepare?.(ctx, drafts);
    await fillOpen(ctx, drafts);
    if (isDecided(ctx)) await countGoods(ctx, drafts);
    for (const draft of drafts) {
      if (draftValue(draft, 'contract', 'contract_id') && draft.parts?.instalments?.length)
        draft.problems.push({ path: 'instalments', code: 'instalments_on_contract' });
      planInstalments(ctx, draft, draftValue(draft, 'date') as string | null);
    }
  },
  async beforeDelete(ctx, rows) {
    await requireNothingGoing(
      ctx,
      rows.map(({ id }) => id as string),
    );
  },
};

/** How far each line has come and what it comes to; what brings it about is a command, never the order's form. */
async function countGoods(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const stored = drafts.filter(({ before }) => before !== null).map(({ id }) => id);
  const lines = Map.groupBy(await orderedLines(ctx, stored), ({ order }) => order);
  for (const draft of drafts) {
    const own = lines.get(draft.id) ?? [];
    const status = draftValue(draft, 'status') as string;
    const binds = status !== 'draft' && status !== 'cancelled';
    for (const row of draft.parts?.lines ?? []) {
      const line = own.find(({ id }) => id === row.id);
      if (!line) continue;
      const amounts = binds
        ? inForce([line], isShort(status, own), line.currency)
        : { effectiveTotal: null, effectiveNet: null };
      Object.assign(row.values, {
        delivered: line.delivered,
        returned: line.returned,
        effectiveGross: amounts.effectiveTotal,
        effectiveNet: amounts.effectiveNet,
      });
    }
  }
}
