import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';

/** A rule has a condition that can be understood; one without people is warned of: nobody gets what it takes. */
export const routeBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      const given = (name: string, column: string) =>
        ((draftValue(draft, name, column) as string[] | null) ?? []).length > 0;
      if (!given('members', 'member_ids') && !given('memberDepartments', 'member_department_ids'))
        draft.warnings.push({ path: 'members', code: 'lead_route_nobody' });
      await checkCondition(ctx, draft);
    }
  },
};

/** Whether the condition of a rule over leads can be understood, with its author’s rights. */
export async function checkCondition(ctx: Context, { values, problems }: Draft): Promise<void> {
  if (!values.condition) return;
  try {
    await compileFilter(values.condition, { ctx, policy: ctx.policies.for('lead') });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const { path, code, params } of error.errors)
      problems.push({ path: path.replace(/^filter/, 'condition'), code, ...(params ? { params } : {}) });
  }
}
