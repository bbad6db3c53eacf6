import { addWorkdays, type BusinessDays } from '../../../platform/time/business-calendar.ts';
import { dueAt as businessDue } from '../../../platform/time/business-clock.ts';
import { dateIn, instantText, localToInstant, startOfDay } from '../../../platform/time/instant.shared.ts';

/** By when something was promised, as people say it: a day, a moment, or so many hours from now. */
export interface Wish {
  dueDate?: string | null | undefined;
  dueAt?: string | null | undefined;
  withinHours?: number | null | undefined;
  clock: 'clock' | 'business';
}

/** By when it is to be kept, when its owner is reminded, and when his manager learns of it. */
export interface Deadline {
  dueDate: string;
  dueAt: string;
  remindAt: string | null;
  escalateAt: string;
}

interface Company {
  timeZone: string;
  businessDays: BusinessDays;
}

const HOUR = 60;

/**
 * Puts a promise on the clock. "By Friday" ends with the day, in working hours with the last of them; a day off moves to the
 * next working day only where working hours are meant. A promise of "24 hours, whenever" counts clock hours. Null without any
 * of the three.
 */
export function deadline(company: Company, now: string, wish: Wish): Deadline | null {
  const due = dueOf(company, now, wish);
  if (!due) return null;
  // The day that ends at midnight is the one that was promised, not the one that begins.
  const last = instantText(Temporal.Instant.from(due).subtract({ milliseconds: 1 }));
  const dueDate = dateIn(company.timeZone, wish.dueAt ? due : last);
  return {
    dueDate:
      wish.dueAt || wish.withinHours || wish.clock === 'business' ? dueDate : (wish.dueDate ?? dueDate),
    dueAt: due,
    remindAt: reminder(company, now, due, dueDate, wish),
    escalateAt: opening(company, addWorkdays(company.businessDays, dueDate, 1), due),
  };
}

function dueOf({ timeZone, businessDays }: Company, now: string, wish: Wish): string | null {
  if (wish.dueAt) return instantText(Temporal.Instant.from(wish.dueAt));
  if (wish.withinHours) {
    if (wish.clock === 'business') return businessDue(businessDays, timeZone, now, wish.withinHours * HOUR);
    return instantText(Temporal.Instant.from(now).add({ hours: wish.withinHours }));
  }
  if (!wish.dueDate) return null;
  if (wish.clock === 'business') {
    const day = addWorkdays(businessDays, wish.dueDate, 0);
    const closing = businessDays.hours.at(-1)?.[1] ?? '24:00';
    if (closing !== '24:00') return localToInstant(`${day}T${closing}`, timeZone);
    return startOfDay(nextDay(day), timeZone);
  }
  return startOfDay(nextDay(wish.dueDate), timeZone);
}

const nextDay = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** When the company opens on a day, never before `least`. */
function opening({ timeZone, businessDays }: Company, date: string, least: string): string {
  const at = localToInstant(`${date}T${businessDays.hours[0]?.[0] ?? '09:00'}`, timeZone);
  return Temporal.Instant.compare(at, least) < 0 ? least : at;
}

/** A day's promise is called to mind when the working day before opens, a moment's an hour ahead; never in the past. */
function reminder(company: Company, now: string, due: string, date: string, wish: Wish): string | null {
  const at =
    wish.dueAt || wish.withinHours
      ? instantText(Temporal.Instant.from(due).subtract({ hours: 1 }))
      : opening(company, addWorkdays(company.businessDays, date, -1), '1970-01-01T00:00:00Z');
  return Temporal.Instant.compare(at, now) > 0 ? at : null;
}
