import { exact, plain, readAmount } from '../../../platform/money/amounts.shared.ts';
import type { Link, WireRecord } from '../../../web/api/types.ts';
import type { ReadLine } from '../paper/read.ts';
import { cutKey } from '../plan/cut.shared.ts';
import { NO_MONTHS, spread } from '../plan/months.shared.ts';

export type Unit = 'amounts' | 'quantities';

/** A line as it is written: texts of twelve months, and of a year that cannot be divided yet. */
export interface EditLine extends ReadLine {
  /** Keeps its place on the screen. */
  key: string;
  id?: string;
  years: Partial<Record<Unit, string>>;
}

let made = 0;
export const newKey = (): string => {
  made += 1;
  return `new-${made}`;
};

const months = (value: unknown): string[] =>
  (Array.isArray(value) && value.length === 12 ? (value as string[]) : NO_MONTHS).map((month) =>
    month === '0' ? '' : month,
  );

/** Stored lines as they are written. */
export const linesOf = (plan: WireRecord): EditLine[] =>
  ((plan.lines as WireRecord[] | undefined) ?? []).map((line) => ({
    key: line.id,
    id: line.id,
    product: (line.product as Link | null) ?? null,
    category: (line.category as Link | null) ?? null,
    area: (line.area as string | null) ?? null,
    channel: (line.channel as string | null) ?? null,
    partner: (line.partner as Link | null) ?? null,
    amounts: months(line.amounts),
    quantities: months(line.quantities),
    years: {},
    remark: (line.remark as string | null) ?? null,
  }));

export const keyOf = (
  line: Pick<EditLine, 'product' | 'category' | 'area' | 'channel' | 'partner'>,
): string =>
  cutKey({
    ...line,
    product: line.product?.id ?? null,
    category: line.category?.id ?? null,
    partner: line.partner?.id ?? null,
  });

/** What the months of a line add up to; empty where there is nothing. */
export function yearOf(line: EditLine, unit: Unit): string {
  const typed = line.years[unit];
  if (typed !== undefined) return typed;
  const sum = line[unit].reduce((all, month) => all + exact(readAmount(month) || '0'), 0n);
  return sum === 0n ? '' : plain(sum);
}

/** A month written; or, without a place, the year, which is divided at once as far as it can be read. */
export function written(
  line: EditLine,
  unit: Unit,
  at: number | null,
  text: string,
  { shares, digits }: { shares: readonly string[]; digits: number },
): EditLine {
  const { [unit]: _, ...others } = line.years;
  if (at !== null) return { ...line, [unit]: line[unit].with(at, text), years: others };
  const whole = readAmount(text);
  if (whole === null) return { ...line, years: { ...line.years, [unit]: text } };
  const parts = whole === '' ? NO_MONTHS : spread(whole, shares, digits);
  return { ...line, [unit]: parts.map((part) => (part === '0' ? '' : part)), years: others };
}

/** Whether everything in the line can be read. */
export const isReadable = (line: EditLine): boolean =>
  Object.keys(line.years).length === 0 &&
  [...line.amounts, ...line.quantities].every((month) => readAmount(month) !== null);

/** A line as it is sent. */
export function wireOf(line: EditLine): Record<string, unknown> {
  const { key: _key, years: _years, product, category, partner, amounts, quantities, ...rest } = line;
  const numbers = (texts: string[]) => texts.map((text) => readAmount(text) || '0');
  return {
    ...rest,
    product: product?.id ?? null,
    category: category?.id ?? null,
    partner: partner?.id ?? null,
    amounts: numbers(amounts),
    quantities: numbers(quantities),
  };
}

/** Lines of a file put into those there are: what is there for the same is replaced, the rest is new. */
export function takenOver(
  lines: readonly EditLine[],
  read: readonly ReadLine[],
  replace: boolean,
): EditLine[] {
  const known = new Map(lines.map((line) => [keyOf(line), line]));
  const taken = read.map((line): EditLine => {
    const before = known.get(keyOf(line));
    return {
      ...line,
      amounts: months(line.amounts),
      quantities: months(line.quantities),
      years: {},
      key: before?.key ?? newKey(),
      ...(before?.id ? { id: before.id } : {}),
    };
  });
  if (replace) return taken;
  const fresh = new Map(taken.map((line) => [line.key, line]));
  const kept = lines.map((line) => fresh.get(line.key) ?? line);
  return [...kept, ...taken.filter(({ key }) => !lines.some((line) => line.key === key))];
}
