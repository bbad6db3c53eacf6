import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { lastDay } from '../../../platform/time/period.shared.ts';
import { type Computed, computeAll, type Scheme } from './compute.ts';
import { mayLock } from './scheme.ts';
import { keepResults, keptResults, periodOf, setAside } from './store.ts';

export interface Locked {
  people: number;
  /** It was closed before; nothing was done. */
  already: boolean;
}

/**
 * Closes a period: results and all they were worked out from are kept as they are now. In one transaction, so that half of it is
 * nothing; whoever closes it at the same time finds it closed.
 * @param incomplete also where scores are missing, or a formula gave no number
 */
export async function lockPeriod(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  incomplete: boolean,
): Promise<Locked> {
  if (!mayLock(ctx, 'lock')) throw forbidden();
  if (!isOver(ctx, scheme, startsOn)) throw problem('assessment_not_over', { status: 409 });
  return inTransaction(ctx, async (inner) => {
    if (await periodOf(inner, scheme.id, startsOn, true))
      return { people: (await keptResults(inner, scheme.id, startsOn)).length, already: true };
    const results = await computeAll(inner, scheme, startsOn);
    if (results.length === 0) throw problem('assessment_nobody', { status: 409 });
    const open = openPoints(results);
    if (!incomplete && open.missing + open.problems > 0)
      throw problem('assessment_incomplete', { status: 409, params: { ...open }, extra: { open } });
    await keepResults(inner, scheme.id, startsOn, scheme.definition, results);
    await writeAudit(inner, {
      action: 'lockAssessment',
      entity: 'assessmentScheme',
      recordId: scheme.id,
      note: `${startsOn} · ${results.length}`,
    });
    await notify(inner, [
      {
        to: results.map(({ person }) => person),
        kind: 'assessment.locked',
        record: { entity: 'assessmentScheme', id: scheme.id },
        params: { month: startsOn.slice(0, 7) },
        key: `assessment.locked:${scheme.id}:${startsOn}:${inner.now}`,
      },
    ]);
    return { people: results.length, already: false };
  });
}

/** Whether the last day of a period has gone by: until then something may still be booked on it. */
export const isOver = (
  ctx: Pick<Context, 'timeZone' | 'now'>,
  { period }: Pick<Scheme, 'period'>,
  startsOn: string,
): boolean => lastDay(period, startsOn) < dayOf(ctx);

/** What speaks against closing: scores nobody gave, formulas that gave no number. */
export const openPoints = (results: readonly Pick<Computed, 'scores'>[]) => {
  const scores = results.flatMap((each) => each.scores);
  return {
    missing: scores.filter(({ score }) => score === null).length,
    problems: scores.filter(({ problem: told }) => told !== null).length,
  };
};

/** Opens a closed period again. Its results are set aside with the reason; closing it again works them out anew. */
export async function unlockPeriod(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  reason: string,
): Promise<{ people: number }> {
  if (!mayLock(ctx, 'unlock')) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    if (!(await periodOf(inner, scheme.id, startsOn, true)))
      throw problem('assessment_open', { status: 409 });
    const people = await setAside(inner, scheme.id, startsOn);
    await writeAudit(inner, {
      action: 'unlockAssessment',
      entity: 'assessmentScheme',
      recordId: scheme.id,
      note: `${startsOn} · ${reason}`,
    });
    return { people };
  });
}
