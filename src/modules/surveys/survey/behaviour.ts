import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { partsChange } from '../../../platform/entity/parts/check.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { hasChoices, MOST_MARKS, optionsOf, type Question, type QuestionKind } from './question.shared.ts';

/** A survey asks what can be answered; once somebody has answered it asks the same of everybody. */
export const surveyBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (!draft.before) draft.values.key = randomBytes(9).toString('base64url');
      const [opens, closes] = [
        draftValue(draft, 'opensOn', 'opens_on') as string | null,
        draftValue(draft, 'closesOn', 'closes_on') as string | null,
      ];
      if (opens && closes && closes < opens)
        draft.problems.push({ path: 'closesOn', code: 'survey_closes_before_it_opens' });
      // Who was promised that nobody knows him stays unknown.
      const { before, values } = draft;
      if (before && before.status !== 'draft' && (values.anonymous ?? before.anonymous) !== before.anonymous)
        draft.problems.push({ path: 'anonymous', code: 'survey_anonymous_stands' });
      checkQuestions(draft);
    }
    await refuseAnswered(ctx, drafts);
  },
  async beforeDelete(ctx, rows) {
    const answered = await answeredOf(
      ctx,
      rows.map(({ id }) => id as string),
    );
    if (answered.size) throw problem('survey_has_answers', { status: 409 });
  },
};

/** The rows of a draft as questions, as far as they are filled in. */
export const questionsOf = (rows: readonly Draft[]): Question[] =>
  rows.map((row) => ({
    id: row.id,
    text: (draftValue(row, 'text') as string | null) ?? '',
    kind: draftValue(row, 'kind') as QuestionKind,
    mandatory: draftValue(row, 'mandatory') === true,
    choices: (draftValue(row, 'choices') as string[] | null) ?? [],
    lowest: draftValue(row, 'lowest') as number | null,
    highest: draftValue(row, 'highest') as number | null,
    onlyAfter: draftValue(row, 'onlyAfter', 'only_after') as number | null,
    onlyFor: (draftValue(row, 'onlyFor', 'only_for') as string[] | null) ?? [],
    textEnglish: draftValue(row, 'textEnglish', 'text_english') as string | null,
    choicesEnglish: (draftValue(row, 'choicesEnglish', 'choices_english') as string[] | null) ?? [],
  }));

function checkQuestions(draft: Draft): void {
  const rows = draft.parts?.questions ?? [];
  const questions = questionsOf(rows);
  for (const [at, question] of questions.entries()) {
    const tell = (path: string, code: string, params: Record<string, string | number> = {}) =>
      rows[at]?.problems.push({ path, code, params });
    const { kind, choices, choicesEnglish, lowest, highest, onlyAfter, onlyFor } = question;
    if (hasChoices(kind) && choices.length < 2) tell('choices', 'survey_choices_missing');
    // The two words a scale may have name its ends.
    if (kind === 'scale' && choices.length !== 0 && choices.length !== 2)
      tell('choices', 'survey_scale_ends');
    if (choicesEnglish.length && choicesEnglish.length !== choices.length)
      tell('choicesEnglish', 'survey_choices_english', { count: choices.length });
    if (kind === 'scale' && !isScale(lowest ?? 1, highest ?? 5))
      tell('highest', 'survey_scale', { count: MOST_MARKS });
    if (kind === 'number' && lowest !== null && highest !== null && highest < lowest)
      tell('highest', 'survey_bounds');
    if (onlyAfter === null) continue;
    const earlier = onlyAfter <= at ? questions[onlyAfter - 1] : undefined;
    const options = earlier ? optionsOf(earlier) : [];
    if (options.length === 0) tell('onlyAfter', 'survey_only_after');
    else if (onlyFor.length === 0) tell('onlyFor', 'required');
    else if (onlyFor.some((value) => !options.includes(value)))
      tell('onlyFor', 'survey_only_for', { options: options.join('、') });
  }
}

const isScale = (from: number, to: number) => to > from && to - from < MOST_MARKS;

/** What was asked stays as it was asked. */
async function refuseAnswered(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const entity = entityNamed(ctx.registry, 'survey');
  const touched = drafts.filter((draft) => draft.before && partsChange(entity, draft));
  if (touched.length === 0) return;
  const answered = await answeredOf(
    ctx,
    touched.map(({ id }) => id),
  );
  for (const draft of touched)
    if (answered.has(draft.id)) draft.problems.push({ path: 'questions', code: 'survey_has_answers' });
}

async function answeredOf(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select o.id from unnest(${[...ids]}::uuid[]) o(id)
    where exists (select from survey_sheet s where s.survey_id = o.id)
      or exists (select from survey_answer a where a.survey_id = o.id and a.deleted_at is null)`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ id }) => id));
}
