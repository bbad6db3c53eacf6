import { z } from 'zod';
import { type Route, route } from '../http/route.ts';
import { businessDay } from './business-calendar.ts';

const query = z.strictObject({ year: z.coerce.number().int().min(1990).max(2100) });

/** `GET /calendar?year=2026`: each day of a year that is not what its weekday says, and which of them are estimates. */
export function calendarRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/calendar',
      outside: true,
      summary: 'Working days and holidays of a year',
      tag: 'meta',
      query,
      handle: ({ ctx, query: { year } }) => ({ year, ...calendarOf(ctx, year) }),
    }),
  ];
}

function calendarOf({ businessDays }: { businessDays: Parameters<typeof businessDay>[0] }, year: number) {
  const days: { date: string; working: boolean; holiday: string | null; own: boolean }[] = [];
  let estimated = false;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  for (let at = 0; at < first.daysInYear; at++) {
    const day = first.add({ days: at });
    const date = day.toString();
    const kind = businessDay(businessDays, date);
    estimated ||= kind.estimated;
    const own = date in businessDays.days;
    if (own || kind.holiday || kind.working !== day.dayOfWeek < 6)
      days.push({ date, working: kind.working, holiday: kind.holiday, own });
  }
  return { estimated, days };
}
