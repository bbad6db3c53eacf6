import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';

const SUBJECT_LENGTH = 60;

/** A follow-up happened now unless told otherwise, is named by its first words, and its next date becomes a task. */
export const activityBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const { values, before } of drafts) {
      if (before) continue;
      values.occurredAt ??= ctx.now;
      values.subject ??= firstWords(values.content);
    }
  },
  async afterSave(ctx, drafts) {
    await createNextTasks(
      ctx,
      drafts.filter(({ before, values }) => !before && values.nextDate),
    );
  },
};

const firstWords = (content: unknown) =>
  typeof content === 'string' ? cut(content.trim().split(/\n/)[0] ?? '', SUBJECT_LENGTH) || null : null;

/** The first characters, none of them halved. */
const cut = (text: string, length: number) => [...text].slice(0, length).join('');

/** Who may not make tasks keeps the date alone. */
async function createNextTasks(ctx: Context, drafts: Draft[]): Promise<void> {
  if (drafts.length === 0 || ctx.principal.cause.kind === 'import') return;
  if (!ctx.policies.for('task').can('create')) return;
  const task = entityNamed(ctx.registry, 'task');
  const created = await createDrafts(
    ctx,
    task,
    drafts.map(({ id, values }) => ({
      subject:
        values.nextStep ??
        translate(ctx.registry.words, ctx.principal.language, 'activity.nextTask', {
          subject: cut(String(values.subject ?? ''), SUBJECT_LENGTH),
        }),
      customer: values.customer ?? null,
      contact: (values.contacts as string[] | undefined)?.[0] ?? null,
      dueDate: values.nextDate,
      activity: id,
      owner: values.owner,
    })),
  );
  const problems = created.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems.map((each) => ({ ...each, path: 'nextDate' })));
}
