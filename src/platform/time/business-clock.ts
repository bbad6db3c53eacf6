import { type BusinessDays, isWorkday } from './business-calendar.ts';
import { dateIn, instantText, localToInstant } from './instant.shared.ts';

/** A stretch of time, RFC 3339; `to` null is still going on. */
export interface Span {
  from: string;
  to: string | null;
}

const MINUTE = 60_000;
const FARTHEST_DAYS = 40_000;

const millis = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;

/** The working stretches of one day in a zone, as milliseconds since the epoch. */
function stretches(company: BusinessDays, zone: string, date: string): [number, number][] {
  if (!isWorkday(company, date)) return [];
  return company.hours.map(([from, to]) => [
    millis(localToInstant(`${date}T${from}`, zone)),
    // 24:00 is the midnight that ends the day.
    to === '24:00'
      ? millis(localToInstant(`${nextDay(date)}T00:00`, zone))
      : millis(localToInstant(`${date}T${to}`, zone)),
  ]);
}

const nextDay = (date: string) => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** What is left of stretches when pauses are taken out of them. */
function without(working: [number, number][], pauses: readonly Span[]): [number, number][] {
  let left = working;
  for (const pause of pauses) {
    const from = millis(pause.from);
    const to = pause.to === null ? Number.POSITIVE_INFINITY : millis(pause.to);
    left = left.flatMap(([a, b]): [number, number][] => {
      const parts: [number, number][] = [
        [a, Math.min(b, from)],
        [Math.max(a, to), b],
      ];
      return parts.filter(([start, end]) => start < end);
    });
  }
  return left;
}

/**
 * When so many working minutes after an instant have gone by. While paused no time goes by; a pause still going on stops
 * the clock for good, then it is null.
 */
export function dueAt(
  company: BusinessDays,
  zone: string,
  from: string,
  minutes: number,
  pauses: readonly Span[] = [],
): string | null {
  let left = minutes * MINUTE;
  const start = millis(from);
  let date = dateIn(zone, from);
  for (let tried = 0; tried < FARTHEST_DAYS; tried++, date = nextDay(date)) {
    for (const [begin, end] of without(stretches(company, zone, date), pauses)) {
      const since = Math.max(begin, start);
      if (since >= end) continue;
      if (since + left <= end) return instantText(Temporal.Instant.fromEpochMilliseconds(since + left));
      left -= end - since;
    }
  }
  return null;
}

/** Working minutes from one instant to another, pauses left out; whole and part minutes. */
export function businessMinutes(
  company: BusinessDays,
  zone: string,
  from: string,
  to: string,
  pauses: readonly Span[] = [],
): number {
  const [start, stop] = [millis(from), millis(to)];
  let sum = 0;
  for (let date = dateIn(zone, from); date <= dateIn(zone, to); date = nextDay(date)) {
    for (const [begin, end] of without(stretches(company, zone, date), pauses))
      sum += Math.max(0, Math.min(end, stop) - Math.max(begin, start));
  }
  return sum / MINUTE;
}
