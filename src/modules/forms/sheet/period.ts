/** A month, quarter or year of the company, as days; `end` is the first day after it. */
export interface Period {
  text: string;
  from: string;
  end: string;
}

export const PERIOD = /^(?!0000)\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/;

/** Reads `2026`, `2026-Q3` or `2026-07`. */
export function periodOf(text: string): Period {
  const year = Number(text.slice(0, 4));
  const quarter = /Q(\d)$/.exec(text);
  const month = quarter ? Number(quarter[1]) * 3 - 2 : Number(text.slice(5) || 1);
  const from = Temporal.PlainDate.from({ year, month, day: 1 });
  return { text, from: from.toString(), end: from.add({ months: monthsOf(text) }).toString() };
}

/** The period of the same length just before. */
export function periodBefore({ text, from }: Period): Pick<Period, 'from' | 'end'> {
  return {
    from: Temporal.PlainDate.from(from)
      .subtract({ months: monthsOf(text) })
      .toString(),
    end: from,
  };
}

/** The same period a year before: what sales are compared with (同期). */
export const yearBefore = ({ from, end }: Pick<Period, 'from' | 'end'>): Pick<Period, 'from' | 'end'> => ({
  from: Temporal.PlainDate.from(from).subtract({ years: 1 }).toString(),
  end: Temporal.PlainDate.from(end).subtract({ years: 1 }).toString(),
});

/** From the first of January to the end of the period. */
export const yearToDate = ({ from, end }: Pick<Period, 'from' | 'end'>): Pick<Period, 'from' | 'end'> => ({
  from: `${from.slice(0, 4)}-01-01`,
  end,
});

/** How many days of it have passed, up to all; at least one. */
export function daysGone({ from, end }: Pick<Period, 'from' | 'end'>, today: string): number {
  const after = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
  const until = earliest(after, end);
  return Math.max(1, Temporal.PlainDate.from(from).until(until, { largestUnit: 'day' }).days);
}

/** The earliest of days or instants as text. */
export const earliest = (...moments: [string, ...string[]]): string => moments.toSorted()[0] as string;

const monthsOf = (text: string) => (text.length === 4 ? 12 : text.includes('Q') ? 3 : 1);
