import type { Filter } from '../../../web/api/types.ts';

export const GROUPS = ['customer', 'grade', 'owner', 'person', 'month'] as const;
export type Group = (typeof GROUPS)[number];

/** What the page was asked to show: what stands in its address. */
export interface Wish {
  group?: Group;
  from?: string;
  to?: string;
  sort?: string;
  q?: string;
  filter?: Filter;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SORT = /^-?(sales|margin|demonstration|referral|initial|upkeep|ending|cost|profit)$/;

/** Keeps what is known of an address and drops the rest. */
export function readWish(raw: Record<string, unknown>): Record<string, unknown> {
  const { group, from, to, sort, q, filter } = raw;
  return {
    ...(GROUPS.some((each) => each === group) ? { group } : {}),
    ...(DAY.test(String(from)) ? { from } : {}),
    ...(DAY.test(String(to)) ? { to } : {}),
    ...(SORT.test(String(sort)) ? { sort } : {}),
    ...(typeof q === 'string' && q ? { q } : {}),
    ...(filter && typeof filter === 'object' ? { filter } : {}),
  };
}

export const PERIODS = ['month', 'quarter', 'year', 'lastYear'] as const;
export type Period = (typeof PERIODS)[number];

const two = (n: number) => String(n).padStart(2, '0');
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The days of a named period; up to its end, so that the next visit sees the same. */
export function daysOf(period: Period, today: string): { from: string; to: string } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const span = (first: number, last: number, of = year) => ({
    from: `${of}-${two(first)}-01`,
    to: `${of}-${two(last)}-${two(lastDay(of, last))}`,
  });
  if (period === 'month') return span(month, month);
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  if (period === 'quarter') return span(quarter, quarter + 2);
  return span(1, 12, period === 'year' ? year : year - 1);
}

/** Which named period these days are, if any. */
export const periodNamed = (from: string, to: string, today: string): Period | null =>
  PERIODS.find((period) => {
    const days = daysOf(period, today);
    return days.from === from && days.to === to;
  }) ?? null;
