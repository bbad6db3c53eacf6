import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { targetsOf } from './targets.ts';

export type EnrolField = 'lead' | 'opportunity' | 'contact' | 'customer';

/** Of these ids those that are not in the sequence already. */
async function notYet(ctx: Context, sequence: string, ids: readonly string[]): Promise<string[]> {
  // Two that begin the same sequence take turns.
  await sql`select from sequence where id = ${sequence} for no key update`.execute(ctx.db);
  const { rows } = await sql<{ id: string }>`select t.id from unnest(${[...ids]}::uuid[]) t(id)
    where not exists (select from sequence_run r where r.live_key = ${sequence}::text || ':' || t.id and r.deleted_at is null)
    order by t.id`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Runs belong to whoever looks after what they are about. */
async function valuesFor(ctx: Context, sequence: string, field: EnrolField, ids: readonly string[]) {
  const targets = await targetsOf(ctx, ids);
  return ids.map((id) => {
    const owner = targets.get(id)?.owner;
    return { sequence, [field]: id, ...(owner ? { owner } : {}) };
  });
}

/** Lets the chosen begin a sequence; who is in it already is passed over. One that cannot begin is refused, of many passed over. */
async function enrol(ctx: Context, sequence: string, field: EnrolField, ids: readonly string[]) {
  const fresh = await notYet(ctx, sequence, ids);
  const drafts = await createDrafts(
    ctx,
    entityNamed(ctx.registry, 'sequenceRun'),
    await valuesFor(ctx, sequence, field, fresh),
  );
  const problems = drafts.flatMap((draft) => draft.problems);
  const done = drafts.filter((draft) => draft.problems.length === 0).length;
  if (problems.length && (ids.length === 1 || done === 0)) throw invalid(problems);
  return { done, left: ids.length - done };
}

/** Lets what a rule found begin, each occasion once. In the product's own name. */
export async function enrolByRule(
  ctx: Context,
  sequence: string,
  field: EnrolField,
  found: readonly { id: string; occasion: string }[],
): Promise<number> {
  if (found.length === 0) return 0;
  const fresh = new Set(
    await notYet(
      ctx,
      sequence,
      found.map(({ id }) => id),
    ),
  );
  const { rows } = await sql<{ occasion: string }>`select occasion from sequence_run
    where occasion = any(${found.map(({ occasion }) => occasion)}::text[])`.execute(ctx.db);
  const had = new Set(rows.map(({ occasion }) => occasion));
  const begin = found.filter(({ id, occasion }) => fresh.has(id) && !had.has(occasion));
  if (begin.length === 0) return 0;
  await makeDecided(
    ctx,
    'sequenceRun',
    await valuesFor(
      ctx,
      sequence,
      field,
      begin.map(({ id }) => id),
    ),
    begin.map(({ occasion }) => ({ occasion })),
  );
  return begin.length;
}

/** The command on each type of record that can begin a sequence. */
export const enrolCommands: readonly CommandSpec[] = (
  ['lead', 'opportunity', 'contact', 'customer'] as const
).map((entity) =>
  defineCommand({
    name: 'enrol',
    entity,
    on: 'many',
    action: 'update',
    parts: true,
    allowed: (ctx) => ctx.policies.for('sequenceRun').can('create'),
    summary: 'Begin a sequence of follow-ups',
    input: z.strictObject({ sequence: z.uuid() }),
    run: (ctx, { rows, input }) =>
      enrol(
        ctx,
        input.sequence,
        entity,
        rows.map((row) => row.id as string),
      ),
  }),
);
