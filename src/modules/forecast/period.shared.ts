/** What a forecast is of: `2026-11` or `2026-Q4`. */
export type PeriodUnit = 'month' | 'quarter';

export interface ForecastPeriod {
  key: string;
  unit: PeriodUnit;
  from: string;
  /** The day after its last. */
  to: string;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const QUARTER = /^(\d{4})-Q([1-4])$/;

/** The period of a key; null for what is none. */
export function periodOf(key: string): ForecastPeriod | null {
  const month = MONTH.exec(key);
  const quarter = QUARTER.exec(key);
  if (month) return begun(key, 'month', Number(month[1]), Number(month[2]));
  if (quarter) return begun(key, 'quarter', Number(quarter[1]), Number(quarter[2]) * 3 - 2);
  return null;
}

function begun(key: string, unit: PeriodUnit, year: number, month: number): ForecastPeriod {
  const from = Temporal.PlainDate.from({ year, month, day: 1 });
  return { key, unit, from: from.toString(), to: from.add({ months: lengthOf(unit) }).toString() };
}

const lengthOf = (unit: PeriodUnit): number => (unit === 'month' ? 1 : 3);

/** The period a day lies in. */
export function periodAt(day: string, unit: PeriodUnit): ForecastPeriod {
  const { year, month } = Temporal.PlainDate.from(day);
  const key =
    unit === 'month' ? `${year}-${String(month).padStart(2, '0')}` : `${year}-Q${Math.ceil(month / 3)}`;
  return periodOf(key) as ForecastPeriod;
}

/** So many periods later, or earlier. */
export const periodAfter = ({ from, unit }: ForecastPeriod, count: number): ForecastPeriod =>
  periodAt(
    Temporal.PlainDate.from(from)
      .add({ months: count * lengthOf(unit) })
      .toString(),
    unit,
  );

/** Days of a period from a day on. */
export const daysLeft = ({ from, to }: Pick<ForecastPeriod, 'from' | 'to'>, today: string): number =>
  Math.max(0, Temporal.PlainDate.from(today > from ? today : from).until(to).days);
