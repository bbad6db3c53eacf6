import { sql } from 'kysely';
import { z } from 'zod';
import { rowInScope } from '../../../platform/access/where.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { day } from '../input.ts';
import { type Person, peopleSeen } from '../people.ts';
import type { Scheme } from './compute.ts';
import { periodOf } from './store.ts';

const score = z.strictObject({
  person: z.uuid(),
  indicator: z.string().max(20),
  score: z
    .string()
    .regex(/^-?\d{1,9}(\.\d{1,2})?$/)
    .nullable(),
  note: z.string().trim().max(500).nullish(),
});

const isOnce = (scores: readonly z.output<typeof score>[]) =>
  new Set(scores.map(({ person, indicator }) => `${person}/${indicator}`)).size === scores.length;

export const judgeInput = z.strictObject({
  startsOn: day,
  scores: z.array(score).min(1).max(5000).refine(isOnce),
});

/** Whether the caller is a superior of this person: whoever sets his targets judges him, and nobody himself. */
export const judges = (ctx: Context, { id, department }: Pick<Person, 'id' | 'department'>): boolean =>
  id !== ctx.principal.userId &&
  rowInScope(
    ctx.policies.for('salesTarget').scope('update'),
    { owner_id: id, department_id: department },
    true,
  );

/** Keeps scores that superiors give, all or none; null takes one back. */
export async function judge(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  scores: readonly z.output<typeof score>[],
): Promise<{ done: number }> {
  const indicators = new Map(
    scheme.definition.indicators.filter(({ kind }) => kind === 'judged').map((each) => [each.key, each]),
  );
  const people = new Map((await peopleSeen(ctx)).map((each) => [each.id, each]));
  for (const [at, each] of scores.entries()) {
    const person = people.get(each.person);
    if (!person) throw forbidden();
    if (!judges(ctx, person))
      throw forbidden(person.id === ctx.principal.userId ? 'judge_self' : 'forbidden');
    const indicator = indicators.get(each.indicator);
    const wrong = (code: string, params = {}) =>
      problem('invalid', { status: 422, errors: [{ path: `scores.${at}.score`, code, params }] });
    if (!indicator) throw wrong('indicator_not_judged');
    const { most, least } = indicator;
    if (each.score === null) continue;
    if (most !== null && new Exact(each.score).gt(most)) throw wrong('too_large', { max: most });
    if (new Exact(each.score).lt(least ?? 0)) throw wrong('too_small', { min: least ?? '0' });
  }
  return inTransaction(ctx, async (inner) => {
    if (await periodOf(inner, scheme.id, startsOn, true)) throw locked();
    const keys = scores.map((each) => `${each.person}/${each.indicator}`);
    await sql`delete from assessment_judgement where scheme_id = ${scheme.id} and starts_on = ${startsOn}::date
      and person_id || '/' || indicator = any(${keys})`.execute(inner.db);
    const given = scores.filter((each) => each.score !== null);
    await bulkInsert(
      inner.db,
      'assessment_judgement',
      [
        { name: 'scheme_id', type: 'uuid' },
        { name: 'starts_on', type: 'date' },
        { name: 'person_id', type: 'uuid' },
        { name: 'indicator', type: 'text' },
        { name: 'score', type: 'numeric' },
        { name: 'note', type: 'text' },
        { name: 'by_id', type: 'uuid' },
        { name: 'at', type: 'timestamptz' },
      ],
      given.map((each) => ({
        scheme_id: scheme.id,
        starts_on: startsOn,
        person_id: each.person,
        indicator: each.indicator,
        score: each.score,
        note: each.note || null,
        by_id: inner.principal.userId,
        at: inner.now,
      })),
    );
    await writeAudit(
      inner,
      ...scores.map((each) => ({
        action: 'judge',
        entity: 'assessmentScheme',
        recordId: scheme.id,
        changes: { [each.indicator]: { before: null, after: each.score } },
        note: `${startsOn} ${people.get(each.person)?.name ?? ''}`,
      })),
    );
    return { done: scores.length };
  });
}

/** What is closed stays as it is. */
export const locked = () => problem('assessment_locked', { status: 409 });
