import type { Achievement } from '../../../platform/achievements/achievement.ts';
import { achieved } from '../../../platform/achievements/read.ts';
import type { Context } from '../../../platform/context/context.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { grown, split } from '../../../platform/money/split.shared.ts';
import {
  lastDay,
  type PeriodKind,
  partsOf,
  periodLater,
  yearBefore,
  yearOn,
} from '../../../platform/time/period.shared.ts';
import { askedOf, requireMeasure } from '../measure.ts';
import { belowOf, peopleSeen, teamsOf } from '../people.ts';
import type { CellChange } from './grid.ts';
import { type Aspect, targetsIn } from './read.ts';

/** How a target is divided. */
interface SplitWish {
  measure: string;
  aspect: Aspect;
  /** Whose target it is; neither is the company's. */
  person?: string | null | undefined;
  team?: string | null | undefined;
  period: PeriodKind;
  startsOn: string;
  amount: string;
  into: 'quarter' | 'month' | 'people';
  way: 'evenly' | 'lastYear';
}

/** Digits of a measure's numbers: visits are not divided. */
const digitsOf = (ctx: Context, { unit }: Achievement) => (unit === 'money' ? minorUnits(ctx.currency) : 0);

/** What a target comes to in shorter periods, or for the people of a department: to look at before it is put in place. */
export async function proposeSplit(ctx: Context, wish: SplitWish): Promise<CellChange[]> {
  const achievement = requireMeasure(ctx, wish.measure);
  const members = await membersOf(ctx, wish);
  const { period, startsOn, into } = wish;
  const digits = digitsOf(ctx, achievement);
  if (into === 'people') {
    const shares = await sharesOf(ctx, achievement, wish, members, (each) => each.person ?? '', members);
    return split(wish.amount, shares, digits).map((amount, at) => ({
      person: members[at] as string,
      period,
      startsOn,
      amount,
    }));
  }
  const parts = partsOf(period, startsOn, into);
  const before = parts.map(yearBefore);
  const partOf = (month: string | null) => before.findLast((day) => month !== null && day <= month) ?? '';
  const shares = await sharesOf(ctx, achievement, wish, before, ({ month }) => partOf(month), members);
  const subject = { person: wish.person ?? null, team: wish.team ?? null };
  return split(wish.amount, shares, digits).map((amount, at) => ({
    ...subject,
    period: into,
    startsOn: parts[at] as string,
    amount,
  }));
}

/** By what each part weighs: what was achieved in it a year ago, or all the same. */
async function sharesOf(
  ctx: Context,
  achievement: Achievement,
  { way, aspect, period, startsOn }: SplitWish,
  parts: readonly string[],
  partOf: (each: { person: string | null; month: string | null }) => string,
  people: readonly string[],
): Promise<string[]> {
  if (way === 'evenly') return parts.map(() => '1');
  const from = yearBefore(startsOn);
  const asked = await askedOf(ctx, aspect, from, lastDay(period, from));
  const sums = new Map<string, string>();
  const mine = new Set(people);
  const byMonth = period !== 'month';
  for (const each of await achieved(ctx, achievement, asked, { byMonth })) {
    if (each.person === null || !mine.has(each.person)) continue;
    const part = partOf(each);
    sums.set(part, new Exact(sums.get(part) ?? 0).plus(each.amount).toFixed());
  }
  return parts.map((part) => sums.get(part) ?? '0');
}

/** The people a target is about, as far as the caller sees them. */
async function membersOf(
  ctx: Context,
  { person, team }: Pick<SplitWish, 'person' | 'team'>,
): Promise<string[]> {
  const people = (await peopleSeen(ctx)).filter(({ active }) => active);
  if (person) return people.flatMap(({ id }) => (id === person ? id : []));
  if (!team) return people.map(({ id }) => id);
  const inside = belowOf(await teamsOf(ctx))(team);
  return people.flatMap(({ id, department }) => (department && inside.has(department) ? id : []));
}

/** Last year's targets, so many per cent larger, as this year's. */
export async function proposeCopy(
  ctx: Context,
  { measure, aspect, year, growth }: { measure: string; aspect: Aspect; year: number; growth: string },
): Promise<CellChange[]> {
  const digits = digitsOf(ctx, requireMeasure(ctx, measure));
  const first = yearOn(year - 1, ctx.yearBegins);
  const targets = await targetsIn(ctx, [measure], aspect, first, lastDay('year', first));
  return targets.map(({ person, team, period, startsOn, amount }) => ({
    person,
    team,
    period,
    startsOn: periodLater('year', startsOn, 1),
    amount: grown(amount, growth, digits),
  }));
}
