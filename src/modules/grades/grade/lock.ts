import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { lockRows, requireScope } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid, notFound, problem } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { gradeFacts } from '../facts.ts';
import { type Scheme, schemeNamed } from '../scheme/read.ts';
import { regrade, takeLanes } from './regrade.ts';
import { readyGrader } from './run.ts';

export const lockInput = z.strictObject({
  scheme: z.uuid(),
  /** The grade to hold; without it the present one. */
  grade: z.string().max(30).optional(),
  until: z.iso.date().nullable().default(null),
  reason: z.string().trim().min(1).max(500),
});

export const unlockInput = z.strictObject({
  scheme: z.uuid(),
  reason: z.string().trim().max(500).default(''),
});

/**
 * The customer, locked, for someone who may say what he is worth: whoever may give him to others. Who only looks after him
 * cannot keep his own customers from falling.
 */
async function customerOf(ctx: Context, id: string) {
  const entity = entityNamed(ctx.registry, 'customer');
  const [row] = await lockRows(ctx, entity, [id]);
  if (!row) throw notFound('customer');
  requireScope(ctx, entity, 'transfer', row);
}

/** Holds a customer's grade, or gives another and holds that, whatever the rules say, until a day or until let go. */
export async function lockGrade(ctx: Context, id: string, input: z.output<typeof lockInput>): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await customerOf(inner, id);
    const scheme = await inUse(inner, input.scheme);
    if (input.until && input.until < dayOf(inner)) throw invalid([{ path: 'until', code: 'date_past' }]);
    await takeLanes(inner, scheme.id, [id]);
    const { rows } = await sql<{ grade: string | null }>`select grade from customer_grade
      where scheme_id = ${scheme.id} and customer_id = ${id}`.execute(inner.db);
    const was = rows[0]?.grade ?? null;
    const grade = input.grade ?? was;
    if (grade === null || !scheme.definition.grades.some(({ value }) => value === grade))
      throw invalid([{ path: 'grade', code: 'unknown_grade' }]);
    await sql`insert into customer_grade as g (scheme_id, customer_id, grade, since, locked_at, locked_by, locked_until, lock_note)
      values (${scheme.id}, ${id}, ${grade}, ${inner.now}, ${inner.now}, ${inner.principal.userId}, ${input.until}, ${input.reason})
      on conflict (scheme_id, customer_id) do update set grade = excluded.grade,
        since = case when g.grade is distinct from excluded.grade then excluded.since else g.since end,
        locked_at = excluded.locked_at, locked_by = excluded.locked_by, locked_until = excluded.locked_until,
        lock_note = excluded.lock_note, pending_grade = null, pending_due = null, noticed_at = null`.execute(
      inner.db,
    );
    await record(inner, scheme, id, { was, grade, action: 'lockGrade', note: input.reason });
  });
}

/** Lets the rules decide again. */
export async function unlockGrade(
  ctx: Context,
  id: string,
  input: z.output<typeof unlockInput>,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await customerOf(inner, id);
    const scheme = await inUse(inner, input.scheme);
    const { rows } = await sql<{
      grade: string | null;
    }>`update customer_grade set locked_at = null, locked_by = null,
        locked_until = null, lock_note = null where scheme_id = ${scheme.id} and customer_id = ${id} and locked_at is not null
      returning grade`.execute(inner.db);
    if (!rows[0]) throw problem('grade_not_locked', { status: 409 });
    const { grade } = rows[0];
    await record(inner, scheme, id, { was: grade, grade, action: 'unlockGrade', note: input.reason });
    const grader = await readyGrader(inner, scheme);
    if (grader) await regrade(inner, grader, [id]);
  });
}

async function inUse(ctx: Context, id: string): Promise<Scheme> {
  const scheme = await schemeNamed(ctx, id);
  if (!scheme.active) throw problem('scheme_inactive', { status: 409 });
  return scheme;
}

async function record(
  ctx: Context,
  scheme: Scheme,
  id: string,
  change: { was: string | null; grade: string | null; action: string; note: string },
): Promise<void> {
  await sql`insert into grade_change (scheme_id, customer_id, from_grade, to_grade, cause, note, by, at)
    values (${scheme.id}, ${id}, ${change.was}, ${change.grade}, 'hand', ${change.note}, ${ctx.principal.userId}, ${ctx.now})`.execute(
    ctx.db,
  );
  await writeAudit(ctx, {
    action: change.action,
    entity: 'customer',
    recordId: id,
    note: [scheme.name, change.grade, change.note].filter(Boolean).join(' · '),
  });
  await emit(ctx, { name: 'customer.graded', entity: 'customer', recordIds: [id] });
  if (scheme.main) await refreshFacts(ctx, gradeFacts, [id]);
}
