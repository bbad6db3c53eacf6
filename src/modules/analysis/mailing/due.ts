import { localToInstant } from '../../../platform/time/instant.shared.ts';

export type Every = 'day' | 'week' | 'month';
export const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The next time after `now`: a day, a Monday, or the first of a month, at that time of the company's clock. */
export function nextDue(every: Every, time: string, zone: string, now: string): string {
  const local = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  let day = local.toPlainDate();
  if (every === 'week') day = day.add({ days: (8 - day.dayOfWeek) % 7 });
  if (every === 'month' && day.day > 1) day = day.with({ day: 1 }).add({ months: 1 });
  const at = (date: Temporal.PlainDate) => localToInstant(`${date}T${time}`, zone);
  const later = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } }[every];
  return Temporal.Instant.compare(at(day), now) > 0 ? at(day) : at(day.add(later));
}
