import type { Pace } from './hazard.ts';

/** First, second or third month of its quarter. */
export const placeInQuarter = (month: number): 0 | 1 | 2 => ((month - 1) % 3) as 0 | 1 | 2;

/** The pace of the days before a day. */
export function paceUntil(end: string, pace: readonly [number, number, number]): Pace {
  const last = Temporal.PlainDate.from(end);
  const found = new Map<number, number>();
  return (daysLeft) => {
    let known = found.get(daysLeft);
    if (known === undefined) {
      known = pace[placeInQuarter(last.subtract({ days: daysLeft }).month)];
      found.set(daysLeft, known);
    }
    return known;
  };
}

/** Wins that came in a month, and how many the ages of business had let expect. */
export interface Month {
  month: number;
  came: number;
  expected: number;
}

/** So many wins as expected stand beside what came, so that few say little. */
const PRIOR = 50;

/** What a place in the quarter adds, learnt from months that are over. */
export function paceOf(months: readonly Month[]): [number, number, number] {
  return [0, 1, 2].map((place) => {
    const own = months.filter(({ month }) => placeInQuarter(month) === place);
    const sum = (key: 'came' | 'expected') => own.reduce((all, one) => all + one[key], 0);
    return (sum('came') + PRIOR) / (sum('expected') + PRIOR);
  }) as [number, number, number];
}

/** A forecast of a month that is over. */
export interface Told {
  mean: number;
  variance: number;
  came: number;
}

/** So many months as far off as is usual stand beside those there were. */
const USUAL_MONTHS = 2;

/** How far forecasts as a whole were off beyond chance, as a share; `usual` without any. */
export function spreadOf(told: readonly Told[], usual: number): number {
  const rest = told
    .filter(({ mean }) => mean > 0)
    .map(({ mean, variance, came }) => ((came - mean) ** 2 - variance) / mean ** 2);
  const whole = rest.reduce((all, one) => all + one, USUAL_MONTHS * usual ** 2);
  return Math.sqrt(Math.max(0, whole / (rest.length + USUAL_MONTHS)));
}
