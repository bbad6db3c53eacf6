import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, notFound, problem } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { peopleSeen } from '../people.ts';
import type { Scheme } from './compute.ts';
import { judges } from './judge.ts';
import type { Signature } from './store.ts';

/** What a person says to his own result: that it is right, or why it is not. An answered appeal is confirmed, or made again. */
export async function sign(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  appeal: string | null,
): Promise<{ state: Signature }> {
  const state: Signature = appeal ? 'appealed' : 'confirmed';
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{
      id: string;
    }>`update assessment_result set state = ${state}, reason = coalesce(${appeal}, reason),
        signed_at = ${inner.now}
      where scheme_id = ${scheme.id} and starts_on = ${startsOn}::date and person_id = ${inner.principal.userId}
        and replaced_at is null and state in ('waiting', 'answered') returning id`.execute(inner.db);
    if (!rows[0]) throw problem('assessment_signed', { status: 409 });
    await writeAudit(inner, {
      action: appeal ? 'appealAssessment' : 'confirmAssessment',
      entity: 'assessmentScheme',
      recordId: scheme.id,
      note: [startsOn, appeal].filter(Boolean).join(' · '),
    });
    if (appeal) await tellSuperiors(inner, scheme, startsOn, rows[0].id);
    return { state };
  });
}

/** The manager of a person, and of his department, hear of his appeal. */
async function tellSuperiors(ctx: Context, scheme: Scheme, startsOn: string, result: string): Promise<void> {
  const { rows } = await sql<{
    id: string | null;
  }>`select unnest(array[u.manager_id, d.manager_id]) as id from "user" u
    left join department d on d.id = u.department_id where u.id = ${ctx.principal.userId}`.execute(ctx.db);
  await notify(ctx, [
    {
      to: [...new Set(rows.flatMap(({ id }) => id ?? []))],
      kind: 'assessment.appealed',
      record: { entity: 'assessmentScheme', id: scheme.id },
      params: { month: startsOn.slice(0, 7) },
      key: `assessment.appealed:${result}:${ctx.now}`,
    },
  ]);
}

/** A superior's answer to an appeal; the person confirms after it, or appeals again. */
export async function answerAppeal(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  person: string,
  answer: string,
): Promise<{ state: Signature }> {
  const who = (await peopleSeen(ctx)).find(({ id }) => id === person);
  if (!who) throw notFound('user');
  if (!judges(ctx, who)) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{
      id: string;
    }>`update assessment_result set state = 'answered', answer = ${answer},
        answered_by = ${inner.principal.userId}, answered_at = ${inner.now}
      where scheme_id = ${scheme.id} and starts_on = ${startsOn}::date and person_id = ${person}
        and replaced_at is null and state = 'appealed' returning id`.execute(inner.db);
    if (!rows[0]) throw problem('assessment_not_appealed', { status: 409 });
    await writeAudit(inner, {
      action: 'answerAppeal',
      entity: 'assessmentScheme',
      recordId: scheme.id,
      note: `${startsOn} · ${who.name} · ${answer}`,
    });
    await notify(inner, [
      {
        to: [person],
        kind: 'assessment.answered',
        record: { entity: 'assessmentScheme', id: scheme.id },
        params: { month: startsOn.slice(0, 7) },
        key: `assessment.answered:${rows[0].id}:${inner.now}`,
      },
    ]);
    return { state: 'answered' };
  });
}
