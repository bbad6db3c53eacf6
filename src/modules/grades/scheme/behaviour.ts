import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue, type Row } from '../../../platform/entity/behaviour.ts';
import { ProblemError, problem } from '../../../platform/errors/problem.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { GRADE_JOB } from '../grade/names.ts';
import { compileRules } from './compile.ts';
import type { SchemeDefinition, SchemeKind } from './definition.shared.ts';
import { definitionInput } from './definition.ts';
import { offerGrades } from './offer.ts';
import { requireReadable } from './readable.ts';

const DECIDING = ['definition', 'kind', 'department', 'period'];

/** Rules that cannot be understood are not saved; those that only wait for a measure are, and say so. */
export const schemeBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts)
      if ('definition' in draft.values || 'kind' in draft.values) await checkRules(ctx, draft);
  },
  async afterSave(ctx, drafts) {
    for (const { id, values, before } of drafts) {
      if (!before?.active || !DECIDING.some((field) => field in values)) continue;
      if (before.main) await offerGrades(ctx, (values.definition ?? before.definition) as SchemeDefinition);
      await addJob(ctx, GRADE_JOB, { id }, { key: id, entity: 'gradeScheme' });
    }
  },
  beforeDelete: (_ctx, rows) => refuseActive(rows),
};

async function checkRules(ctx: Context, draft: Draft): Promise<void> {
  const parsed = definitionInput.safeParse(draftValue(draft, 'definition'));
  if (!parsed.success) {
    for (const issue of parsed.error.issues.slice(0, 20)) {
      const code = (issue as { params?: { code?: string } }).params?.code ?? 'bad_rule';
      draft.problems.push({ path: ['definition', ...issue.path].join('.'), code });
    }
    return;
  }
  const definition = parsed.data as unknown as SchemeDefinition;
  const values = definition.grades.map(({ value }) => value);
  const twice = values.findIndex((value, at) => values.indexOf(value) !== at);
  if (twice >= 0) draft.problems.push({ path: `definition.grades.${twice}.value`, code: 'grade_twice' });
  try {
    await requireReadable(ctx, definition);
    await compileRules(ctx, draftValue(draft, 'kind') as SchemeKind, definition);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // A module that will tell the measure may come later: the scheme can be written, and waits.
    if (error.code === 'measure_missing')
      draft.warnings.push({ path: 'definition', code: error.code, params: error.params });
    else if (error.errors.length === 0)
      draft.problems.push({ path: 'definition', code: error.code, params: error.params });
    else for (const each of error.errors) draft.problems.push(each);
  }
}

function refuseActive(rows: Row[]): void {
  if (rows.some((row) => row.active)) throw problem('scheme_active', { status: 409 });
}
