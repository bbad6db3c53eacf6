import { RRuleTemporal } from 'rrule-temporal';
import { addWorkdays, type BusinessDays, isWorkday } from './business-calendar.ts';

export const REPEATS = [
  'daily',
  'workdays',
  'weekly',
  'biweekly',
  'monthly',
  'monthEnd',
  'quarterly',
  'yearly',
] as const;
export type Repeat = (typeof REPEATS)[number];

/** What becomes of an occurrence on a day off: it stays, or moves to the working day before or after. */
export const SHIFTS = ['stay', 'before', 'after'] as const;
export type Shift = (typeof SHIFTS)[number];

export interface Recurrence {
  repeat: Repeat;
  /** The first occurrence: the day of the week or month it goes on by. */
  from: string;
  /** The last day there may be one. */
  until: string | null;
  shift: Shift;
}

type Rule = ConstructorParameters<typeof RRuleTemporal>[0];

/** A rule of RFC 5545 beginning on a day. Where a month lacks the day (31, 29 February) its last one stands in. */
function ruleOf({ repeat, from }: Recurrence) {
  const { day, month } = Temporal.PlainDate.from(from);
  const monthDays = (end: boolean) => {
    const days = Array.from({ length: 31 }, (_, at) => at + 1).filter(
      (each) => each >= 28 && each <= (end ? 31 : day),
    );
    return end || day > 28 ? { byMonthDay: days, bySetPos: [-1] } : { byMonthDay: [day] };
  };
  const parts = {
    daily: { freq: 'DAILY' },
    workdays: { freq: 'DAILY' },
    weekly: { freq: 'WEEKLY' },
    biweekly: { freq: 'WEEKLY', interval: 2 },
    monthly: { freq: 'MONTHLY', ...monthDays(false) },
    monthEnd: { freq: 'MONTHLY', ...monthDays(true) },
    quarterly: { freq: 'MONTHLY', interval: 3, ...monthDays(false) },
    yearly: { freq: 'YEARLY', byMonth: [month], ...monthDays(false) },
  }[repeat];
  const dtstart = Temporal.PlainDate.from(from).toZonedDateTime('UTC');
  return new RRuleTemporal({ ...parts, dtstart, tzid: 'UTC', cache: false } as unknown as Rule);
}

/** Few occurrences in a row fall into one holiday. */
const MOST_TRIED = 400;

/**
 * The next occurrence after a day, moved off days the company rests as the recurrence says. Always later than `after`, however
 * occurrences move; null once it has ended.
 */
export function nextOccurrence(company: BusinessDays, recurrence: Recurrence, after: string): string | null {
  const { repeat, until, shift } = recurrence;
  const ended = (date: string) => until !== null && date > until;
  if (repeat === 'workdays') {
    const next = addWorkdays(company, after, 1);
    return ended(next) ? null : next;
  }
  const rule = ruleOf(recurrence);
  // An occurrence may have been moved past the one before it: begin well before the day.
  let at = Temporal.PlainDate.from(after).subtract({ days: 15 }).toZonedDateTime('UTC');
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const found = rule.next(at);
    if (!found) return null;
    const day = found.toString().slice(0, 10);
    if (ended(day)) return null;
    const moved = shifted(company, day, shift);
    // One that stands on its day though that is a day off is not followed by itself.
    if (moved > after && day !== after) return moved;
    at = Temporal.PlainDate.from(day).toZonedDateTime('UTC');
  }
  return null;
}

function shifted(company: BusinessDays, day: string, shift: Shift): string {
  if (shift === 'stay' || isWorkday(company, day)) return day;
  return addWorkdays(company, day, shift === 'after' ? 0 : -1);
}
