import { type PersonRef, peopleWithin } from '../access/people.ts';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { forbidden } from '../errors/problem.ts';
import { lunarOf } from '../time/birthday.shared.ts';
import { type BusinessDays, businessDay } from '../time/business-calendar.ts';
import { startOfDay } from '../time/instant.shared.ts';
import type { TodayItem, TodaySource, TodayView } from './today.ts';

/** Lines shown at once: more is no plan for a day. */
export const TODAY_LINES = 20;
const DAYS_AHEAD = 6;
const MOST_PEOPLE = 200;

export interface Today {
  day: string;
  lunar: { month: number; day: number; leap: boolean };
  /** The next day that is worked or free against its weekday. */
  moved: { date: string; days: number; working: boolean; holiday: string | null } | null;
  items: TodayItem[];
  /** There is more than is shown. */
  more: boolean;
  /** One may look at the days of others too. */
  leads: boolean;
}

/** What to do today, out of all rooms, in the order of what it does to customers. */
export async function readToday(
  ctx: Context,
  sources: readonly TodaySource[],
  team: boolean,
): Promise<Today> {
  const { userId } = ctx.principal;
  const today = dayOf(ctx);
  const date = Temporal.PlainDate.from(today);
  const view: TodayView = {
    people: team ? (await teamOf(ctx)).map(({ id }) => id) : userId ? [userId] : [],
    today,
    end: startOfDay(date.add({ days: 1 }).toString(), ctx.timeZone),
    ahead: date.add({ days: DAYS_AHEAD }).toString(),
    limit: TODAY_LINES + 1,
  };
  const asked = sources.filter(({ outside }) => outside || !ctx.policies.outsider);
  const found = view.people.length
    ? (await Promise.all(asked.map((source) => source.items(ctx, view)))).flat()
    : [];
  const { month, day, leap } = lunarOf(today);
  return {
    day: today,
    lunar: { month, day, leap },
    moved: nextMoved(ctx.businessDays, date),
    items: found.toSorted(byOrder).slice(0, TODAY_LINES),
    more: found.length > TODAY_LINES,
    leads: leads(ctx),
  };
}

/** What something is due by, for the order within a rank. */
const due = ({ at, date }: TodayItem) => at ?? (date ? `${date}T99` : '~');

const byOrder = (a: TodayItem, b: TodayItem) =>
  a.rank - b.rank || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.key < b.key ? -1 : 1);

const FARTHEST_DAYS = 60;

/** The next weekend day worked, or weekday off, within two months. */
function nextMoved(company: BusinessDays, from: Temporal.PlainDate): Today['moved'] {
  for (let days = 1; days <= FARTHEST_DAYS; days++) {
    const day = from.add({ days });
    const { working, holiday } = businessDay(company, day.toString());
    if (working !== day.dayOfWeek < 6) return { date: day.toString(), days, working, holiday };
  }
  return null;
}

/** The people whose customers one sees beside one's own, and oneself: a manager's. */
export async function teamOf(ctx: Context): Promise<PersonRef[]> {
  if (!leads(ctx)) throw forbidden();
  return (await peopleWithin(ctx, 'customer')).slice(0, MOST_PEOPLE);
}

/** Whether one sees customers of more people than oneself. */
function leads(ctx: Context): boolean {
  const scope = ctx.policies.for('customer').scope('read');
  return scope.kind !== 'none' && !(scope.kind === 'some' && scope.departments.length === 0);
}
