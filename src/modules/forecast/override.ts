import { z } from 'zod';
import { defineCommand } from '../../platform/command/command.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import { decide, takeDecided } from '../../platform/entity/decided.ts';
import { invalid } from '../../platform/errors/problem.ts';

const category = z.enum(['commit', 'best', 'pipeline', 'omitted']);

/** A superior's word on how surely business is counted on, with his reason; the owner's word stays beside it. */
export const judgeForecast = defineCommand({
  name: 'judge-forecast',
  entity: 'opportunity',
  on: 'many',
  action: 'transfer',
  summary:
    'Say as a superior how surely opportunities are counted on in the forecast; without a category take that back',
  input: z.strictObject({ category: category.nullable(), reason: z.string().trim().max(300).nullish() }),
  async run(ctx, { rows, input }) {
    if (input.category && !input.reason) throw invalid([{ path: 'reason', code: 'required' }]);
    await decide(
      ctx,
      'opportunity',
      rows,
      { managerCategory: input.category, managerCategoryReason: input.category ? input.reason : null },
      { action: 'judgeForecast' },
    );
    return { done: rows.length };
  },
});

/** Enters what the command decided. */
export const judgedForecast: Behaviour = {
  prepare: (ctx, drafts) => takeDecided(ctx, drafts),
};
