import type { FigurePeriod } from '../../../platform/figures/figure.ts';

export type ReportKind = 'day' | 'week';

/** The days a report tells of: one, or Monday to Sunday. */
export function periodOf(kind: ReportKind, date: string): FigurePeriod {
  if (kind === 'day') return { from: date, to: date };
  const day = Temporal.PlainDate.from(date);
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
}
