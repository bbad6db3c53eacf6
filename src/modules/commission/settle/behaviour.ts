import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { changedFields } from '../../../platform/entity/changed.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { beginSums, fillBatch } from './fill.ts';
import type { Settlement } from './settlement.ts';

/** A new batch takes in what it is meant for; afterwards its commands change it. */
export const batchBehaviourOf = (
  settlement: Settlement,
): Required<Pick<Behaviour, 'prepare' | 'afterSave' | 'beforeDelete'>> => ({
  prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, settlement.batch);
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      nameAfterMonth(ctx, settlement, draft);
      if (!draft.before || decided) continue;
      const loose = draft.before.status === 'draft';
      for (const { name } of changedFields(entity, draft))
        if (name !== 'remark' && !(loose && (name === 'name' || settlement.selects.has(name))))
          draft.problems.push({ path: name, code: 'commission_batch_settled' });
    }
  },
  async afterSave(ctx, drafts) {
    if (isDecided(ctx)) return;
    const fresh = drafts.filter(({ before }) => before === null).map(({ id }) => id);
    for (const row of await lockRows(ctx, entityNamed(ctx.registry, settlement.batch), fresh)) {
      await fillBatch(ctx, settlement, row);
      await beginSums(ctx, settlement, row);
    }
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status, row_count }) => status !== 'undone' && Number(row_count ?? 0) > 0))
      throw problem('commission_batch_holds', { status: 409 });
  },
});

function nameAfterMonth(ctx: Context, { name }: Settlement, draft: Draft): void {
  const until = draftValue(draft, 'until') as string | null;
  if (!until || draftValue(draft, 'name')) return;
  const params = { month: until.slice(0, 7) };
  draft.values.name = translate(ctx.registry.words, ctx.principal.language, `${name}.batchName`, params);
}
