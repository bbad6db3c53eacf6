import { z } from 'zod';
import { type Base, baseOf } from '../../../platform/analysis/base.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { FIRST_SPREAD, type Fit, fitBefore, isEnough } from './fit.ts';
import { type Month, paceOf, spreadOf, type Told } from './pace.ts';
import { chancesBefore, freshWins, predict } from './predict.ts';
import { countedIn, RUN_DAYS, type Standing, standingBefore } from './standing.ts';
import { endsOf, keepFits, lastPeriod } from './store.ts';

export const LEARN_JOB = 'forecast.learn';
/** Months looked back. */
const MOST_MONTHS = 24;
/** A job may take longer than people wait. */
const LIMIT_MS = 10 * 60_000;

/** Learns by night how business ends, as it would have been known at the beginning of each of the last months, and today. */
export const learnJob = defineJob({
  name: LEARN_JOB,
  input: z.object({}),
  nightly: true,
  run: async (services: Services) =>
    learnForecast(await systemContext(services, { kind: 'job', reason: 'how business ends' })),
});

/** A month as it was told when it began, and what came. */
interface Past {
  start: string;
  end: string;
  days: number;
  standing: Standing[];
  perDay: number;
  began: number;
  won: number;
  amount: number;
}

export async function learnForecast(asked: Context): Promise<{ learnt: number }> {
  const ctx = asSystem(asked, 'forecast');
  const base = await baseOf(ctx, 'opportunity', undefined);
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const ends = await endsOf(ctx);
  const fits: Fit[] = [];
  const past: Past[] = [];
  const told: Told[] = [];
  for (let back = MOST_MONTHS; back >= 1; back--) {
    const start = Temporal.PlainDate.from(lastPeriod(today.toString(), ends.last, 'month').from).subtract({
      months: back,
    });
    if (ends.first === null || start.toString() <= ends.first) continue;
    const fit = await learnt(ctx, start, past, told);
    const month = await monthOf(ctx, base, start, fit);
    if (isEnough(fit)) {
      fits.push(fit);
      const said = predict(fit, month.standing, month);
      told.push({ mean: said.mean, variance: said.variance, came: month.amount });
    }
    past.push(month);
  }
  fits.push(await learnt(ctx, today, past, told));
  await keepFits(ctx, fits);
  return { learnt: fits.length };
}

/** What was known when a day began: how business ends, at which pace, and how far months told before were off. */
async function learnt(
  ctx: Context,
  day: Temporal.PlainDate,
  past: readonly Past[],
  told: readonly Told[],
): Promise<Fit> {
  const fit = await fitBefore(ctx, day.toString());
  const months = past.map(({ start, end, days, standing, began, won }): Month => {
    const chances = chancesBefore({ ...fit, pace: [1, 1, 1] }, end, days);
    const open = standing.reduce(
      (all, each) => all + each.count * chances.within(each.stage, each.age, days),
      0,
    );
    const fresh = freshWins(chances, { days, perDay: began / days });
    return { month: Temporal.PlainDate.from(start).month, came: won, expected: open + fresh };
  });
  return { ...fit, pace: paceOf(months), spread: spreadOf(told, FIRST_SPREAD) };
}

async function monthOf(ctx: Context, base: Base, start: Temporal.PlainDate, fit: Fit): Promise<Past> {
  const end = start.add({ months: 1 });
  const [from, to] = [start.toString(), end.toString()];
  const standing = await standingBefore(ctx, base, from, Object.keys(fit.curves.stages), LIMIT_MS);
  const before = { from: start.subtract({ days: RUN_DAYS }).toString(), to: from };
  const [run, month] = await countedIn(ctx, base, [before, { from, to }], LIMIT_MS);
  return {
    start: from,
    end: to,
    days: start.until(end).days,
    standing,
    perDay: (run?.began ?? 0) / RUN_DAYS,
    began: month?.began ?? 0,
    won: month?.won ?? 0,
    amount: Number(month?.amount ?? 0),
  };
}
