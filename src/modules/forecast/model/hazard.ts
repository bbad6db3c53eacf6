/**
 * How open business ends, by its age: hazards of competing ends (won, lost, on to another stage) estimated from the company's
 * own history, open business counted as long as it was watched (Aalen & Johansen 1978). Ages are counted in weeks; a week
 * with little behind it leans on the whole (empirical Bayes with PRIOR deal-days).
 */

/** Business that ended, or is watched still, with its age by then. `rest` is the sum of its days beyond full weeks. */
export interface Watched {
  /** What it ended as: `won`, `lost`, the next stage; null for what was still there. */
  next: string | null;
  week: number;
  count: number;
  rest: number;
}

/** Chances per day of each end, by week of age; the last week holds for all beyond. */
export interface Curve {
  /** How many ends it was learnt from. */
  ends: number;
  daily: Record<string, number[]>;
}

export const LAST_WEEK = 52;
const WEEK = 7;
const PRIOR = 100;

/** Learns a curve from what was watched. */
export function curveOf(watched: readonly Watched[]): Curve {
  const days = new Array<number>(LAST_WEEK + 1).fill(0);
  const ends = new Map<string, number[]>();
  for (const { next, week, count, rest } of watched) {
    for (let at = 0; at < Math.min(week, LAST_WEEK); at++) days[at] = (days[at] as number) + WEEK * count;
    const last = Math.min(week, LAST_WEEK);
    // Of what is older than the last week all its days beyond are spent there; on the day of its end it was still there.
    days[last] = (days[last] as number) + WEEK * (week - last) * count + rest + (next === null ? 0 : count);
    if (next === null) continue;
    const counts = ends.get(next) ?? new Array<number>(LAST_WEEK + 1).fill(0);
    counts[last] = (counts[last] as number) + count;
    ends.set(next, counts);
  }
  const all = sum(days);
  const daily: Record<string, number[]> = {};
  for (const [next, counts] of ends) {
    const whole = all === 0 ? 0 : sum(counts) / all;
    daily[next] = counts.map((count, week) => (count + PRIOR * whole) / ((days[week] as number) + PRIOR));
  }
  return { ends: sum([...ends.values()].map(sum)), daily };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What is known of how business ends: of all together, and of stages with enough behind them. */
export interface Curves {
  all: Curve;
  stages: Record<string, Curve>;
}

/** Chances to be won before a horizon ends. */
export interface Chances {
  /** Of business in a stage (null, or one of which too little is known: any) of this age, so many days before the end. */
  within(stage: string | null, age: number, days: number): number;
}

/** How much readier than on average business is to be won, on the day that so many days are left of. */
export type Pace = (daysLeft: number) => number;

/**
 * The chances that follow from curves, up to `most` days before the end. Stages make a semi-Markov way: where business goes
 * on to another stage it begins there at age nought.
 */
export function chancesOf(curves: Curves, most: number, pace: Pace = () => 1): Chances {
  const known = Object.keys(curves.stages);
  const curve = (stage: string | null) => (stage === null ? curves.all : (curves.stages[stage] as Curve));
  const fresh = new Map<string | null, Float64Array>();
  for (const stage of [null, ...known]) fresh.set(stage, new Float64Array(most + 1));
  // Day by day, since a way may lead through any stage: what is won within `days` needs only what is won within fewer.
  for (let days = 1; days <= most; days++)
    for (const stage of [null, ...known])
      (fresh.get(stage) as Float64Array)[days] = wonWithin(curve(stage), 0, days, pace, fresh);
  const found = new Map<string, number>();
  return {
    within(stage, age, days) {
      const own = stage !== null && curves.stages[stage] ? stage : null;
      const from = Math.min(age, LAST_WEEK * WEEK);
      const key = `${own} ${from} ${days}`;
      const before = found.get(key);
      if (before !== undefined) return before;
      const chance = wonWithin(curve(own), from, days, pace, fresh);
      found.set(key, chance);
      return chance;
    },
  };
}

function wonWithin(
  { daily }: Curve,
  age: number,
  days: number,
  pace: Pace,
  fresh: ReadonlyMap<string | null, Float64Array>,
): number {
  const ends = Object.entries(daily);
  let open = 1;
  let won = 0;
  for (let day = 0; day < days && open > 0; day++) {
    const week = Math.min(Math.floor((age + day) / WEEK), LAST_WEEK);
    let left = 0;
    for (const [next, chances] of ends) {
      const chance = (chances[week] as number) * (next === 'won' ? pace(days - day) : 1);
      // More than all cannot go.
      const going = open * Math.min(chance, 1 - left);
      left = Math.min(1, left + chance);
      if (next === 'won') won += going;
      else if (next !== 'lost') won += going * ((fresh.get(next) ?? fresh.get(null))?.[days - day - 1] ?? 0);
    }
    open *= 1 - left;
  }
  return won;
}
