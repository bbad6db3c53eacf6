import { z } from 'zod';
import { startOfDay } from './instant.shared.ts';

/** Names of whole periods, in the order a menu shows them. */
export const RELATIVE_NAMES = [
  'yesterday',
  'today',
  'tomorrow',
  'lastWeek',
  'thisWeek',
  'nextWeek',
  'lastMonth',
  'thisMonth',
  'nextMonth',
  'lastQuarter',
  'thisQuarter',
  'nextQuarter',
  'lastYear',
  'thisYear',
  'nextYear',
] as const;

const count = z.int().min(0).max(36_500);
const span = z
  .strictObject({
    days: count.optional(),
    weeks: count.optional(),
    months: count.optional(),
    years: count.optional(),
  })
  .refine((value) => Object.values(value).some((part) => part !== undefined), { message: 'empty_span' });

/**
 * A date relative to today, as filters and saved views hold it:
 * - a name: `today`, `thisWeek` (weeks begin on Monday), `lastQuarter` …
 * - `{"daysAgo":14}`, `{"daysAhead":7}`: that one day
 * - `{"within":{"days":30}}`: the last 30 days, today included; `{"next":{"days":30}}`: the next 30, today included
 * - `{"olderThan":{"months":3}}`: before the day three months ago; `{"laterThan":{"days":7}}`: after the day in 7 days
 */
export const relativeDateSchema = z.union([
  z.enum(RELATIVE_NAMES),
  z.strictObject({ daysAgo: count }),
  z.strictObject({ daysAhead: count }),
  z.strictObject({ within: span }),
  z.strictObject({ next: span }),
  z.strictObject({ olderThan: span }),
  z.strictObject({ laterThan: span }),
]);
export type RelativeDate = z.infer<typeof relativeDateSchema>;

/** Half open, in local days: `from` belongs to it, `to` does not; absent where it has no end. */
export type DateRange = { from?: string; to?: string };

export function isRelative(value: unknown): value is RelativeDate {
  return relativeDateSchema.safeParse(value).success;
}

/**
 * @param zone of the person for lists, of the organisation unit for rules and reports
 * @param now RFC 3339 instant
 */
export function resolveRelative(value: RelativeDate, zone: string, now: string): DateRange {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  const { from, to } = resolveDates(value, today);
  return { ...(from && { from: from.toString() }), ...(to && { to: to.toString() }) };
}

/** The same range for a field that holds instants: the moments those days begin in the zone. */
export function rangeInstants(range: DateRange, zone: string): DateRange {
  return {
    ...(range.from !== undefined && { from: startOfDay(range.from, zone) }),
    ...(range.to !== undefined && { to: startOfDay(range.to, zone) }),
  };
}

type Dates = { from?: Temporal.PlainDate; to?: Temporal.PlainDate };

function resolveDates(value: RelativeDate, today: Temporal.PlainDate): Dates {
  if (typeof value === 'string') return namedRange(value, today);
  if ('daysAgo' in value) return oneDay(today.subtract({ days: value.daysAgo }));
  if ('daysAhead' in value) return oneDay(today.add({ days: value.daysAhead }));
  const tomorrow = today.add({ days: 1 });
  if ('within' in value) return { from: tomorrow.subtract(plain(value.within)), to: tomorrow };
  if ('next' in value) return { from: today, to: today.add(plain(value.next)) };
  if ('olderThan' in value) return { to: today.subtract(plain(value.olderThan)) };
  return { from: today.add(plain(value.laterThan)).add({ days: 1 }) };
}

/** Temporal refuses fields that are present but undefined. */
function plain(value: z.infer<typeof span>): Temporal.DurationLike {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}

const oneDay = (date: Temporal.PlainDate): Dates => ({ from: date, to: date.add({ days: 1 }) });

function namedRange(name: (typeof RELATIVE_NAMES)[number], today: Temporal.PlainDate): Dates {
  const shift = name.startsWith('last') || name === 'yesterday' ? -1 : /^(next|tomorrow)/.test(name) ? 1 : 0;
  const [start, length] = period(name, today);
  const from = start.add(multiply(length, shift));
  return { from, to: from.add(length) };
}

function period(name: string, today: Temporal.PlainDate): [Temporal.PlainDate, Temporal.DurationLike] {
  if (name.endsWith('Week')) return [today.subtract({ days: today.dayOfWeek - 1 }), { weeks: 1 }];
  if (name.endsWith('Month')) return [today.with({ day: 1 }), { months: 1 }];
  if (name.endsWith('Quarter')) {
    return [today.with({ month: today.month - ((today.month - 1) % 3), day: 1 }), { months: 3 }];
  }
  if (name.endsWith('Year')) return [today.with({ month: 1, day: 1 }), { years: 1 }];
  return [today, { days: 1 }];
}

function multiply(length: Temporal.DurationLike, by: number): Temporal.DurationLike {
  return Object.fromEntries(Object.entries(length).map(([unit, size]) => [unit, (size as number) * by]));
}
