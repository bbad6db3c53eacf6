/** How long a target or an assessment is for. */
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof PERIODS)[number];

const MONTHS: Record<PeriodKind, number> = { month: 1, quarter: 3, year: 12 };

const text = (date: Temporal.PlainDate) => date.toString();
const plain = (day: string) => Temporal.PlainDate.from(day);

/** The first day of the period a day lies in. */
export function firstDay(kind: PeriodKind, day: string): string {
  const { year, month } = plain(day);
  const length = MONTHS[kind];
  return text(Temporal.PlainDate.from({ year, month: month - ((month - 1) % length), day: 1 }));
}

/** The last day of a period that begins on `startsOn`. */
export const lastDay = (kind: PeriodKind, startsOn: string): string =>
  text(plain(startsOn).add({ months: MONTHS[kind] }).subtract({ days: 1 }));

/** The period so many of its kind later. */
export const periodLater = (kind: PeriodKind, startsOn: string, count: number): string =>
  text(plain(startsOn).add({ months: MONTHS[kind] * count }));

/** The same period a year before. */
export const yearBefore = (day: string): string => text(plain(day).subtract({ years: 1 }));

/** The periods of a shorter kind a period consists of, by their first days. */
export function partsOf(kind: PeriodKind, startsOn: string, into: PeriodKind): string[] {
  const count = MONTHS[kind] / MONTHS[into];
  return Array.from({ length: count }, (_, at) => periodLater(into, startsOn, at));
}
