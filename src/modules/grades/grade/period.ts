import { addWorkdays, type BusinessDays } from '../../../platform/time/business-calendar.ts';

export type Period = 'month' | 'quarter' | 'year';

/** Working days a customer's owner has, at least, between the notice and the fall. */
export const NOTICE_WORKDAYS = 5;

/** The first day after the period a day lies in. */
export function nextPeriod(today: string, period: Period): string {
  const day = Temporal.PlainDate.from(today);
  const months = { month: 1, quarter: 3, year: 12 }[period];
  const first = day.with({ day: 1, month: Math.floor((day.month - 1) / months) * months + 1 });
  return first.add({ months }).toString();
}

/**
 * The day from which a lower grade counts: when the period is over, but never before the owner has had some working days to
 * do something about it.
 */
export function fallsOn(company: BusinessDays, today: string, period: Period): string {
  const notice = addWorkdays(company, today, NOTICE_WORKDAYS);
  return [nextPeriod(today, period), notice].sort().at(-1) as string;
}
