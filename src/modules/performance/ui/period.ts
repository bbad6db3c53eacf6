export type Kind = 'month' | 'quarter' | 'year';
export const KINDS: readonly Kind[] = ['month', 'quarter', 'year'];
const LENGTH: Record<Kind, number> = { month: 1, quarter: 3, year: 12 };

const text = (months: number) =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}-01`;
const monthsOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** The first day of the period a day lies in, or of one so many later. */
export function periodOf(kind: Kind, day: string, later = 0): string {
  const months = monthsOf(day);
  return text(months - (months % LENGTH[kind]) + later * LENGTH[kind]);
}

/** 2026, 2026 Q4, 2026-11. */
export function periodName(kind: Kind, day: string): string {
  const year = day.slice(0, 4);
  if (kind === 'year') return year;
  const month = Number(day.slice(5, 7));
  return kind === 'month' ? day.slice(0, 7) : `${year} Q${Math.ceil(month / 3)}`;
}

/** The first days of the months of a year. */
export const monthsIn = (year: number): string[] =>
  Array.from({ length: 12 }, (_, at) => text(year * 12 + at));
