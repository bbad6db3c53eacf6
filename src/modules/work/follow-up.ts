import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../platform/context/context.ts';
import { asSystem } from '../../platform/context/context.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { withoutStrangers } from '../../platform/entity/belongs.ts';
import { changeRows, createDrafts, deleteRecord, lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { invalid } from '../../platform/errors/problem.ts';

const text = (max: number) => z.string().trim().min(1).max(max);

/** What comes of a visit or a meeting: tasks, promises, and the next date. */
export const followUpInput = z.strictObject({
  minutes: z.string().max(20_000).nullish(),
  reactions: z.string().max(20_000).nullish(),
  nextStep: z.string().max(200).nullish(),
  nextDate: z.iso.date().nullish(),
  tasks: z
    .array(
      z.strictObject({ subject: text(200), dueDate: z.iso.date().nullish(), owner: z.uuid().optional() }),
    )
    .max(20)
    .default([]),
  promises: z
    .array(
      z.strictObject({
        what: text(300),
        dueDate: z.iso.date().nullish(),
        dueAt: z.iso.datetime({ offset: true }).nullish(),
        withinHours: z.int().min(1).max(8760).nullish(),
        clock: z.enum(['clock', 'business']).default('clock'),
      }),
    )
    .max(20)
    .default([]),
});

export type FollowUp = z.output<typeof followUpInput>;

interface Held {
  kind: 'visit' | 'meeting' | 'call';
  subject: string;
  content: string;
  occurredAt: string;
  place?: string | null;
}

/**
 * Writes a visit, meeting or call down as a follow-up, once: that is what stands on the timeline and counts as contact. Its
 * tasks and promises name where they come from.
 * @returns id of the follow-up
 */
export async function writeDown(ctx: Context, row: Row, held: Held, input: FollowUp): Promise<string> {
  const contacts = (row.contact_ids as string[] | undefined) ?? [row.contact_id ?? []].flat();
  const base = { customer: row.customer_id, contact: contacts[0] ?? null };
  const people = await withoutStrangers(ctx, 'activity', { customer: row.customer_id, contacts });
  const [activity] = await made(ctx, 'activity', '', [
    {
      ...held,
      ...people,
      ...(input.nextDate ? { nextDate: input.nextDate } : {}),
      ...(input.nextStep ? { nextStep: input.nextStep } : {}),
    },
  ]);
  const id = activity as string;
  await made(
    ctx,
    'task',
    'tasks',
    input.tasks.map((task) => ({ ...base, ...task, activity: id })),
  );
  const source = held.kind === 'call' ? {} : { [held.kind]: row.id };
  const on = held.kind === 'call' ? 'call_back_id' : `${held.kind}_id`;
  const files = [...(await filesOn(ctx, on, row.id as string)), ...[row.photo_id ?? []].flat()] as string[];
  await hangFiles(ctx, files, id);
  await made(
    ctx,
    'promise',
    'promises',
    input.promises.map((promise) => ({ ...base, ...promise, ...source, activity: id })),
  );
  return id;
}

async function made(ctx: Context, type: string, path: string, values: Record<string, unknown>[]) {
  if (values.length === 0) return [];
  const drafts = await createDrafts(ctx, entityNamed(ctx.registry, type), values);
  const problems = drafts.flatMap((draft, at) =>
    draft.problems.map((each) => ({ ...each, path: path ? `${path}.${at}.${each.path}` : each.path })),
  );
  if (problems.length) throw invalid(problems);
  return drafts.map(({ id }) => id);
}

/** Attachments by a column of theirs. */
async function filesOn(ctx: Context, column: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from attachment
    where ${sql.ref(column)} = ${id} and deleted_at is null`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** What was recorded at a visit, meeting or call is shown with the follow-up it became, or by itself again. */
async function hangFiles(ctx: Context, files: string[], activity: string | null): Promise<void> {
  if (files.length === 0) return;
  const system = asSystem(ctx, 'the files of a follow-up');
  const attachment = entityNamed(ctx.registry, 'attachment');
  const rows = await lockRows(system, attachment, [...new Set(files)]);
  await changeRows(
    system,
    attachment,
    rows.map((row) => ({ row, values: { activity } })),
  );
}

/** Takes the follow-up back that a visit, meeting or call was written down as; without one nothing happens. */
export async function takeBack(ctx: Context, row: Row): Promise<void> {
  if (!row.activity_id) return;
  await hangFiles(ctx, await filesOn(ctx, 'activity_id', row.activity_id as string), null);
  const system = asSystem(ctx, 'taken back');
  const id = row.activity_id as string;
  // Somebody may have deleted it himself.
  const [there] = await lockRows(system, entityNamed(ctx.registry, 'activity'), [id]);
  if (there) await deleteRecord(system, 'activity', id, null);
}
