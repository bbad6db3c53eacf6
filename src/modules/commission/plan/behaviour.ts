import { type Behaviour, type Draft, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import { changedFields } from '../../../platform/entity/changed.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { FIRST_DEFINITION, planDefinition } from './definition.ts';

/** What stays open once a plan is in force. */
const STAYS_OPEN = new Set(['name', 'remark']);

/** A plan's rules are complete, and those in force stay as they are: what was earned by them can be read in them. */
export const planBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, 'commissionPlan');
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (!draft.before || draft.values.definition === null) draft.values.definition ??= FIRST_DEFINITION;
      if (draft.before && draft.before.status !== 'draft' && !decided)
        for (const { name } of changedFields(entity, draft))
          if (!STAYS_OPEN.has(name)) draft.problems.push({ path: name, code: 'commission_plan_in_force' });
      checkRules(draft);
      checkDays(draft);
    }
  },
  beforeDelete: (_ctx, rows) => refuseUsed(rows),
};

function checkRules(draft: Draft): void {
  if (!('definition' in draft.values)) return;
  const parsed = planDefinition.safeParse(draft.values.definition);
  if (parsed.success) return;
  for (const issue of parsed.error.issues.slice(0, 20)) {
    const code = (issue as { params?: { code?: string } }).params?.code ?? 'bad_format';
    draft.problems.push({ path: ['definition', ...issue.path].join('.'), code });
  }
}

function checkDays(draft: Draft): void {
  const [from, to] = [draftValue(draft, 'validFrom', 'valid_from'), draftValue(draft, 'validTo', 'valid_to')];
  if (typeof from === 'string' && typeof to === 'string' && to < from)
    draft.problems.push({ path: 'validTo', code: 'ends_before_start' });
}

function refuseUsed(rows: Row[]): void {
  if (rows.some((row) => row.status !== 'draft')) throw problem('commission_plan_in_force', { status: 409 });
}
