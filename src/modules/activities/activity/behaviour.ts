import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { metresBetween } from '../../../platform/place/distance.ts';

const SUBJECT_LENGTH = 60;

/** A follow-up happened now unless told otherwise, is named by its first words, and its next date becomes a task. */
export const activityBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const { values, before } of drafts) {
      if (before) continue;
      values.occurredAt ??= ctx.now;
      values.subject ??= firstWords(values.content);
    }
    await measureDistances(
      ctx,
      drafts.filter(({ before }) => !before),
    );
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

/** How far from the customer's place the device was: for whoever may know that place. */
async function measureDistances(ctx: Context, drafts: Draft[]): Promise<void> {
  for (const { values, problems } of drafts) {
    const half = (values.latitude == null) !== (values.longitude == null);
    if (half)
      problems.push({ path: values.latitude == null ? 'latitude' : 'longitude', code: 'place_incomplete' });
  }
  const located = drafts.filter(
    ({ values }) => values.customer && values.latitude != null && values.longitude != null,
  );
  const { sees } = ctx.policies.for('customer');
  if (located.length === 0 || !sees('latitude') || !sees('longitude')) return;
  const ids = [...new Set(located.map(({ values }) => values.customer as string))];
  const { rows } = await sql<{ id: string; latitude: string; longitude: string }>`
    select id, latitude, longitude from customer
    where id = any(${ids}::uuid[]) and latitude is not null and longitude is not null`.execute(ctx.db);
  const places = new Map(rows.map((row) => [row.id, degrees(row)]));
  for (const { values } of located) {
    const place = places.get(values.customer as string);
    if (place) values.distance = Math.round(metresBetween(degrees(values), place));
  }
}

const degrees = ({ latitude, longitude }: { latitude?: unknown; longitude?: unknown }) => ({
  latitude: Number(latitude),
  longitude: Number(longitude),
});

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
