import { knows } from '../../../platform/achievements/read.ts';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { peopleSeen } from '../people.ts';
import { computeAll, type Scheme } from './compute.ts';
import type { Definition } from './definition.ts';
import { judges } from './judge.ts';
import { isOver, openPoints } from './lock.ts';
import { mayLock } from './scheme.ts';
import type { Score } from './score.ts';
import { type KeptResult, keptResults, periodOf, type Signature } from './store.ts';

/** A score as it is shown: with the sentence why there is none. */
export interface ShownScore extends Omit<Score, 'problem' | 'values'> {
  problem: { code: string; text: string } | null;
}

export interface ShownResult {
  person: string;
  name: string;
  total: string;
  level: string | null;
  rank: number;
  scores: ShownScore[];
  state: Signature | null;
  reason: string | null;
  answer: string | null;
  /** The caller may give him scores, or answer him. */
  judged: boolean;
  mine: boolean;
}

export interface Assessment {
  scheme: { id: string; name: string; period: Scheme['period'] };
  startsOn: string;
  definition: Definition;
  lockedAt: string | null;
  /** The period is over: it can be closed. */
  over: boolean;
  may: { lock: boolean; unlock: boolean };
  /** Of everybody the scheme is for, not only of those shown. */
  people: number;
  open: { missing: number; problems: number };
  results: ShownResult[];
}

/**
 * Results of a period: kept ones where it is closed, else what everybody comes to now. One sees his own, a superior his people's.
 * @param action `export` for only those whom the caller may take out
 */
export async function assessmentOf(
  ctx: Context,
  scheme: Scheme,
  startsOn: string,
  action: 'read' | 'export' = 'read',
): Promise<Assessment> {
  if (!ctx.policies.for('salesTarget').can('read')) throw forbidden();
  const closed = await periodOf(ctx, scheme.id, startsOn);
  const all = closed
    ? await keptResults(ctx, scheme.id, startsOn)
    : (await computeAll(ctx, scheme, startsOn)).map(
        (each): KeptResult => ({ ...each, state: 'waiting', reason: null, answer: null, signedAt: null }),
      );
  const people = new Map((await peopleSeen(ctx, action)).map((each) => [each.id, each]));
  const shown = all.filter(({ person }) => people.has(person));
  return {
    scheme: { id: scheme.id, name: scheme.name, period: scheme.period },
    startsOn,
    definition: closed?.definition ?? scheme.definition,
    lockedAt: closed?.lockedAt ?? null,
    over: isOver(ctx, scheme, startsOn),
    may: { lock: mayLock(ctx, 'lock'), unlock: mayLock(ctx, 'unlock') },
    people: all.length,
    open: openPoints(shown),
    results: shown.map(({ person, name, total, level, rank, scores, state, reason, answer }) => {
      const who = people.get(person);
      return {
        person,
        name,
        total,
        level,
        rank,
        scores: scores.map((score) => shownScore(ctx, score)),
        state: closed ? state : null,
        reason,
        answer,
        judged: who !== undefined && judges(ctx, who),
        mine: person === ctx.principal.userId,
      };
    }),
  };
}

/** Numbers of records one may not read are left out of what is shown, here as everywhere; the score stands. */
function shownScore(ctx: Context, { problem, values: _values, ...score }: Score): ShownScore {
  const achievement = ctx.achievements.find(({ name }) => name === score.measure);
  const hidden = achievement !== undefined && !knows(ctx, achievement);
  return {
    ...score,
    ...(hidden ? { actual: null, target: null, lastYear: null } : {}),
    problem: problem && {
      code: problem.code,
      text: translate(ctx.registry.words, ctx.principal.language, `error.${problem.code}`, problem.params),
    },
  };
}
