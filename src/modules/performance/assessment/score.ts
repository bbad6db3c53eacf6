import type { NoNumber } from '../../../platform/formula/formula.ts';
import type { Steps } from '../../../platform/formula/steps.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { Definition, Indicator } from './definition.ts';
import type { Meaning } from './words.ts';

/** What one indicator comes to for one person, with all that it was worked out from. It is kept as it is when a period is locked. */
export interface Score {
  key: string;
  name: string;
  kind: Indicator['kind'];
  weight: string;
  measure: string | null;
  formula: string;
  target: string | null;
  actual: string | null;
  lastYear: string | null;
  /** What further measures its formula named. */
  values: Record<string, string | null>;
  /** Null where the superior has not judged yet; where a formula gives no number it counts as none. */
  score: string | null;
  problem: NoNumber | null;
  note: string | null;
  by: string | null;
}

/** Numbers of one person. */
export interface Numbers {
  actual(measure: string, indicator: Indicator | null): string;
  target(measure: string, indicator: Indicator | null): string | null;
  lastYear(measure: string, indicator: Indicator | null): string;
}

/** The score of a computed indicator: never a failure, but a number or the reason why there is none. */
export function scoreOf(
  indicator: Indicator,
  steps: Steps,
  words: ReadonlyMap<string, Meaning>,
  numbers: Numbers,
): Pick<Score, 'target' | 'actual' | 'lastYear' | 'values' | 'score' | 'problem'> {
  const numberOf = ({ measure, what }: Meaning): string | null => {
    if (what === 'weight') return indicator.weight;
    const name = measure ?? indicator.measure;
    const of = measure ? null : indicator;
    if (!name) return null;
    if (what === 'actual') return numbers.actual(name, of);
    if (what === 'lastYear') return numbers.lastYear(name, of);
    const target = numbers.target(name, of);
    if (what === 'target' || target === null || new Exact(target).isZero())
      return what === 'rate' ? null : target;
    return new Exact(numbers.actual(name, of)).div(target).times(100).toFixed();
  };
  const known = new Map(
    steps.names.map((name): [string, string | null] => [name, numberOf(words.get(name) as Meaning)]),
  );
  const result = steps.evaluate(known);
  const others = steps.names.filter((name) => words.get(name)?.measure);
  const own = (what: Meaning['what']) => (indicator.measure ? numberOf({ measure: null, what }) : null);
  return {
    target: own('target'),
    actual: own('actual'),
    lastYear: steps.names.some((name) => ['同期', 'lastYear'].includes(name)) ? own('lastYear') : null,
    values: Object.fromEntries(others.map((name) => [name, known.get(name) ?? null])),
    score: result.value === null ? '0' : bounded(result.value, indicator),
    problem: result.problem ?? null,
  };
}

/** Between the least and the most an indicator gives, with two digits. */
export function bounded(score: string, { most, least }: Pick<Indicator, 'most' | 'least'>): string {
  let value = new Exact(score);
  if (most !== null) value = Exact.min(value, most);
  if (least !== null) value = Exact.max(value, least);
  return value.toDecimalPlaces(2, Exact.ROUND_HALF_UP).toFixed();
}

/** What the scores come to by their weights; what is not judged yet counts as nothing. */
export const totalOf = (scores: readonly Pick<Score, 'score' | 'weight'>[]): string =>
  scores
    .reduce((all, { score, weight }) => all.plus(new Exact(score ?? 0).times(weight).div(100)), new Exact(0))
    .toDecimalPlaces(2, Exact.ROUND_HALF_UP)
    .toFixed();

export const levelOf = ({ levels }: Pick<Definition, 'levels'>, total: string): string | null =>
  levels.find(({ from }) => new Exact(total).gte(from))?.name ?? null;

/** Places by totals, the same for equals: 1, 1, 3. Thousands of people are ordered once, not compared each with each. */
export function ranks(totals: readonly string[]): number[] {
  const best = totals.map((total) => new Exact(total)).toSorted((one, other) => other.comparedTo(one));
  const places = new Map<string, number>();
  best.forEach((total, at) => {
    const text = total.toFixed();
    if (!places.has(text)) places.set(text, at + 1);
  });
  return totals.map((total) => places.get(new Exact(total).toFixed()) as number);
}
