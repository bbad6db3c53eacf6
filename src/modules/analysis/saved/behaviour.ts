import { compileReport } from '../../../platform/analysis/compile.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { savedDefinition } from './definition.ts';

const LARGEST = 50_000;

/** A report that could not be worked out is not saved. */
export const savedBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) if ('definition' in draft.values) await checkDefinition(ctx, draft);
  },
};

async function checkDefinition(ctx: Context, draft: Draft): Promise<void> {
  const { definition } = draft.values;
  const refuse = (path: string, code: string, params?: Record<string, unknown>) =>
    draft.problems.push({ path, code, ...(params ? { params } : {}) });
  if (JSON.stringify(definition ?? null).length > LARGEST)
    return void refuse('definition', 'too_large', { max: LARGEST });
  const parsed = savedDefinition.safeParse(definition);
  if (!parsed.success) {
    for (const { path } of parsed.error.issues.slice(0, 10))
      refuse(['definition', ...path].join('.'), 'bad_definition');
    return;
  }
  draft.values.definition = parsed.data;
  try {
    await compileReport(ctx, parsed.data.query);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.errors.length === 0) refuse('definition', error.code, error.params);
    for (const each of error.errors) draft.problems.push({ ...each, path: `definition.query.${each.path}` });
  }
}
