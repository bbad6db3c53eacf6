/** How long a target, a plan or an assessment is for. Plain arithmetic, so that the browser needs no calendar for it. */
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof PERIODS)[number];

const MONTHS: Record<PeriodKind, number> = { month: 1, quarter: 3, year: 12 };

const two = (number: number) => String(number).padStart(2, '0');
const text = (months: number) =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${two((months % 12) + 1)}-01`;
const monthsOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/**
 * The first day of the period a day lies in. Years and their quarters begin with the month the company's year begins with.
 * @param begins that month, 1 to 12
 */
export function firstDay(kind: PeriodKind, day: string, begins: number): string {
  const months = monthsOf(day);
  return text(months - ((months - begins + 13) % MONTHS[kind]));
}

/** The period so many of its kind later. */
export const periodLater = (kind: PeriodKind, startsOn: string, count: number): string =>
  text(monthsOf(startsOn) + MONTHS[kind] * count);

/** The last day of a period that begins on `startsOn`. */
export function lastDay(kind: PeriodKind, startsOn: string): string {
  const last = text(monthsOf(startsOn) + MONTHS[kind] - 1);
  return `${last.slice(0, 8)}${two(daysIn(last))}`;
}

function daysIn(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The same day a year before; the 29th of February becomes the 28th. */
export const yearBefore = (day: string): string =>
  `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;

/** The periods of a shorter kind a period consists of, by their first days. */
export const partsOf = (kind: PeriodKind, startsOn: string, into: PeriodKind): string[] =>
  Array.from({ length: MONTHS[kind] / MONTHS[into] }, (_, at) => periodLater(into, startsOn, at));

/** The first day of a company's year: the one that begins in that year of the calendar. */
export const yearOn = (year: number, begins: number): string => text(year * 12 + begins - 1);

/** In which year of the calendar the company's year begins that a day lies in. */
export const yearAt = (day: string, begins: number): number =>
  Number(firstDay('year', day, begins).slice(0, 4));

/** 2026, 2026-04 – 2027-03, 2026 Q4, 2026-11. A company's quarters are counted from the beginning of its year. */
export function periodName(kind: PeriodKind, startsOn: string, begins: number): string {
  if (kind === 'month') return startsOn.slice(0, 7);
  const first = firstDay('year', startsOn, begins);
  const end = begins === 1 ? '' : ` – ${lastDay('year', first).slice(0, 7)}`;
  if (kind === 'year') return begins === 1 ? first.slice(0, 4) : `${first.slice(0, 7)}${end}`;
  return `${first.slice(0, 4)} Q${(monthsOf(startsOn) - monthsOf(first)) / 3 + 1}`;
}
