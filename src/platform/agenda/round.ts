import { type Birthday, birthdayIn, readBirthdayText } from '../time/birthday.shared.ts';

/** Of a lunar day the solar one moves by most of a month, and by another where a leap month is kept in the plain one. */
const LUNAR_DAYS = 62;
const SOLAR_DAYS = 1;
/** The next day of what comes round lies ahead by a lunar leap year at most; behind while nobody has reckoned it anew. */
const AHEAD = 400;
const BEHIND = 7;

export interface Window {
  from: string;
  to: string;
}

/**
 * Where the next day of something lies that comes round within a view: the view moved by whole years to where next days are.
 * Wider than the view by what days move from year to year; `daysWithin` says exactly.
 */
export function windowsOf(view: Window, today: string, calendar: Birthday['calendar']): Window[] {
  const spare = { days: calendar === 'lunar' ? LUNAR_DAYS : SOLAR_DAYS };
  const [from, to, now] = [view.from, view.to, today].map((day) => Temporal.PlainDate.from(day)) as [
    Temporal.PlainDate,
    Temporal.PlainDate,
    Temporal.PlainDate,
  ];
  const [first, last] = [now.subtract({ days: BEHIND }).toString(), now.add({ days: AHEAD }).toString()];
  const windows: Window[] = [];
  for (let years = now.year - to.year - 1; years <= now.year - from.year + 2; years++) {
    const moved = {
      from: from.add({ years }).subtract(spare).toString(),
      to: to.add({ years }).add(spare).toString(),
    };
    if (moved.to >= first && moved.from <= last) windows.push(moved);
  }
  return windows;
}

/** The days within a view on which something is kept that comes round; none before it was. */
export function daysWithin(text: string, { from, to }: Window): string[] {
  const day = readBirthdayText(text);
  if (!day) return [];
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const days: string[] = [];
  // A lunar year ends in the solar one after it.
  for (let year = Math.max(first - 1, day.year ?? 0); year <= last; year++) {
    const kept = birthdayIn(day, year);
    if (kept >= from && kept <= to) days.push(kept);
  }
  return days;
}
