import { type Cell, type Outlook, outlookOf, varianceOf } from './distribution.ts';
import type { Fit, Worth } from './fit.ts';
import { type Chances, chancesOf } from './hazard.ts';
import { paceUntil } from './pace.ts';
import type { Standing } from './standing.ts';

/** The days to come: so many before `end` (the day after the last), with so much new business on each. */
export interface Ahead {
  end: string;
  days: number;
  perDay: number;
  /** Of a time that has not begun: what is won before it does not count. */
  after?: { end: string; days: number };
}

/** Chances to be won before a day. */
export const chancesBefore = (fit: Fit, end: string, days: number): Chances =>
  chancesOf(fit.curves, days, paceUntil(end, fit.pace));

export interface Prediction extends Outlook {
  /** Of the mean: what open business brings, and what begins only now. */
  open: number;
  fresh: number;
  /** By chance alone, without the spread. */
  variance: number;
}

/**
 * What the days to come bring: every piece of open business by its chance to be won within them, and what is going to begin
 * at the rate of late and be won before they end.
 */
export function predict(fit: Fit, standing: readonly Standing[], { after, ...ahead }: Ahead): Prediction {
  const until = (end: string, days: number) => {
    const chances = chancesBefore(fit, end, days);
    return {
      of: ({ stage, age }: Standing) => chances.within(stage, age, days),
      fresh: freshWins(chances, { days, perDay: ahead.perDay }),
    };
  };
  const all = until(ahead.end, ahead.days);
  const before = after ? until(after.end, after.days) : null;
  const open = standing.map((each) => cellOf(fit, each, Math.max(0, all.of(each) - (before?.of(each) ?? 0))));
  const fresh = freshOf(fit, Math.max(0, all.fresh - (before?.fresh ?? 0)));
  const cells = [...open, fresh];
  const mean = (some: readonly Cell[]) =>
    some.reduce((all, { count, chance, mean }) => all + count * chance * mean, 0);
  return {
    ...outlookOf(cells, fit.spread),
    open: mean(open),
    fresh: mean([fresh]),
    variance: cells.reduce((all, cell) => all + varianceOf(cell), 0),
  };
}

/** Sales a product needs before its own worth speaks; before that the list price, then the average of all. */
const LEAST_SOLD = 5;

export function cellOf(fit: Fit, standing: Standing, chance: number): Cell {
  const { count, known, sum, squares } = standing;
  if (known) {
    const mean = sum / count;
    return { count, chance, mean, deviation: Math.sqrt(Math.max(0, squares / count - mean ** 2)) };
  }
  const { mean, deviation } = worthOf(fit, standing);
  return { count, chance, mean, deviation };
}

function worthOf({ worth }: Fit, { product, price }: Standing): Worth {
  const own = product === null ? undefined : worth.products[product];
  if (own && own.count >= LEAST_SOLD) return own;
  return price !== null && price > 0 ? { count: 0, mean: price, deviation: 0 } : worth.all;
}

/** Many that could begin, each with a small chance to begin and be won: as good as a Poisson number of them. */
const SMALL = 0.05;

/** How much of what begins from now on is won before the end. */
export function freshWins(chances: Chances, { days, perDay }: Pick<Ahead, 'days' | 'perDay'>): number {
  let expected = 0;
  for (let day = 1; day <= days; day++) expected += perDay * chances.within(null, 0, days - day);
  return expected;
}

function freshOf({ worth }: Fit, expected: number): Cell {
  const count = Math.max(1, Math.ceil(expected / SMALL));
  return { count, chance: expected / count, mean: worth.all.mean, deviation: worth.all.deviation };
}
