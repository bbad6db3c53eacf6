import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { settleLead } from './states.ts';

/** Whoever writes down a call or a message to a lead has taken it up; a note about it is no answer. */
export const followUpAnswers: Behaviour = {
  afterSave: (ctx, drafts) =>
    answered(
      ctx,
      drafts.filter(({ before, values }) => !before && values.lead && values.kind !== 'note'),
    ),
};

async function answered(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const ids = [...new Set(drafts.map(({ values }) => values.lead as string))];
  const system = asSystem(ctx, 'followed up');
  for (const row of await lockRows(system, entityNamed(ctx.registry, 'lead'), ids))
    if (row.status === 'new')
      await settleLead(system, row, 'working', { action: 'start', set: { respondedAt: ctx.now } });
}
