import type { Behaviour, Row } from '../../../platform/entity/behaviour.ts';
import { changedFields } from '../../../platform/entity/changed.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { beginSums, fillBatch } from './fill.ts';

/** What says which rows it takes in; said once, when it is begun. */
const SELECTS = new Set(['until', 'people', 'departments', 'withNegative']);

/** A new batch takes in what it is meant for; afterwards its commands change it. */
export const batchBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, 'commissionBatch');
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (!draft.before || decided) continue;
      const loose = draft.before.status === 'draft';
      for (const { name } of changedFields(entity, draft))
        if (name !== 'remark' && !(loose && (name === 'name' || SELECTS.has(name))))
          draft.problems.push({ path: name, code: 'commission_batch_settled' });
    }
  },
  async afterSave(ctx, drafts) {
    if (isDecided(ctx)) return;
    const entity = entityNamed(ctx.registry, 'commissionBatch');
    const fresh = drafts.filter(({ before }) => before === null);
    const rows = await lockRows(
      ctx,
      entity,
      fresh.map(({ id }) => id),
    );
    for (const row of rows) {
      await fillBatch(ctx, row);
      await beginSums(ctx, row.id as string);
    }
  },
  beforeDelete: (_ctx, rows) => refuseHolding(rows),
};

function refuseHolding(rows: Row[]): void {
  if (rows.some(({ status, row_count }) => status !== 'undone' && Number(row_count ?? 0) > 0))
    throw problem('commission_batch_holds', { status: 409 });
}
