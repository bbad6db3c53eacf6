import { Exact } from '../../../platform/money/money.shared.ts';
import type { Cut } from '../plan/cut.shared.ts';
import type { Basis } from './basis.shared.ts';

/** Of twelve months, and how many records made them up. */
export interface Figures {
  amounts: string[];
  quantities: string[];
  records: number;
}

export interface ProgressLine {
  key: string;
  cut: Cut;
  /** Names of records the reader may read. */
  names: { product: string | null; category: string | null; partner: string | null };
  plan: Pick<Figures, 'amounts' | 'quantities'>;
  actual: Figures;
  /** What open business is expected to bring; null for who may not know of it. */
  forecast: Figures | null;
}

/** A plan beside what came and what is expected. */
export interface Progress {
  id: string;
  title: string;
  basis: Basis;
  startsOn: string;
  /** The first days of its months. */
  months: string[];
  today: string;
  currency: string;
  /** Whether what came is told by product at all, and in pieces. */
  tellsProduct: boolean;
  tellsQuantity: boolean;
  /** What came is only of the records the reader sees, not of the whole company. */
  part: boolean;
  /** How much of each month has gone by, from 0 to 1, in working days. */
  elapsed: number[];
  lines: ProgressLine[];
  /** What no line is for. */
  rest: { actual: Figures; forecast: Figures | null };
  at: string;
}

export type Unit = 'amounts' | 'quantities';

/** A row of the comparison: sums of the months that are looked at. */
export interface Compared {
  plan: string;
  actual: string;
  forecast: string | null;
  /** What there should be by today, of these months. */
  due: string;
  /** Per cent of the plan; null without one. */
  rate: string | null;
  behind: boolean;
}

/** Lines added up over some months. */
export function comparedOf(
  lines: readonly Pick<ProgressLine, 'plan' | 'actual' | 'forecast'>[],
  elapsed: readonly number[],
  unit: Unit,
  [from, to]: readonly [number, number],
): Compared {
  const zero = new Exact(0);
  let [plan, actual, forecast, due] = [zero, zero, zero, zero];
  const told = lines.every((line) => line.forecast !== null);
  for (const line of lines)
    for (let at = from; at <= to; at++) {
      const planned = line.plan[unit][at] ?? '0';
      plan = plan.plus(planned);
      due = due.plus(new Exact(planned).times(elapsed[at] ?? 0));
      actual = actual.plus(line.actual[unit][at] ?? '0');
      forecast = forecast.plus(line.forecast?.[unit][at] ?? '0');
    }
  due = due.toDecimalPlaces(2);
  return {
    plan: plan.toFixed(),
    actual: actual.toFixed(),
    forecast: told ? forecast.toFixed() : null,
    due: due.toFixed(),
    rate: plan.isZero() ? null : actual.div(plan).times(100).toDecimalPlaces(1).toFixed(),
    behind: actual.lt(due),
  };
}

export const GROUPED_BY = ['line', 'product', 'area', 'channel'] as const;
export type GroupedBy = (typeof GROUPED_BY)[number];

/** By what a line stands under in the comparison; empty is what it does not name. */
export function groupOf(line: ProgressLine, by: Exclude<GroupedBy, 'line'>): string {
  const { cut } = line;
  if (by === 'area') return cut.area ?? '';
  if (by === 'product') return cut.product ?? cut.category ?? '';
  return cut.channel ?? '';
}
