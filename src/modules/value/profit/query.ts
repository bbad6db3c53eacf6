import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import type { MeasurePeriod } from '../../../platform/measures/measure.ts';
import { COLUMNS } from './columns.shared.ts';

export const GROUPS = ['customer', 'grade', 'owner', 'person', 'month'] as const;
export type Group = (typeof GROUPS)[number];

const MOST_MONTHS = 36;
/** Lines of a page; more are asked for by `offset`. */
export const PAGE = 100;
const SORTS = COLUMNS.flatMap((name) => [name, `-${name}` as const]);

export const profitQuery = z.strictObject({
  group: z.enum(GROUPS).default('customer'),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Of customers, as everywhere. */
  filter: z
    .string()
    .max(20_000)
    .transform((text, check) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        check.addIssue({ code: 'custom', message: 'JSON' });
        return z.NEVER;
      }
    })
    .optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(SORTS as [string, ...string[]]).optional(),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type ProfitQuery = z.output<typeof profitQuery>;

/** A span of days with its key among others. */
export interface Span extends MeasurePeriod {
  key: string;
}

/** The days asked for; this year unless told. */
export function periodOf(ctx: Context, { from, to }: Pick<ProfitQuery, 'from' | 'to'>): MeasurePeriod {
  const year = dayOf(ctx).slice(0, 4);
  const last = to ?? `${year}-12-31`;
  const first = from ?? `${last.slice(0, 4)}-01-01`;
  if (first > last) throw invalid([{ path: 'to', code: 'value_period' }]);
  return { from: first, to: last };
}

/** The whole as one span, or month by month; the first and the last month may be parts. */
export function spansOf({ from, to }: MeasurePeriod, byMonth: boolean): Span[] {
  if (!byMonth) return [{ key: '', from, to }];
  const spans: Span[] = [];
  for (let month = Temporal.PlainYearMonth.from(from.slice(0, 7)); ; month = month.add({ months: 1 })) {
    const key = month.toString();
    if (key > to.slice(0, 7)) return spans;
    if (spans.length === MOST_MONTHS)
      throw invalid([{ path: 'from', code: 'value_months', params: { max: MOST_MONTHS } }]);
    const [first, last] = [`${key}-01`, month.toPlainDate({ day: month.daysInMonth }).toString()];
    spans.push({ key, from: first < from ? from : first, to: last > to ? to : last });
  }
}
