import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { documentBehaviour } from '../../documents/public.ts';
import { fillOpen, keepAgreed } from '../agreed.ts';
import { planInstalments } from '../instalment/behaviour.ts';

/** An order adds up; it is paid by its own instalments only where no contract has some. */
export const orderBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    keepAgreed(ctx, 'order', drafts, ['draft']);
    takeDecided(ctx, drafts, 'draft');
    await documentBehaviour.prepare?.(ctx, drafts);
    await fillOpen(ctx, drafts);
    for (const draft of drafts) {
      if (draftValue(draft, 'contract', 'contract_id') && draft.parts?.instalments?.length)
        draft.problems.push({ path: 'instalments', code: 'instalments_on_contract' });
      planInstalments(ctx, draft, draftValue(draft, 'date') as string | null);
    }
  },
};
